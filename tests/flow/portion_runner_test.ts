/** Portions through processes: what mutes may remove, what noise holds, what stands for a portion that failed. */
import { expect, test } from "vitest";
import { NotFinite } from "../../sidecar/flow/portion_runner.ts";
import { makeSegy } from "../segy/make_segy.ts";
import { outputOf, runPortion, withPortions } from "./run_portions.ts";

const SAMPLES = 50;
const mute = (ms: number, kind = "top") => ({
  process: "mute",
  parameters: { kind, timesMs: [ms], taperMs: 0 },
});
const double = { process: "gain", parameters: { scale: 2 } };

function line(name: string, value: (trace: number, sample: number) => number): string {
  return makeSegy(name, { traces: 4, samples: SAMPLES, value });
}

const ones = line("ones.sgy", (trace) => trace + 1);

test("samples go through the processes in their order", () => {
  const { processed, noise } = runPortion(ones, [double, mute(40)]);
  expect(noise).toBeNull();
  processed.forEach((row, trace) => {
    expect(row).toEqual(row.map((_, i) => i < 10 ? 0 : 2 * (trace + 1)));
  });
});

test("mutes at the start of a flow may remove what is not a number", () => {
  const file = line("nan-above.sgy", (trace, i) => trace === 2 && i < 5 ? NaN : 1);
  expect(runPortion(file, [mute(40), double]).processed[2]).toEqual([
    ...Array(10).fill(0),
    ...Array(40).fill(2),
  ]);
  const kill = { process: "kill", parameters: { expression: "fldr == 102" } };
  expect(runPortion(file, [kill, mute(0), double]).processed[2]).toEqual(Array(SAMPLES).fill(0));
});

test("what is not a number and is still there when another process begins is refused with its place", () => {
  const file = line("nan-below.sgy", (trace, i) => trace === 2 && i >= 48 ? Infinity : 1);
  const failure = (processes: readonly unknown[]) => {
    try {
      runPortion(file, processes);
    } catch (error) {
      return error instanceof NotFinite ? [error.traceInPortion, error.count] : error;
    }
  };
  expect(failure([mute(40), double])).toEqual([2, 2]);
  expect(failure([double, mute(160, "bottom")])).toEqual([2, 2]);
  expect(failure([mute(40)])).toEqual([2, 2]);
  expect(failure([])).toEqual([2, 2]);
});

test("noise is input minus processed, and processed is the same as without noise", () => {
  const { processed, noise } = runPortion(ones, [double], "both");
  expect(processed).toEqual(runPortion(ones, [double]).processed);
  expect(noise).toEqual([1, 2, 3, 4].map((x) => Array(SAMPLES).fill(-x)));
});

test("noise is zero where a mute of the flow made the input zero, wherever it stands in the flow", () => {
  for (const processes of [[mute(40), double], [double, mute(40)]]) {
    const { noise } = runPortion(ones, processes, "noise");
    expect(noise?.[0]).toEqual([...Array(10).fill(0), ...Array(40).fill(-1)]);
  }
});

test("noise holds nothing where the input was muted before, though a filter rings into it", () => {
  const file = line("muted.sgy", (_, i) => i >= 20 && i < 40 ? Math.sin(i) : 0);
  const bandpass = { process: "bandpass", parameters: { lowHz: 10, highHz: 60 } };
  const { processed, noise } = runPortion(file, [bandpass], "both");
  expect(processed[0].slice(0, 20).some((x) => x !== 0)).toBe(true);
  expect(noise?.[0].slice(0, 20)).toEqual(Array(20).fill(0));
  expect(noise?.[0].slice(41)).toEqual(Array(9).fill(0));
  expect(noise?.[0].slice(21, 39).every((x) => x !== 0)).toBe(true);
});

test("a portion that failed is given as it came, with noise of zeros", () => {
  withPortions(ones, [double], "both", ({ runner, fetched }) => {
    const { processed, noise } = runner.unprocessed(fetched, 1, 2);
    const output = outputOf(processed, noise);
    expect(output.processed).toEqual([2, 3].map((x) => Array(SAMPLES).fill(x)));
    expect(output.noise).toEqual([0, 0].map(() => Array(SAMPLES).fill(0)));
    expect(output.trid).toEqual([1, 1]);
  });
});

test("where the flow changes the shape, traces that failed are dead and say so", () => {
  const resample = { process: "resample", parameters: { intervalMs: 8 } };
  withPortions(ones, [resample], "processed", ({ runner, fetched }) => {
    const { processed, noise } = runner.unprocessed(fetched, 1, 2);
    const output = outputOf(processed, noise);
    expect(output.processed).toEqual([0, 0].map(() => Array(25).fill(0)));
    expect(output.trid).toEqual([2, 2]);
  });
  const stack = { process: "stack", parameters: { key: "fldr" } };
  withPortions(ones, [stack], "processed", ({ runner, fetched }) => {
    const { processed, noise } = runner.unprocessed(fetched, 0, 4);
    expect(outputOf(processed, noise)).toMatchObject({ processed: [Array(SAMPLES).fill(0)], trid: [2] });
  });
});

test("a part of what was fetched gives the same bits as the whole", () => {
  const file = line("waves.sgy", (trace, i) => Math.sin(i / 3 + trace) * Math.exp(-i / 20));
  const flow = [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }, { process: "agc" }];
  const whole = runPortion(file, flow).processed;
  withPortions(file, flow, "processed", ({ runner, fetched }) => {
    const { processed } = runner.run(fetched, 2, 1);
    expect(outputOf(processed, null).processed).toEqual([whole[2]]);
  });
});

test("the stop check is heard before each process", () => {
  let heard = 0;
  withPortions(ones, [double, double, mute(40)], "processed", ({ runner, fetched }) => {
    heard = 0;
    runner.run(fetched, 0, 4);
  }, { stopCheck: () => heard++ });
  expect(heard).toBeGreaterThanOrEqual(3);
  const stopCheck = () => {
    throw new Error("stop");
  };
  expect(() =>
    withPortions(ones, [double], "processed", ({ runner, fetched }) => runner.run(fetched, 0, 4), {
      stopCheck,
    })
  )
    .toThrow("stop");
});
