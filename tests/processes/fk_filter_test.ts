/** The process fk_filter: dipping events, its oracle, and gathers that are odd. */
import { expect, test } from "vitest";
import { planFft, planRealFft } from "../../sidecar/kernels/fft_plan.ts";
import { fkFilterBySums } from "../oracles/fk_filter.ts";
import { fkFilter } from "../../sidecar/processes/fk_filter.ts";
import { TraceBlock } from "../../sidecar/traces/trace_block.ts";
import type { ParametersOf } from "../../src/shared/processes/process.ts";
import type { Remark } from "../../src/shared/processes/remark.ts";
import {
  applyProcess,
  type Gather,
  gather,
  growingMemory,
  randomNumbers,
  relativeError,
  setWord,
  testSurvey,
  traceOf,
} from "../test_steps.ts";

type FkParameters = ParametersOf<typeof fkFilter.spec>;
const usual: FkParameters = {
  kind: "reject",
  minVelocityMps: 0,
  maxVelocityMps: 1200,
  dips: "both",
  taperPercent: 20,
  paddingPercent: 100,
  distance: "offset",
};
const noise = randomNumbers(11);

function ricker(hz: number, t: number): number {
  const a = (Math.PI * hz * t) ** 2;
  return (1 - 2 * a) * Math.exp(-a);
}

/** One straight event, not aliased (12 Hz), of this velocity through `t0Ms` at the first trace, traces 10 m apart from 100 m on. */
function event(velocityMps: number, traces = 60, t0Ms = 500): Gather {
  const value = (trace: number, i: number) => ricker(12, i * 0.004 - t0Ms / 1000 - trace * 10 / velocityMps);
  return setWord(gather(traces, 401, 4000, value), "offset", (trace) => 100 + 10 * trace);
}

function energy(input: Gather): number {
  return input.samples.reduce((sum, x) => sum + x * x, 0);
}

function kept(input: Gather, parameters: Partial<FkParameters> = {}, facts = {}): number {
  return energy(applyProcess(fkFilter, { ...usual, ...parameters }, input, facts)) / energy(input);
}

test("the kernel agrees with plain f64 sums", () => {
  const traces = 5, n = 12, dx = 10;
  const input = setWord(gather(traces, n, 4000, () => noise()), "offset", (trace) => 100 + dx * trace);
  const parameters = { ...usual, minVelocityMps: 700, maxVelocityMps: 3000, dips: "positive" } as const;
  const length = 2 * planRealFft(growingMemory([]), 2 * n).points;
  const width = planFft(growingMemory([]), 2 * traces).points;
  const smooth = (x: number) => x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x);
  const weight = (f: number, k: number) => {
    const hz = f * 250 / length;
    const kappa = k * 2 === width ? k / (width * dx) : -k / (width * dx);
    if (hz === 0) return 1;
    const up = smooth((kappa - 0.8 * hz / 3000) / (0.2 * hz / 3000));
    return 1 - up * smooth((1.2 * hz / 700 - kappa) / (0.2 * hz / 700));
  };
  const rows = Array.from({ length: traces }, (_, trace) => traceOf(input, trace));
  const wanted = fkFilterBySums(rows, length, width, weight);
  const out = applyProcess(fkFilter, parameters, input);
  wanted.forEach((trace, i) => expect(relativeError(traceOf(out, i), trace)).toBeLessThan(2e-6));
});

test("slow events go, fast ones stay, and pass is the rest of reject", () => {
  expect(kept(event(600))).toBeLessThan(0.01);
  expect(kept(event(3000))).toBeGreaterThan(0.95);
  const [slow, fast] = [event(600), event(3000)];
  const both = { ...slow, samples: slow.samples.map((x, i) => x + fast.samples[i]) };
  const rejected = applyProcess(fkFilter, usual, both).samples;
  const passed = applyProcess(fkFilter, { ...usual, kind: "pass" }, both).samples;
  expect(relativeError(rejected.map((x, i) => x + passed[i]), both.samples)).toBeLessThan(1e-6);
});

test("a range open at the fast end takes what is faster, flat events too", () => {
  const open = { minVelocityMps: 1500, maxVelocityMps: undefined };
  expect(kept(event(3000), open)).toBeLessThan(0.03);
  expect(kept(event(1e9), open)).toBeLessThan(0.01);
  expect(kept(event(700), open)).toBeGreaterThan(0.95);
});

test("positive dips come later at greater distance", () => {
  expect(kept(event(600), { dips: "positive" })).toBeLessThan(0.01);
  expect(kept(event(600), { dips: "negative" })).toBeGreaterThan(0.95);
  expect(kept(event(-600, 60, 1400), { dips: "negative" })).toBeLessThan(0.01);
});

test("velocities are true in feet and by coordinates with their scalar, in any order of traces", () => {
  const feet = setWord(event(600), "offset", (trace) => 328 + 32.8 * trace);
  expect(kept(feet, { maxVelocityMps: 700 }, { lengthUnit: "ft" })).toBeLessThan(0.02);
  expect(kept(feet, { maxVelocityMps: 700 }, { lengthUnit: "m" })).toBeGreaterThan(0.9);
  const line = setWord(
    setWord(setWord(event(600), "scalco", () => -10), "gx", (t) => 5000 + 60 * t),
    "gy",
    (t) => -80 * t,
  );
  expect(kept(line, { maxVelocityMps: 700, distance: "receiver" })).toBeLessThan(0.02);
  const shuffled = setWord(gather(60, 401, 4000), "offset", (trace) => 100 + 10 * (trace * 7 % 60));
  const input = event(600), sorted = applyProcess(fkFilter, usual, input);
  for (let trace = 0; trace < 60; trace++) traceOf(shuffled, trace).set(traceOf(input, trace * 7 % 60));
  const out = applyProcess(fkFilter, usual, shuffled);
  for (const trace of [0, 1, 33]) expect(traceOf(out, trace)).toEqual(traceOf(sorted, trace * 7 % 60));
});

test("nothing wraps around in time or space", () => {
  const late = event(3000, 40, 1590), early = event(-600, 40, 20);
  for (const input of [late, early]) {
    const wide = applyProcess(fkFilter, { ...usual, paddingPercent: 400 }, input);
    const out = applyProcess(fkFilter, usual, input);
    expect(relativeError(out.samples, wide.samples)).toBeLessThan(0.04);
  }
});

test("it is linear, and zero gives zero", () => {
  const a = event(900), scaled = { ...a, samples: a.samples.map((x) => -2 * x) };
  const wanted = applyProcess(fkFilter, usual, a).samples;
  expect(applyProcess(fkFilter, usual, scaled).samples).toEqual(wanted.map((x) => -2 * x));
  const dead = setWord(gather(4, 60, 4000), "offset", (trace) => trace);
  expect(applyProcess(fkFilter, usual, dead).samples.every((x) => x === 0)).toBe(true);
});

test("a gather comes out the same from a step that is laid out for larger ones and has filtered them", () => {
  const memory = growingMemory(fkFilter.kernels);
  const step = fkFilter.prepare(
    usual,
    { ...testSurvey({ samplesPerTrace: 401 }), maxTraces: 60 },
    { memory, stopCheck: () => {}, remark: () => {} },
  );
  const address = memory.allocate(60 * 401 * 4);
  for (const traces of [60, 7, 33, 12]) {
    const input = event(900, traces);
    const block = new TraceBlock(memory.memory, address, 401, input.headers);
    block.samples.set(input.samples);
    if (step.kind === "in_place") step.apply(block);
    expect(new Float32Array(block.samples)).toEqual(applyProcess(fkFilter, usual, input).samples);
  }
});

test("a gather without different distances is refused with what to do", () => {
  const flat = setWord(gather(4, 60, 4000), "offset", () => 250);
  expect(() => applyProcess(fkFilter, usual, flat)).toThrow(
    "Cannot filter a gather by velocity: expected traces at different distances (offset), " +
      "found 4 traces at distance 250 m: choose another distance or another gather key",
  );
});

test("velocities must bound a range", () => {
  const messages = (minVelocityMps: number, maxVelocityMps?: number) =>
    fkFilter.spec.check?.({ ...usual, minVelocityMps, maxVelocityMps }, testSurvey()).map(({ message }) =>
      message
    );
  expect(messages(0, 1200)).toEqual([]);
  expect(messages(1500)).toEqual([]);
  expect(messages(0)).toEqual(["neither minVelocityMps nor maxVelocityMps bounds the range"]);
  expect(messages(1500, 1200)).toEqual(["maxVelocityMps 1200 is not above minVelocityMps 1500"]);
});

test.each([10, 12.5, 7.3, 33.3, 1.7, 100 / 3])(
  "without a taper what lies on a corner of the range belongs to it, traces %d m apart",
  (dx) => {
    const traces = 7, n = 24;
    const input = setWord(
      gather(traces, n, 4000, () => noise()),
      "gx",
      (trace) => Math.round(dx * trace * 10_000),
    );
    setWord(input, "scalco", () => -10_000);
    const length = 2 * planRealFft(growingMemory([]), 2 * n).points;
    const width = planFft(growingMemory([]), 2 * traces).points;
    // The bins of equal numbers of frequency and wavenumber lie on this velocity, those of 2 and 1 on twice it.
    const corner = (250 / length) * width * Math.round(dx * (traces - 1) * 10_000) / 10_000 / (traces - 1);
    const rows = Array.from({ length: traces }, (_, trace) => traceOf(input, trace));
    const check = (parameters: Partial<FkParameters>, inside: (f: number, k: number) => boolean) => {
      const all = { ...usual, distance: "receiver", taperPercent: 0, ...parameters } as const;
      for (const kind of ["reject", "pass"] as const) {
        const weight = (f: number, k: number) => Number(inside(f, Math.abs(k)) === (kind === "pass"));
        const wanted = fkFilterBySums(rows, length, width, weight);
        const out = applyProcess(fkFilter, { ...all, kind }, input);
        wanted.forEach((trace, i) => expect(relativeError(traceOf(out, i), trace)).toBeLessThan(2e-6));
      }
    };
    const point = (f: number, k: number) => f > 0 || k > 0;
    check({ maxVelocityMps: corner }, (f, k) => k >= f && point(f, k));
    check({ minVelocityMps: corner, maxVelocityMps: undefined }, (f, k) => k <= f);
    check(
      { minVelocityMps: corner, maxVelocityMps: 2 * corner },
      (f, k) => k <= f && 2 * k >= f && point(f, k),
    );
  },
);

test("a gather of one trace passes unchanged and is told", () => {
  const remarks: Remark[] = [];
  const one = gather(1, 60, 4000, () => noise());
  const out = applyProcess(fkFilter, usual, one, {}, (remark) => remarks.push(remark));
  expect(out.samples).toEqual(one.samples);
  expect(remarks).toEqual([{ kind: "lone_trace", process: "fk_filter" }]);
});

test("a spacing that departs from the mean by over a fifth is told with its figure", () => {
  const told = (offsets: readonly number[]) => {
    const remarks: Remark[] = [];
    const line = setWord(
      gather(offsets.length, 60, 4000, () => noise()),
      "offset",
      (trace) => offsets[trace],
    );
    applyProcess(fkFilter, usual, line, {}, (remark) => remarks.push(remark));
    return remarks;
  };
  expect(told([0, 10, 20, 30, 40])).toEqual([]);
  expect(told([40, 0, 21, 10, 31])).toEqual([]);
  expect(told([0, 10, 20, 35, 40])).toEqual([{ kind: "uneven_spacing", process: "fk_filter", percent: 50 }]);
  expect(told([0, 10, 10, 20])).toMatchObject([{ kind: "uneven_spacing", percent: expect.closeTo(100) }]);
});
