/** The process nmo: travel times, its oracle, and the references. */
import { describe, expect, test } from "vitest";
import { nmo } from "../../sidecar/processes/nmo.ts";
import { stack } from "../../sidecar/processes/stack.ts";
import { interpolateAt, stretchMute, timeMap } from "../oracles/nmo.ts";
import { slownessSquared } from "../../sidecar/processes/velocity_rows.ts";
import { nmo as spec } from "../../src/shared/processes/nmo.ts";
import { METRES_PER_FOOT } from "../../src/shared/units.ts";
import { referenceInput } from "../reference_data.ts";
import { referenceSamples, sharedHas } from "../shared_data.ts";
import { applyProcess, type Gather, gather, randomNumbers, relativeError, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const SAMPLES = 501;
const DT = 0.004;
const constant = [{ timesMs: [0], velocitiesMps: [2000] }];
const noMute = { stretchMute: 0, taperSamples: 25, inverse: false };
const ricker = (t: number, hz = 25) =>
  (1 - 2 * (Math.PI * hz * t) ** 2) * Math.exp(-((Math.PI * hz * t) ** 2));

const offsets = Array.from({ length: 12 }, (_, i) => i * 120 - 300);

/** A gather with a reflection at t0 that follows a hyperbola of `mps`, offsets in the survey's unit. */
function hyperbola(t0: number, mps: number, perMetre = 1, startMs = 0): Gather {
  const time = (x: number) => Math.sqrt(t0 ** 2 + (x / mps) ** 2);
  const one = gather(
    offsets.length,
    SAMPLES,
    4000,
    (trace, i) => ricker(startMs / 1000 + i * DT - time(offsets[trace])),
  );
  return setWord(one, "offset", (trace) => Math.round(offsets[trace] * perMetre));
}

function row(from: Gather, trace: number): Float32Array {
  return from.samples.subarray(trace * from.samplesPerTrace, (trace + 1) * from.samplesPerTrace);
}

function peak(values: Float32Array): number {
  return values.indexOf(values.reduce((a, b) => Math.max(a, b)));
}

test("a reflection hyperbola becomes flat", () => {
  const out = applyProcess(nmo, { velocity: constant, ...noMute }, hyperbola(0.8, 2000));
  for (let trace = 0; trace < offsets.length; trace++) {
    expect(peak(row(out, trace))).toBe(200);
    expect(row(out, trace)[200]).toBeCloseTo(1, 2);
  }
});

test("a delay recording time is respected", () => {
  const moved = setWord(hyperbola(0.8, 2000, 1, 200), "delrt", () => 200);
  const out = applyProcess(nmo, { velocity: constant, ...noMute }, moved);
  for (let trace = 0; trace < offsets.length; trace++) expect(peak(row(out, trace))).toBe(150);
});

test("offsets in feet are converted to metres", () => {
  const feet = hyperbola(0.8, 2000, 1 / METRES_PER_FOOT);
  const out = applyProcess(nmo, { velocity: constant, ...noMute }, feet, { lengthUnit: "ft" });
  for (let trace = 0; trace < offsets.length; trace++) expect(peak(row(out, trace))).toBe(200);
});

test("a trace without offset stays as it is", () => {
  const noise = randomNumbers(3);
  const line = gather(1, SAMPLES, 4000, () => noise());
  expect(applyProcess(nmo, { velocity: constant, ...noMute }, line).samples).toEqual(line.samples);
});

const varying = [{ timesMs: [200, 900, 1500], velocitiesMps: [1600, 2100, 2600] }];

/** The f64 answer for one trace. */
function oracle(input: Gather, trace: number, stretch: number): Float64Array {
  const slowness = slownessSquared(varying[0], input.samplesPerTrace, 4000, 0).map((s) => s / DT ** 2);
  const times = timeMap(slowness, offsets[trace % offsets.length] ** 2, 0);
  const moved = interpolateAt(row(input, trace), times);
  return stretch === 0 ? moved : stretchMute(moved, times, stretch, 25);
}

describe.each([0, 1.5])("the kernels agree with the oracle, stretch mute %d", (stretch) => {
  test.each([501, 500, 499, 498, 7, 1])("for traces of %i samples", (samples) => {
    const noise = randomNumbers(4);
    const line = gather(offsets.length, samples, 4000, (_, i) => noise() * Math.sin(i * 0.3) ** 2);
    setWord(line, "offset", (trace) => offsets[trace]);
    const out = applyProcess(nmo, { velocity: varying, ...noMute, stretchMute: stretch }, line);
    for (let trace = 0; trace < offsets.length; trace++) {
      expect(relativeError(row(out, trace), oracle(line, trace, stretch))).toBeLessThan(3e-4);
    }
  });
});

test("nothing above the stretch mute survives, and the ramp leads up to full amplitude", () => {
  const ones = setWord(gather(1, SAMPLES, 4000, () => 1), "offset", () => 900);
  const parameters = { velocity: constant, stretchMute: 1.5, taperSamples: 10, inverse: false };
  const out = applyProcess(nmo, parameters, ones).samples;
  // dt0/dt = sqrt(1 + x^2 / (v t0)^2) reaches 1.5 at t0 = x / (v sqrt(1.25)) = 402.5 ms
  const first = out.findIndex((x) => x !== 0);
  expect(first).toBeGreaterThan(402.5 / 4);
  expect(first).toBeLessThan(402.5 / 4 + 2);
  expect(out[first + 4]).toBeCloseTo(0.5, 2);
  expect(out[first + 9]).toBeCloseTo(1, 2);
});

test("the inverse puts the moveout back", () => {
  const before = hyperbola(1.2, 2000);
  const flat = applyProcess(nmo, { velocity: varying, ...noMute }, before);
  const back = applyProcess(nmo, { velocity: varying, ...noMute, inverse: true }, flat);
  expect(relativeError(back.samples, before.samples)).toBeLessThan(0.02);
});

test("1/v^2 is linear in cdp between functions and constant beyond them", () => {
  const functions = [
    { cdp: 10, timesMs: [0], velocitiesMps: [1500] },
    { cdp: 20, timesMs: [0], velocitiesMps: [2500] },
  ];
  const noise = randomNumbers(5);
  const data = Float32Array.from({ length: SAMPLES }, noise);
  const at = (cdp: number, velocity: typeof functions) => {
    const line = gather(1, SAMPLES, 4000, (_, i) => data[i]);
    setWord(setWord(line, "cdp", () => cdp), "offset", () => 700);
    return applyProcess(nmo, { velocity, ...noMute }, line).samples;
  };
  expect(relativeError(at(10, functions), at(10, [functions[0]]))).toBeLessThan(1e-6);
  expect(relativeError(at(2, functions), at(10, [functions[0]]))).toBeLessThan(1e-6);
  expect(relativeError(at(99, functions), at(10, [functions[1]]))).toBeLessThan(1e-6);
  const half = 1 / Math.sqrt(0.5 / 1500 ** 2 + 0.5 / 2500 ** 2);
  expect(relativeError(at(15, functions), at(0, [{ cdp: 0, timesMs: [0], velocitiesMps: [half] }])))
    .toBeLessThan(1e-3);
});

test("the answer for a trace does not depend on its neighbours or on the order", () => {
  const functions = [10, 20, 30, 40].map((cdp) => ({
    cdp,
    timesMs: [0, 1000],
    velocitiesMps: [1500 + cdp * 5, 2000 + cdp * 9],
  }));
  const noise = randomNumbers(6);
  const line = gather(9, SAMPLES, 4000, () => noise());
  setWord(setWord(line, "cdp", (trace) => 5 + ((trace * 17) % 41)), "offset", (trace) => 90 * trace);
  const together = applyProcess(nmo, { velocity: functions, ...noMute }, line);
  for (let trace = 8; trace >= 0; trace--) {
    const lone = {
      ...line,
      traces: 1,
      samples: row(line, trace).slice(),
      headers: line.headers.slice(trace, 1),
    };
    expect(applyProcess(nmo, { velocity: functions, ...noMute }, lone).samples).toEqual(row(together, trace));
  }
});

test("what is not a number stays within its trace", () => {
  const line = hyperbola(0.8, 2000);
  const clean = applyProcess(nmo, { velocity: constant, ...noMute }, line);
  row(line, 4).fill(NaN);
  const out = applyProcess(nmo, { velocity: constant, ...noMute }, line);
  for (const trace of [3, 5]) expect(row(out, trace)).toEqual(row(clean, trace));
});

test("a stretch mute below one is refused", () => {
  const problems = (stretch: number) =>
    spec.check?.({ velocity: constant, ...noMute, stretchMute: stretch }, SURVEY).map((one) => one.parameter);
  expect(problems(0.5)).toEqual(["stretchMute"]);
  expect(problems(1.5)).toEqual([]);
  expect(problems(0)).toEqual([]);
});

describe.runIf(sharedHas("reference"))("agreement with Seismic Unix", () => {
  const velocity = [{
    timesMs: [0, 300, 600, 900, 1200, 1600, 2000, 2500, 3000],
    velocitiesMps: [1700, 1766, 1836, 1910, 1990, 2104, 2228, 2400, 2590],
  }];

  // The reference is zero where the stretch is over a hundred, without a ramp.
  const likeReference = { velocity, stretchMute: 100, taperSamples: 0, inverse: false };

  test("moveout agrees with sunmo", () => {
    const out = applyProcess(nmo, likeReference, referenceInput(192));
    expect(relativeError(out.samples, referenceSamples("nmo_vt_no_mute.f32"))).toBeLessThan(1e-3);
  });

  test("moveout and stack agree with sunmo and sustack", () => {
    const moved = applyProcess(nmo, likeReference, referenceInput(960));
    const found: number[] = [];
    const parameters = {
      key: "cdp",
      method: "mean",
      minFold: 1,
      weight: "energy",
      weightPower: 1,
    } as const;
    for (let cdp = 1; cdp <= 86; cdp++) {
      found.push(...applyProcess(stack, parameters, gatherOf(moved, cdp)).samples);
    }
    expect(relativeError(found, referenceSamples("stack_vt_no_mute.f32"))).toBeLessThan(5e-4);
  });
});

/** The traces of one cdp in the order of their offsets. */
function gatherOf(line: Gather, cdp: number): Gather {
  const { headers } = line;
  const [cdpWord, offset] = [headers.word("cdp"), headers.word("offset")];
  const members = Array.from({ length: line.traces }, (_, trace) => trace)
    .filter((trace) => headers.get(trace, cdpWord) === cdp)
    .sort((a, b) => headers.get(a, offset) - headers.get(b, offset));
  return gather(members.length, line.samplesPerTrace, 4000, (trace, i) => row(line, members[trace])[i]);
}
