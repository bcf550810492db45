/** What holds for every process that works trace by trace, whatever it does. */
import { describe, expect, test } from "vitest";
import { deconvolution } from "../../sidecar/processes/deconvolution.ts";
import { gain } from "../../sidecar/processes/gain.ts";
import { headerMath } from "../../sidecar/processes/header_math.ts";
import { kill } from "../../sidecar/processes/kill.ts";
import { mute } from "../../sidecar/processes/mute.ts";
import { nmo } from "../../sidecar/processes/nmo.ts";
import { resample } from "../../sidecar/processes/resample.ts";
import { statics } from "../../sidecar/processes/statics.ts";
import { timeWindow } from "../../sidecar/processes/time_window.ts";
import type { Implementation } from "../../sidecar/processes/process.ts";
import type { Parameters } from "../../src/shared/processes/parameter.ts";
import { CATALOG } from "../../src/shared/processes/catalog.ts";
import { REGISTRY } from "../../sidecar/processes/registry.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import { applyProcess, type Gather, gather, randomNumbers, relativeError, setWord } from "../test_steps.ts";

const TRACES = 7;
const SAMPLES = 131;

function line(seed: number): Gather {
  const noise = randomNumbers(seed);
  const traces = gather(TRACES, SAMPLES, 4000, () => noise());
  setWord(traces, "offset", (trace) => trace * 70 - 140);
  setWord(traces, "sstat", (trace) => 3 * trace - 8);
  return setWord(traces, "cdp", (trace) => 10 + trace);
}

const velocity = {
  functions: [
    { cdp: 10, timesMs: [0], velocitiesMps: [1500] },
    { cdp: 16, timesMs: [0], velocitiesMps: [2500] },
  ],
};

/** A process with its parameters bound, so that processes of all kinds stand in one table. */
function bound<P extends Parameters>(implementation: Implementation<P>, parameters: unknown, linear = true) {
  const values = parseParameters(implementation.spec, parameters, "here");
  const run = (input: Gather) => applyProcess(implementation, values, input);
  return { id: implementation.spec.id, run, linear };
}

const STEPS = [
  bound(gain, { scale: 2, timePower: 1, expPerSecond: 0.5 }),
  bound(mute, { velocityMps: 1200, shiftMs: 20 }),
  bound(mute, { kind: "bottom", timesMs: [300] }),
  bound(timeWindow, { startMs: 100, endMs: 300 }),
  bound(timeWindow, { startMs: 100, endMs: 300, mode: "zero" }),
  bound(kill, { expression: "abs(offset) < 100" }),
  bound(statics, { shiftMs: 3, words: ["sstat"] }),
  bound(resample, { intervalMs: 3 }),
  bound(nmo, { velocity }),
  bound(nmo, { velocity, inverse: true }),
  bound(headerMath, { assignments: "cdp = cdp + 1" }),
  bound(deconvolution, {}, false),
  bound(deconvolution, { kind: "spiking" }, false),
];

function row(from: Gather, trace: number): Float32Array {
  return from.samples.subarray(trace * from.samplesPerTrace, (trace + 1) * from.samplesPerTrace);
}

describe.each(STEPS)("$id", ({ run }) => {
  test("gives a trace the same bits alone and in company", () => {
    const together = run(line(20));
    for (let trace = 0; trace < TRACES; trace++) {
      const input = line(20);
      const lone = {
        ...input,
        traces: 1,
        samples: row(input, trace),
        headers: input.headers.slice(trace, 1),
      };
      const out = run(lone);
      expect(out.samples).toEqual(row(together, trace));
      expect(out.headers.bytes).toEqual(together.headers.slice(trace, 1).bytes);
    }
  });

  test("makes zeros of zeros", () => {
    const input = line(21);
    input.samples.fill(0);
    expect(run(input).samples.every((x) => x === 0)).toBe(true);
  });

  test("keeps what is not a number within its trace", () => {
    const clean = run(line(22)), hurt = line(22);
    row(hurt, 3).fill(NaN, 30, 60);
    const out = run(hurt);
    for (const trace of [0, 1, 2, 4, 5, 6]) expect(row(out, trace)).toEqual(row(clean, trace));
  });

  test("scales with its input", () => {
    const once = run(line(23)), input = line(23);
    for (let i = 0; i < input.samples.length; i++) input.samples[i] *= 4;
    expect(run(input).samples).toEqual(once.samples.map((x) => 4 * x));
  });
});

describe.each(STEPS.filter(({ linear }) => linear))("$id", ({ run }) => {
  test("is linear", () => {
    const sum = line(24), other = line(25);
    const a = run(sum).samples, b = run(other).samples;
    for (let i = 0; i < sum.samples.length; i++) sum.samples[i] += other.samples[i];
    expect(relativeError(run(sum).samples, a.map((x, i) => x + b[i]))).toBeLessThan(1e-6);
  });
});

test("every process of the catalog has its implementation under the same name", () => {
  expect([...REGISTRY.keys()].sort()).toEqual([...CATALOG.keys()].sort());
  for (const [id, { spec }] of REGISTRY) expect(CATALOG.get(id)).toBe(spec);
});
