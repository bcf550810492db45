/** The main job from end to end: the same bytes however it is run, and what the output tells. */
import fs from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasSegyio, segyioSummary } from "../other_reader.ts";
import { relativeError } from "../test_steps.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const BANDPASS = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
const VELOCITY = { timesMs: [0, 1000], velocitiesMps: [1700, 1950] };
const STACK = [
  BANDPASS,
  { process: "nmo", parameters: { velocity: VELOCITY } },
  { process: "stack", parameters: { key: "cdp" } },
];

beforeAll(() => {
  place.line("line one.sgy");
});
afterAll(() => place.remove());

test("the output is the same to the last bit with 1, 2, 3 and 7 workers", async () => {
  const flow = place.flow("stack.json", {
    input: { path: "line one.sgy", order: ["cdp", "offset"] },
    processes: STACK,
    output: { path: "stack.sgy" },
  });
  const first = await place.bytesOf(flow, "stack.sgy", "--workers", "1");
  for (const workers of ["2", "3", "7"]) {
    expect(Buffer.compare(first, await place.bytesOf(flow, "stack.sgy", "--workers", workers))).toBe(0);
  }
});

test("an empty flow keeps every sample and every header word", async () => {
  place.line("ieee.sgy", { format: "ieee" });
  const flow = place.flow("copy.json", {
    input: { path: "ieee.sgy" },
    processes: [],
    output: { path: "copy.sgy" },
  });
  const copy = await place.bytesOf(flow, "copy.sgy");
  const original = fs.readFileSync(place.file("ieee.sgy"));
  expect(copy.length).toBe(original.length);
  expect(Buffer.compare(copy.subarray(3600), original.subarray(3600))).toBe(0);
});

test("processed plus noise is the input, and noise is zero where the input was muted", async () => {
  const flow = place.flow("both.json", {
    input: { path: "muted.sgy" },
    processes: [BANDPASS],
    output: { path: "both.sgy", mode: "both" },
  });
  const mute = {
    process: "mute",
    parameters: { kind: "top", timesMs: [200, 200], offsetsM: [0, 5000], taperMs: 0 },
  };
  const muting = place.flow("mute.json", {
    input: { path: "line one.sgy" },
    processes: [mute],
    output: { path: "muted.sgy" },
  });
  const input = ieeeSamples(await place.bytesOf(muting, "muted.sgy"), 251);
  const processed = ieeeSamples(await place.bytesOf(flow, "both.sgy"), 251);
  const noise = ieeeSamples(fs.readFileSync(place.file("both.noise.sgy")), 251);
  for (const [trace, samples] of noise.entries()) {
    expect(samples.subarray(0, 50).every((x) => x === 0)).toBe(true);
    const sum = samples.map((x, i) => i < 50 ? 0 : x + processed[trace][i]);
    expect(relativeError(sum, input[trace])).toBeLessThan(1e-6);
  }
  expect(processed[0].subarray(0, 50).some((x) => x !== 0)).toBe(true);
});

test("a mute in the flow mutes the noise instead of turning muted signal into noise", async () => {
  const mute = {
    process: "mute",
    parameters: { kind: "top", timesMs: [200, 200], offsetsM: [0, 5000], taperMs: 0 },
  };
  const flow = place.flow("noise.json", {
    input: { path: "line one.sgy" },
    processes: [BANDPASS, mute],
    output: { path: "noise.sgy", mode: "noise" },
  });
  const noise = ieeeSamples(await place.bytesOf(flow, "noise.sgy"), 251);
  expect(noise.every((samples) => samples.subarray(0, 50).every((x) => x === 0))).toBe(true);
  expect(noise.every((samples) => samples.subarray(50).some((x) => x !== 0))).toBe(true);
});

test("the stored history is a flow that gives the same bytes again", async () => {
  const flow = place.flow("zarr.json", {
    input: { path: "line one.sgy" },
    processes: [BANDPASS],
    output: { path: "out.zarr" },
  });
  expect((await place.run("run", flow)).status).toBe(0);
  const attributes = JSON.parse(fs.readFileSync(place.file("out.zarr/zarr.json"), "utf8")).attributes;
  const stored = JSON.stringify(attributes).match(/"process":"bandpass"/);
  expect(stored).not.toBeNull();
});

test("a flow reads a stored dataset, an import in place and the SEG-Y file alike", async () => {
  expect((await place.run("import", "line one.sgy", "--to", "copied.zarr", "--copy")).status).toBe(0);
  expect((await place.run("import", "line one.sgy", "--to", "in place.zarr")).status).toBe(0);
  const flow = place.flow("order.json", {
    input: { path: "line one.sgy", order: ["cdp", "offset"] },
    processes: STACK,
    output: { path: "sorted.sgy" },
  });
  const samples = async (...args: string[]) =>
    ieeeSamples(await place.bytesOf(flow, "sorted.sgy", ...args), 251);
  const fromFile = await samples();
  expect(await samples("--input", "copied.zarr")).toEqual(fromFile);
  expect(await samples("--input", "in place.zarr")).toEqual(fromFile);
});

test("an export gives back what was imported", async () => {
  expect((await place.run("import", "line one.sgy", "--to", "back.zarr", "--copy")).status).toBe(0);
  expect((await place.run("export", "back.zarr", "--to", "back.sgy", "--format", "ibm")).status).toBe(0);
  const original = fs.readFileSync(place.file("line one.sgy")).subarray(3600);
  expect(Buffer.compare(fs.readFileSync(place.file("back.sgy")).subarray(3600), original)).toBe(0);
});

test("--json prints JSON lines only, the job first and its end last", async () => {
  const flow = place.flow("json.json", {
    input: { path: "line one.sgy" },
    processes: [BANDPASS],
    output: { path: "json.sgy" },
  });
  const { status, stdout } = await place.run("run", flow, "--json");
  const lines = jsonLines(stdout);
  expect(status).toBe(0);
  expect(lines[0]).toMatchObject({ id: expect.any(String), name: "json.json" });
  expect(lines.at(-1)).toMatchObject({ id: lines[0].id, state: "completed" });
});

test.skipIf(!hasSegyio())("another reader opens the result and finds the same numbers", async () => {
  const flow = place.flow("segyio.json", {
    input: { path: "line one.sgy", order: ["cdp", "offset"] },
    processes: [BANDPASS],
    output: { path: "segyio.sgy", format: "ibm" },
  });
  await place.bytesOf(flow, "segyio.sgy");
  const summary = segyioSummary(place.file("segyio.sgy"));
  expect(summary).toMatchObject({ traces: 288, samples: 251, interval: 4000, format: 1 });
  const cdps = summary.cdp;
  expect(cdps).toEqual([...cdps].sort((a, b) => a - b));
});

test("help names every command and its options", async () => {
  const { stdout, status } = await place.run("--help");
  expect(status).toBe(0);
  for (const name of ["scan", "run", "import", "export", "jobs", "processes", "demo"]) {
    expect(stdout).toContain(name);
  }
  expect((await place.run("run", "--help")).stdout).toContain("--on-error");
});

test("a kill at the start of a flow removes a trace of NaN", async () => {
  const bytes = fs.readFileSync(place.line("nan.sgy", { format: "ieee" }));
  const traceBytes = 240 + 251 * 4;
  new DataView(bytes.buffer, bytes.byteOffset).setFloat32(3600 + 30 * traceBytes + 240 + 400, NaN);
  fs.writeFileSync(place.file("nan.sgy"), bytes);
  const kill = { process: "kill", parameters: { expression: "tracl == 31" } };
  const flow = (name: string, processes: unknown[]) =>
    place.flow(name, { input: { path: "nan.sgy" }, processes, output: { path: "killed.sgy" } });
  expect((await place.run("run", flow("without", [BANDPASS]))).stderr).toContain("trace 31 of nan.sgy");
  const killed = ieeeSamples(await place.bytesOf(flow("with", [kill, BANDPASS]), "killed.sgy"), 251);
  expect(killed[30].every((x) => x === 0)).toBe(true);
  expect(killed[29].some((x) => x !== 0)).toBe(true);
});

test("outputs say in their binary header how they are sorted, so that the next flow finds their gathers", async () => {
  const code = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getInt16(3228);
  const sort = (name: string, order: string[], processes: unknown[] = []) =>
    place.bytesOf(
      place.flow(name, {
        input: { path: "line one.sgy", order },
        processes,
        output: { path: `${name}.sgy` },
      }),
      `${name}.sgy`,
    );
  expect(code(await sort("by cdp", ["cdp", "offset"]))).toBe(2);
  expect(code(await sort("by offset", ["-offset"]))).toBe(7);
  expect(code(await sort("as it is", []))).toBe(1);
  expect(code(await sort("stacked", ["cdp"], STACK))).toBe(4);
});
