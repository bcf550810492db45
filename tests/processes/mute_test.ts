/** The process mute: times over offset, tapers, and what is refused. */
import { expect, test } from "vitest";
import { mute } from "../../sidecar/processes/mute.ts";
import { mute as spec } from "../../src/shared/processes/mute.ts";
import { applyProcess, type Gather, gather, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const base = { kind: "top", shiftMs: 0, taperMs: 0 } as const;
const ones = (offsets: readonly number[]): Gather =>
  setWord(gather(offsets.length, 251, 4000, () => 1), "offset", (trace) => offsets[trace]);

/** First sample of each trace that is not zero. */
function firstLive(from: Gather): number[] {
  return Array.from(
    { length: from.traces },
    (_, trace) => from.samples.subarray(trace * 251, (trace + 1) * 251).findIndex((x) => x !== 0),
  );
}

test("times are linear between offsets, constant beyond, and offsets count without sign", () => {
  const line = ones([0, 100, 200, -200, 300, 999]);
  const out = applyProcess(mute, { ...base, timesMs: [100, 500], offsetsM: [100, 300] }, line);
  expect(firstLive(out)).toEqual([25, 25, 75, 75, 125, 125]);
});

test("a velocity mutes along a straight line", () => {
  const out = applyProcess(mute, { ...base, velocityMps: 1000, shiftMs: 40 }, ones([0, 100, -400]));
  expect(firstLive(out)).toEqual([10, 35, 110]);
});

test("feet are converted", () => {
  const out = applyProcess(mute, { ...base, velocityMps: 1000 }, ones([1000]), { lengthUnit: "ft" });
  expect(firstLive(out)).toEqual([Math.ceil(304.8 / 4)]);
});

test("times count from each trace's own start", () => {
  const line = setWord(ones([0, 0, 0]), "delrt", (trace) => [0, 200, 400][trace]);
  expect(firstLive(applyProcess(mute, { ...base, timesMs: [300] }, line))).toEqual([75, 25, 0]);
});

test("the taper is a cosine into the live part", () => {
  const out = applyProcess(mute, { ...base, timesMs: [100], taperMs: 40 }, ones([0])).samples;
  expect(out[25]).toBe(0);
  expect(out[30]).toBeCloseTo(0.5, 6);
  expect(out[35]).toBe(1);
  for (let i = 25; i < 35; i++) expect(out[i + 1]).toBeGreaterThan(out[i]);
});

test("a bottom mute is the mirror image of a top mute", () => {
  const top = applyProcess(mute, { ...base, timesMs: [300], taperMs: 50 }, ones([0])).samples;
  const bottom =
    applyProcess(mute, { ...base, kind: "bottom", timesMs: [700], taperMs: 50 }, ones([0])).samples;
  for (let i = 0; i < 251; i++) expect(bottom[250 - i]).toBeCloseTo(top[i], 6);
});

test("muting twice is muting once, and the sum with what was muted is the input", () => {
  const line = ones([0, 250]);
  const parameters = { ...base, velocityMps: 800 };
  const once = applyProcess(mute, parameters, line);
  expect(applyProcess(mute, parameters, once).samples).toEqual(once.samples);
  expect(spec.mutes).toBe(true);
});

test("what is not a number goes with the muted part", () => {
  const line = gather(1, 251, 4000, (_, i) => i < 10 ? NaN : 1);
  expect(applyProcess(mute, { ...base, timesMs: [100] }, line).samples.every(Number.isFinite)).toBe(true);
});

test("mutes beyond the record zero all or nothing", () => {
  expect(firstLive(applyProcess(mute, { ...base, timesMs: [5000], taperMs: 20 }, ones([0])))).toEqual([-1]);
  expect(firstLive(applyProcess(mute, { ...base, timesMs: [-50], taperMs: 20 }, ones([0])))).toEqual([0]);
});

test.each([
  [{ ...base }, "mute needs timesMs with offsetsM, or velocityMps"],
  [{ ...base, timesMs: [0], velocityMps: 1500 }, "mute takes timesMs or velocityMps, not both"],
  [{ ...base, velocityMps: 1500, offsetsM: [0] }, "offsetsM belong to timesMs, not to velocityMps"],
  [{ ...base, timesMs: [0, 1] }, "timesMs has 2 values for no offsets"],
  [{ ...base, timesMs: [0, 1], offsetsM: [1, 2, 3] }, "timesMs has 2 values for 3 offsets"],
  [{ ...base, timesMs: [0], taperMs: 2000 }, "taperMs 2000 is longer than the traces (1004 ms) of line.sgy"],
])("%j is refused", (parameters, message) => {
  expect(spec.check?.(parameters, SURVEY).map((one) => one.message)).toEqual([message]);
});
