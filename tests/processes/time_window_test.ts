/** The process time_window: which samples stay, what becomes of delays, and what is refused. */
import { describe, expect, test } from "vitest";
import { timeWindow } from "../../sidecar/processes/time_window.ts";
import type { Remark } from "../../src/shared/processes/remark.ts";
import { timeWindow as spec } from "../../src/shared/processes/time_window.ts";
import { applyProcess, type Gather, gather, setWord } from "../test_steps.ts";
import { SURVEY } from "../test_survey.ts";

const cut = { startMs: 100, endMs: 200, mode: "cut" } as const;
const zero = { ...cut, mode: "zero" } as const;

/** Each sample is its own time in ms, with the trace's delay. */
function clocks(delays: readonly number[], samples = 100): Gather {
  const line = gather(delays.length, samples, 4000, (trace, i) => delays[trace] + 4 * i);
  return setWord(line, "delrt", (trace) => delays[trace]);
}

function row(from: Gather, trace: number): number[] {
  const { samplesPerTrace: n } = from;
  return [...from.samples.subarray(trace * n, (trace + 1) * n)];
}

const words = (from: Gather, name: string) =>
  Array.from({ length: from.traces }, (_, trace) => from.headers.get(trace, from.headers.word(name)));

describe("cut", () => {
  test("keeps the samples from the start to the end, both included, and moves the delay", () => {
    const out = applyProcess(timeWindow, cut, clocks([0]));
    expect(row(out, 0)).toEqual(Array.from({ length: 26 }, (_, i) => 100 + 4 * i));
    expect([words(out, "delrt"), words(out, "ns")]).toEqual([[100], [26]]);
  });

  test("counts times from each trace's own delay", () => {
    const out = applyProcess(timeWindow, cut, clocks([0, 40, 100, -20]));
    for (let trace = 0; trace < 4; trace++) {
      expect(row(out, trace)).toEqual(Array.from({ length: 26 }, (_, i) => 100 + 4 * i));
    }
    expect(words(out, "delrt")).toEqual([100, 100, 100, 100]);
  });

  test("begins between samples with the first sample inside, whose time is the delay", () => {
    const out = applyProcess(timeWindow, { ...cut, startMs: 101, endMs: 199 }, clocks([0, 2]));
    expect(out.samplesPerTrace).toBe(24);
    expect(row(out, 0).slice(0, 2)).toEqual([104, 108]);
    expect(row(out, 1).slice(0, 2)).toEqual([102, 106]);
    expect(words(out, "delrt")).toEqual([104, 102]);
  });

  test("fills with zeros what a trace does not hold, and tells of it", () => {
    const told: Remark[] = [];
    const line = clocks([0, 120, -300, 500]);
    const out = applyProcess(timeWindow, cut, line, {}, (remark) => told.push(remark));
    const late = row(out, 1), early = row(out, 2), never = row(out, 3);
    expect([late.slice(0, 5), late[5], late[25]]).toEqual([[0, 0, 0, 0, 0], 120, 200]);
    expect(early.every((x) => x === 0)).toBe(true);
    expect(never.every((x) => x === 0)).toBe(true);
    expect(words(out, "delrt")).toEqual([100, 100, 100, 100]);
    expect(told).toEqual(Array(3).fill({ kind: "outside_record", process: "time_window" }));
  });

  test("tells the delay through the time scalar, and refuses one that it cannot tell", () => {
    const line = gather(1, 100, 500, (_, i) => i);
    const window = { startMs: 10.5, endMs: 20, mode: "cut" } as const;
    expect(() => applyProcess(timeWindow, window, line)).toThrow(/start 10\.5 ms .*time scalar/);
    const out = applyProcess(timeWindow, window, setWord(line, "tscal", () => -10));
    expect([words(out, "delrt"), row(out, 0)[0]]).toEqual([[105], 21]);
  });

  test("the whole record is the trace itself", () => {
    const line = clocks([8]);
    const out = applyProcess(timeWindow, { startMs: 8, endMs: 404, mode: "cut" }, line, { startMs: 8 });
    expect(out.samples).toEqual(line.samples);
    expect(words(out, "delrt")).toEqual([8]);
  });
});

describe("zero", () => {
  test("zeroes what lies outside each trace's window and leaves headers alone", () => {
    const line = clocks([0, 40, 500]);
    const out = applyProcess(timeWindow, zero, line);
    for (let trace = 0; trace < 3; trace++) {
      expect(row(out, trace)).toEqual(row(line, trace).map((ms) => ms >= 100 && ms <= 200 ? ms : 0));
    }
    expect(out.headers.bytes).toEqual(line.headers.bytes);
  });

  test("what is not a number goes with what is outside", () => {
    const line = gather(1, 100, 4000, (_, i) => i < 10 ? NaN : 1);
    expect(applyProcess(timeWindow, zero, line).samples.every(Number.isFinite)).toBe(true);
    expect(spec.mutes).toBe(true);
  });
});

test("later processes know the new start", () => {
  const survey = { ...SURVEY, startMs: 0, samplesPerTrace: 251, intervalUs: 4000 };
  expect(spec.outputShape?.({ ...cut, startMs: 101 }, survey)).toEqual({
    samplesPerTrace: 25,
    intervalUs: 4000,
    startMs: 104,
  });
  const apart = spec.outputShape?.(cut, { ...survey, startSpreadMs: 400 });
  expect(apart?.startSpreadMs).toBeLessThan(4);
});

test.each([
  [{ startMs: -4, endMs: 100 }, "startMs -4 is outside the record of line.sgy (0 to 1000 ms)"],
  [{ startMs: 1001, endMs: 1002 }, "startMs 1001 is outside the record"],
  [{ startMs: 5000, endMs: 6000 }, "startMs 5000 is outside the record"],
  [{ startMs: 0, endMs: 1005 }, "endMs 1005 is outside the record of line.sgy (0 to 1000 ms)"],
  [{ startMs: 200, endMs: 100 }, "endMs 100 is before startMs 200"],
  [{ startMs: 101, endMs: 103 }, "the window from 101 to 103 ms holds no sample of line.sgy (every 4 ms)"],
])("%j is refused", (window, message) => {
  const survey = { ...SURVEY, startMs: 0, samplesPerTrace: 251, intervalUs: 4000 };
  for (const mode of ["cut", "zero"] as const) {
    expect(spec.check?.({ ...window, mode }, survey)[0]?.message).toContain(message);
  }
});

test.each([[0, 1000], [0, 1004], [1000, 1000], [4, 4]])("%d to %d ms is a window", (startMs, endMs) => {
  const survey = { ...SURVEY, startMs: 0, samplesPerTrace: 251, intervalUs: 4000 };
  expect(spec.check?.({ startMs, endMs, mode: "cut" }, survey)).toEqual([]);
});
