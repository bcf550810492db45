/** Whole flows, from SEG-Y to SEG-Y, against arrays that other programs made of the same line. */
import fs from "node:fs";
import { afterAll, expect, test } from "vitest";
import { sharedFile, sharedHas } from "../shared_data.ts";
import { referenceSamples } from "../shared_data.ts";
import { relativeError } from "../test_steps.ts";
import { ieeeSamples, Playground } from "./seisproc.ts";

const place = new Playground();
afterAll(() => place.remove());

const there = sharedHas("reference");
const SAMPLES = 751;

const VELOCITY = {
  timesMs: [0, 300, 600, 900, 1200, 1600, 2000, 2500, 3000],
  velocitiesMps: [1700, 1766, 1836, 1910, 1990, 2104, 2228, 2400, 2590],
};
/** The reference is zero where the stretch is over a hundred, without a ramp. */
const NMO = {
  process: "nmo",
  parameters: { velocity: VELOCITY, stretchMute: 100, taperSamples: 0 },
};

const CASES = [
  ["bandpass_8_60_order4.f32", 1e-6, [{
    process: "bandpass",
    parameters: { lowHz: 8, highHz: 60, order: 4 },
  }]],
  ["agc_500ms.f32", 1e-6, [{ process: "agc", parameters: { windowMs: 500 } }]],
  ["gain_tpower2.f32", 1e-6, [{ process: "gain", parameters: { timePower: 2 } }]],
  ["balance_rms.f32", 1e-6, [{ process: "balance", parameters: { statistic: "rms" } }]],
  [
    "predictive_decon_gap20_op200.f32",
    2e-4,
    [{ process: "deconvolution", parameters: { kind: "predictive", gapMs: 20, operatorMs: 200 } }],
  ],
  ["nmo_vt_no_mute.f32", 1e-3, [NMO]],
] as const;

for (const [name, tolerance, processes] of CASES) {
  test.skipIf(!there)(`a flow of ${processes[0].process} gives ${name} within ${tolerance}`, async () => {
    const expected = referenceSamples(name);
    const found = join((await outputOf(processes, [])).slice(0, expected.length / SAMPLES));
    expect(found.length).toBe(expected.length);
    expect(relativeError(found, expected)).toBeLessThan(tolerance);
  });
}

test.skipIf(!there)("sort, nmo and stack from shot order give the reference stack", async () => {
  const expected = referenceSamples("stack_vt_no_mute.f32");
  const stack = { process: "stack", parameters: { key: "cdp", method: "mean" } };
  const traces = await outputOf([NMO, stack], ["cdp", "offset"]);
  expect(traces).toHaveLength(86);
  expect(relativeError(join(traces), expected)).toBeLessThan(5e-4);
});

async function outputOf(processes: readonly unknown[], order: readonly string[]): Promise<Float32Array[]> {
  const flow = place.flow("reference.json", {
    input: { path: sharedFile("reference", "input_small_ieee.sgy"), order },
    processes,
    output: { path: "reference.sgy" },
  });
  fs.rmSync(place.file("reference.sgy"), { force: true });
  return ieeeSamples(await place.bytesOf(flow, "reference.sgy"), SAMPLES);
}

function join(traces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(traces.length * SAMPLES);
  traces.forEach((trace, i) => all.set(trace, i * SAMPLES));
  return all;
}
