/**
 * Traces that begin at different times: each process counts from the start of the trace at hand, and what combines traces
 * puts them on one time axis first. A trace that begins late is held against the same trace recorded from time zero.
 */
import { describe, expect, test } from "vitest";
import { deconvolution } from "../../sidecar/processes/deconvolution.ts";
import { fkFilter } from "../../sidecar/processes/fk_filter.ts";
import { gain } from "../../sidecar/processes/gain.ts";
import { headerMath } from "../../sidecar/processes/header_math.ts";
import { mute } from "../../sidecar/processes/mute.ts";
import { nmo } from "../../sidecar/processes/nmo.ts";
import type { Implementation } from "../../sidecar/processes/process.ts";
import { stack } from "../../sidecar/processes/stack.ts";
import type { Parameters } from "../../src/shared/processes/parameter.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import type { Remark } from "../../src/shared/processes/remark.ts";
import { medianStack, weightedMean } from "../oracles/stack.ts";
import {
  applyProcess,
  type Gather,
  gather,
  lone,
  randomNumbers,
  relativeError,
  setWord,
  traceOf,
} from "../test_steps.ts";

const SAMPLES = 251, LONG = 351;
const LATE = 100;

/** Traces recorded for 1400 ms from time zero, offsets from -300 m. */
function whole(seed = 30): Gather {
  const noise = randomNumbers(seed);
  const line = gather(6, LONG, 4000, () => noise());
  setWord(line, "cdp", () => 7);
  return setWord(line, "offset", (trace) => trace * 90 - 300);
}

/** The same traces as recorders give them that run for 1000 ms: the odd ones begin `LATE` samples after time zero. */
function cut(from: Gather, first = (trace: number) => trace % 2 * LATE): Gather {
  const line = gather(from.traces, SAMPLES, 4000, (trace, i) => traceOf(from, trace)[first(trace) + i]);
  line.headers.bytes.set(from.headers.bytes);
  return setWord(line, "delrt", (trace) => first(trace) * 4);
}

const spread = { startSpreadMs: LATE * 4 };

const run =
  <P extends Parameters>(process: Implementation<P>, parameters: unknown) => (input: Gather, facts = {}) =>
    applyProcess(process, parseParameters(process.spec, parameters, "here"), input, facts);

const velocity = {
  functions: [{ cdp: 1, timesMs: [0, 800], velocitiesMps: [1500, 2400] }, {
    cdp: 9,
    timesMs: [0, 900],
    velocitiesMps: [1700, 2600],
  }],
};

describe.each([
  ["a top mute", run(mute, { timesMs: [500, 700], offsetsM: [0, 300], taperMs: 60 }), 0],
  ["a bottom mute", run(mute, { kind: "bottom", velocityMps: 400, shiftMs: 200, taperMs: 0 }), 0],
  ["a gain over time", run(gain, { timePower: 2, expPerSecond: 0.7, scale: 3 }), 0],
  ["normal moveout", run(nmo, { velocity, stretchMute: 1.3, taperSamples: 10 }), 8],
  ["normal moveout of one function", run(nmo, { velocity: velocity.functions[1], stretchMute: 0 }), 8],
])("%s", (_, apply, margin) => {
  test("of a trace that begins late is that of the same times of a trace from time zero", () => {
    const long = apply(whole()), short = apply(cut(whole()));
    for (let trace = 0; trace < 6; trace++) {
      const first = trace % 2 * LATE, edge = first > 0 ? margin : 0;
      const end = first > 0 ? SAMPLES : SAMPLES - 90;
      const wanted = traceOf(long, trace).subarray(first + edge, first + end);
      expect(relativeError(traceOf(short, trace).subarray(edge, end), wanted)).toBeLessThan(
        margin ? 1e-4 : 1e-7,
      );
    }
  });

  test("gives a trace the same bits in whatever company", () => {
    const together = apply(cut(whole()));
    for (let trace = 0; trace < 6; trace++) {
      expect(apply(lone(cut(whole()), trace)).samples).toEqual(traceOf(together, trace));
    }
  });
});

test("the issue's top mute at 500 ms zeroes 125 samples of traces from 0 ms and 25 of those from 400 ms", () => {
  const line = setWord(gather(9, SAMPLES, 4000, () => 1), "delrt", (trace) => trace < 5 ? 0 : 400);
  const out = run(mute, { timesMs: [500], taperMs: 0 })(line);
  const zeros = Array.from({ length: 9 }, (_, trace) => traceOf(out, trace).filter((x) => x === 0).length);
  expect(zeros).toEqual([125, 125, 125, 125, 125, 25, 25, 25, 25]);
});

test("a time scalar counts where it is one, and is told where it is none", () => {
  const remarks: Remark[] = [];
  const scalars = [-10, 10, 1, 0, 7, -32768];
  const delays = [4000, 40, 400, 400, 400, 0];
  const line = setWord(gather(6, SAMPLES, 4000, () => 1), "delrt", (trace) => delays[trace]);
  setWord(line, "tscal", (trace) => scalars[trace]);
  const parameters = { kind: "top", timesMs: [500], shiftMs: 0, taperMs: 0 } as const;
  const out = applyProcess(mute, parameters, line, {}, (one) => remarks.push(one));
  const zeros = Array.from({ length: 6 }, (_, trace) => traceOf(out, trace).filter((x) => x === 0).length);
  expect(zeros).toEqual([25, 25, 25, 25, 25, 125]);
  expect(remarks).toEqual([{ kind: "scalar_ignored", word: "tscal", found: 7 }]);
});

test("a power of time is refused for a trace that begins before time zero, by name", () => {
  const line = setWord(gather(2, 20, 4000, () => 1), "delrt", (trace) => -trace * 8);
  expect(() => run(gain, { timePower: 1 })(line)).toThrow(
    "Cannot apply a power of time to the trace with tracl 0, fldr 0, tracf 0 in test.sgy: expected a start at or after " +
      "time zero, found -8 ms (delrt)",
  );
  expect(() => run(gain, { expPerSecond: 1 })(line)).not.toThrow();
});

describe("a design window of deconvolution", () => {
  const windowed = run(deconvolution, { gapMs: 20, operatorMs: 80, window: [500, 900] });

  test("lies at its times in every trace", () => {
    const long = windowed(whole()), short = windowed(cut(whole()));
    for (let trace = 0; trace < 6; trace++) {
      const first = trace % 2 * LATE;
      // The past of the first samples is not recorded.
      const wanted = traceOf(long, trace).subarray(first + 20, first + SAMPLES);
      expect(relativeError(traceOf(short, trace).subarray(20), wanted)).toBeLessThan(1e-6);
    }
  });

  test("that a trace does not hold is refused with the trace and its record", () => {
    const early = run(deconvolution, { gapMs: 20, operatorMs: 80, window: [300, 700] });
    const line = setWord(cut(whole()), "tracl", (trace) => trace + 1);
    expect(() => early(line)).toThrow(
      "Cannot deconvolve the trace with tracl 2, fldr 0, tracf 0 in test.sgy: expected its record to hold the design " +
        "window, 300 to 700 ms, found 400 to 1400 ms: choose a window that every trace holds, or none",
    );
  });
});

/** `[trace][sample]` on an axis from time zero, zeros where a trace was not recorded. */
function onAxis(line: Gather, samples = LONG): Float64Array {
  const axis = new Float64Array(line.traces * samples), word = line.headers.word("delrt");
  for (let trace = 0; trace < line.traces; trace++) {
    axis.set(traceOf(line, trace), trace * samples + line.headers.get(trace, word) / 4);
  }
  return axis;
}

const stacked = (method: string, more = {}) => run(stack, { key: "cdp", method, ...more });

describe("a stack of traces that begin at different times", () => {
  const line = cut(whole());
  const ones = Float64Array.from({ length: 6 }, () => 1);

  test.each([
    ["mean", () => weightedMean(onAxis(line), ones, LONG, 1)],
    ["median", () => medianStack(onAxis(line), 6, LONG, 1)],
    ["weighted", () => {
      const squares = ones.map((_, trace) => traceOf(line, trace).reduce((sum, x) => sum + x * x, 0));
      return weightedMean(onAxis(line), squares.map((one) => 1 / one), LONG, 1);
    }],
  ])("by %s is that of the traces on one axis, and as long as that", (method, oracle) => {
    const out = stacked(method)(line, spread);
    expect([out.traces, out.samplesPerTrace]).toEqual([1, LONG]);
    expect(relativeError(out.samples, oracle())).toBeLessThan(1e-6);
    expect(out.headers.get(0, out.headers.word("delrt"))).toBe(0);
  });

  test("begins at the earliest start, whichever trace has it", () => {
    const late = cut(whole(), (trace) => [90, 70, 50, 60, 80, 100][trace]);
    const out = stacked("mean")(late, { startSpreadMs: 200 });
    expect(out.samplesPerTrace).toBe(SAMPLES + 50);
    expect(out.headers.get(0, out.headers.word("delrt"))).toBe(200);
    const wanted = weightedMean(onAxis(late), ones, LONG, 1).subarray(50, 50 + SAMPLES + 50);
    expect(relativeError(out.samples, wanted)).toBeLessThan(1e-6);
  });

  test("is followed by zeros where another gather of the survey reaches farther", () => {
    const out = stacked("mean")(line, { startSpreadMs: 1000 });
    expect(out.samplesPerTrace).toBe(SAMPLES + 250);
    expect(out.samples.subarray(0, LONG)).toEqual(stacked("mean")(line, spread).samples);
    expect(out.samples.subarray(LONG).every((x) => x === 0)).toBe(true);
  });

  test("keeps the same bits where all begin together, at whatever time", () => {
    const together = setWord(cut(whole(), () => 0), "delrt", () => 0);
    const late = setWord(cut(whole(), () => 0), "delrt", () => 1234);
    for (const method of ["mean", "median", "weighted"]) {
      const out = stacked(method)(late);
      expect(out.samples).toEqual(stacked(method)(together).samples);
      expect(out.headers.get(0, out.headers.word("delrt"))).toBe(1234);
    }
  });

  test("moves traces by a fraction of a sample as statics do, and makes nothing outside their live samples", () => {
    const wave = (t: number) => Math.sin(2 * Math.PI * 20 * t) * Math.exp(-(((t - 0.5) / 0.08) ** 2));
    // In tenths of a millisecond: 0, 1.5 and 402.5 ms.
    const delays = [0, 15, 4025];
    const recorded = gather(3, SAMPLES, 4000, (trace, i) => wave(delays[trace] / 10_000 + i * 0.004));
    for (let i = 0; i < 50; i++) traceOf(recorded, 1)[i] = 0;
    setWord(setWord(recorded, "delrt", (trace) => delays[trace]), "tscal", () => -10);
    const out = stacked("mean")(recorded, { startSpreadMs: 402.5 });
    expect(out.samplesPerTrace).toBe(SAMPLES + 100);
    const wanted = Float64Array.from({ length: LONG }, (_, i) => wave(i * 0.004));
    expect(relativeError(out.samples, wanted)).toBeLessThan(2e-3);
    const fold = (index: number) => {
      const parts = [0, 1, 2].filter((trace) => {
        const first = delays[trace] / 40 + (trace === 1 ? 50 : 0);
        return index >= first && index <= delays[trace] / 40 + SAMPLES - 1;
      });
      return parts.length;
    };
    const enough = stacked("mean", { minFold: 3 })(recorded, { startSpreadMs: 402.5 }).samples;
    enough.forEach((x, i) => expect([i, x !== 0]).toEqual([i, fold(i) === 3 && out.samples[i] !== 0]));
  });

  test("refuses a start that the first trace's words cannot tell", () => {
    const mixed = setWord(
      setWord(cut(whole()), "delrt", (trace) => trace ? 3995 : 400),
      "tscal",
      (trace) => trace ? -10 : 1,
    );
    expect(() => stacked("mean")(mixed, { startSpreadMs: 1 })).toThrow(
      "Cannot write the start 399.5 ms to the trace with tracl 0, fldr 0, tracf 0: expected a time scalar (tscal) that " +
        "can tell it, found 1: give all traces of a gather one time scalar first",
    );
  });

  test("refuses starts that a process of the flow has moved apart", () => {
    const moved = run(headerMath, { assignments: "delrt = delrt + 10 * offset" })(cut(whole()), spread);
    expect(() => stacked("mean")(moved, spread)).toThrow(
      "Cannot put the traces of a gather on one time axis: expected starts at most 400 ms apart, as in the input, found",
    );
  });
});

describe("an f-k filter over traces that begin at different times", () => {
  const slow = { kind: "reject", maxVelocityMps: 900 };

  test("gives each trace at its own start what it gives when all are recorded from time zero", () => {
    const short = cut(whole()), long = whole();
    long.samples.set(onAxis(short));
    const wanted = run(fkFilter, slow)(long), found = run(fkFilter, slow)(short, spread);
    expect([found.samplesPerTrace, found.headers.bytes]).toEqual([SAMPLES, short.headers.bytes]);
    for (let trace = 0; trace < 6; trace++) {
      const first = trace % 2 * LATE;
      expect(traceOf(found, trace)).toEqual(traceOf(wanted, trace).slice(first, first + SAMPLES));
    }
  });

  test("changes nothing when it passes everything, fractions of a sample included", () => {
    const line = setWord(cut(whole()), "tscal", () => -100);
    setWord(line, "delrt", (trace) => [0, 150, 30_037, 30_000, 1, 17][trace]);
    const all = run(fkFilter, { kind: "reject", minVelocityMps: 1, maxVelocityMps: 2 });
    expect(relativeError(all(line, { startSpreadMs: 300.37 }).samples, line.samples)).toBeLessThan(2e-6);
  });

  test("removes an event that is straight in time, whatever fractions of samples the starts have", () => {
    const starts = [0, 1.5, 101.3, 40.7, 100, 2.2, 77.7, 9.9, 64.4, 50, 3.3, 88.8];
    const ricker = (t: number) => (1 - 2 * (Math.PI * 25 * t) ** 2) * Math.exp(-((Math.PI * 25 * t) ** 2));
    const event = (mps: number) => (trace: number, i: number) =>
      ricker(starts[trace % 12] / 1000 + i * 0.004 - 0.5 - (trace * 5) / mps);
    const line = (mps: number) => {
      const made = setWord(gather(36, SAMPLES, 4000, event(mps)), "offset", (trace) => trace * 5);
      return setWord(
        setWord(made, "delrt", (trace) => Math.round(starts[trace % 12] * 10)),
        "tscal",
        () => -10,
      );
    };
    const energy = (one: Gather) => one.samples.reduce((sum, x) => sum + x * x, 0);
    const filter = run(fkFilter, slow), facts = { startSpreadMs: 101.3 };
    expect(energy(filter(line(500), facts)) / energy(line(500))).toBeLessThan(0.05);
    expect(energy(filter(line(4000), facts)) / energy(line(4000))).toBeGreaterThan(0.9);
  });
});
