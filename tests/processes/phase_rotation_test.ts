/** The process phase_rotation: known angles and its oracle. */
import { expect, test } from "vitest";
import { phaseRotation } from "../../sidecar/processes/phase_rotation.ts";
import { rotatePhase } from "../oracles/phase_rotation.ts";
import { applyProcess, gather, randomNumbers, relativeError, sameAlone, traceOf } from "../test_steps.ts";

const noise = randomNumbers(8);
const noisy = gather(64, 300, 4000, () => noise());
const rotate = (phaseDegrees: number, input = noisy) => applyProcess(phaseRotation, { phaseDegrees }, input);
/** A wave packet of 30 Hz about 1 s. */
const packet = (phase: number) => (_: number, i: number) => {
  const t = i * 0.004 - 1;
  return Math.exp(-20 * t * t) * Math.cos(2 * Math.PI * 30 * t + phase);
};

test("the kernel agrees with plain f64 sums", () => {
  const wanted = rotatePhase(traceOf(noisy, 3), 30);
  expect(relativeError(traceOf(rotate(30), 3), wanted)).toBeLessThan(1e-6);
});

test.each([-270, -90, 30, 45, 90, 180])("cos(wt) becomes cos(wt + %i degrees)", (degrees) => {
  const wanted = gather(1, 500, 4000, packet(degrees * Math.PI / 180)).samples;
  expect(relativeError(rotate(degrees, gather(1, 500, 4000, packet(0))).samples, wanted)).toBeLessThan(1e-6);
});

test("180 degrees turns the polarity, 0 and 360 change nothing", () => {
  expect(relativeError(rotate(180).samples, noisy.samples.map((x) => -x))).toBeLessThan(5e-7);
  expect(relativeError(rotate(0).samples, noisy.samples)).toBeLessThan(5e-7);
  expect(relativeError(rotate(360).samples, noisy.samples)).toBeLessThan(5e-7);
});

test("it is linear, moves with time, and a spike becomes the Hilbert operator without wrapping around", () => {
  const scaled = gather(64, 300, 4000, (t, i) => -4 * noisy.samples[t * 300 + i]);
  expect(relativeError(rotate(70, scaled).samples, rotate(70).samples.map((x) => -4 * x))).toBeLessThan(1e-6);
  const spike = (at: number) => rotate(90, gather(1, 500, 4000, (_, i) => +(i === at))).samples;
  expect(relativeError(spike(217).subarray(17), spike(200).subarray(0, 483))).toBeLessThan(1e-6);
  // h[m] = 2 / (pi m) at odd m: minus it, since cos becomes -sin. The far end must not see a wrapped tail.
  const first = spike(0);
  expect(first[1]).toBeCloseTo(-2 / Math.PI, 6);
  expect(first[2]).toBeCloseTo(0, 6);
  expect(Math.abs(first[101] + 2 / (101 * Math.PI))).toBeLessThan(1e-6);
});

test("a lone trace has the same bits as in a group, NaN stays in its trace, dead traces stay zero", () => {
  expect(sameAlone(noisy, (input) => rotate(33, input))).toBe(true);
  const out = rotate(33, gather(3, 100, 4000, (t, i) => t === 0 ? (i === 5 ? NaN : 1) : t - 1));
  expect(traceOf(out, 1).every((x) => x === 0)).toBe(true);
  expect(traceOf(out, 2).every(Number.isFinite)).toBe(true);
});
