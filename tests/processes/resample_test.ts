/** The process resample: waves, its oracle, and what is refused. */
import { describe, expect, test } from "vitest";
import { resampleTrace } from "../oracles/resample.ts";
import { resample } from "../../sidecar/processes/resample.ts";
import { resample as spec } from "../../src/shared/processes/resample.ts";
import { applyProcess, type Gather, gather, randomNumbers, relativeError } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

/** A wave packet of this frequency in the middle of a second. */
const packet = (hz: number) => (t: number) =>
  Math.sin(2 * Math.PI * hz * t) * Math.exp(-(((t - 0.5) / 0.1) ** 2));

function sampled(wave: (t: number) => number, intervalMs: number): Gather {
  return gather(
    1,
    Math.round(1000 / intervalMs) + 1,
    intervalMs * 1000,
    (_, i) => wave((i * intervalMs) / 1000),
  );
}

test.each([[2, 4], [4, 2], [2, 3], [4, 1], [1, 2.5], [0.5, 0.75], [4, 4]])(
  "a wave below both Nyquist frequencies is the same wave at %d ms and at %d ms",
  (from, to) => {
    const hz = 0.7 * 500 / Math.max(from, to);
    const out = applyProcess(resample, { intervalMs: to }, sampled(packet(hz), from));
    const count = Math.floor(1000 / to + 1e-9) + 1;
    const wanted = Float64Array.from({ length: count }, (_, k) => packet(hz)((k * to) / 1000));
    expect(out.samplesPerTrace).toBe(count);
    expect(out.intervalUs).toBe(to * 1000);
    expect(relativeError(out.samples, wanted)).toBeLessThan(1e-3);
  },
);

test("what lies above the new Nyquist frequency does not fold back", () => {
  const line = sampled(packet(170), 2);
  const out = applyProcess(resample, { intervalMs: 4 }, line);
  expect(Math.max(...out.samples.map(Math.abs))).toBeLessThan(1e-3);
});

test("a constant stays a constant away from the ends", () => {
  const out = applyProcess(resample, { intervalMs: 3 }, gather(1, 501, 2000, () => 1)).samples;
  for (const x of out.subarray(60, -60)) expect(x).toBeCloseTo(1, 6);
});

test("the same interval changes nothing", () => {
  const noise = randomNumbers(10);
  const line = gather(2, 77, 2000, () => noise());
  expect(applyProcess(resample, { intervalMs: 2 }, line).samples).toEqual(line.samples);
});

describe.each([4, 1, 3, 2.6])("to %d ms", (intervalMs) => {
  const noise = randomNumbers(11);
  const line = gather(3, 203, 2000, () => noise());
  const out = applyProcess(resample, { intervalMs }, line);
  const count = out.samplesPerTrace;

  test("the kernel agrees with the oracle", () => {
    for (let trace = 0; trace < 3; trace++) {
      const wanted = resampleTrace(
        line.samples.subarray(trace * 203, (trace + 1) * 203),
        intervalMs / 2,
        count,
      );
      const found = out.samples.subarray(trace * count, (trace + 1) * count);
      expect(relativeError(found, wanted)).toBeLessThan(1e-5);
    }
  });

  test("ns and dt follow", () => {
    expect(out.headers.get(2, out.headers.word("ns"))).toBe(count);
    expect(out.headers.get(2, out.headers.word("dt"))).toBe(intervalMs * 1000);
  });
});

test("zeros stay zeros and what is not a number stays within its trace", () => {
  const line = gather(3, 101, 2000, (trace) => trace === 1 ? NaN : 0);
  const out = applyProcess(resample, { intervalMs: 4 }, line);
  expect(out.samples.subarray(0, 51).every((x) => x === 0)).toBe(true);
  expect(out.samples.subarray(102).every((x) => x === 0)).toBe(true);
});

test("an interval longer than the record is refused", () => {
  expect(spec.check?.({ intervalMs: 1001 }, SURVEY).map((one) => one.message)).toEqual([
    "intervalMs 1001 is longer than the traces (1000 ms) of line.sgy",
  ]);
  expect(spec.check?.({ intervalMs: 2 }, SURVEY)).toEqual([]);
});
