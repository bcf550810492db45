/** What a trial and the preflight that stands on it say of jobs: against each other and the jobs, never against clocks. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeSyntheticLine } from "../../sidecar/dataset/synthetic/write_line.ts";
import { measuredPreflight } from "../../sidecar/flow/estimate/measured_preflight.ts";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { type Trial, tryFlow } from "../../sidecar/flow/estimate/trial.ts";
import type { FlowStep } from "../../src/shared/flow/flow.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const root = temporaryFolder("trial");
const line = path.join(root, "line.sgy");
writeSyntheticLine(line, {
  ...{ shots: 150, channels: 48, samplesPerTrace: 1001, intervalUs: 4000, format: "ibm", seed: 3 },
});

const GAIN: FlowStep = { process: "gain", parameters: { timePower: 2 } };
const DECONVOLUTION: FlowStep = { process: "deconvolution", parameters: { kind: "predictive", gapMs: 20 } };
const THREE = [DECONVOLUTION, DECONVOLUTION, DECONVOLUTION];
const STACK: FlowStep = { process: "stack", parameters: { key: "cdp" } };

interface More {
  readonly order?: readonly string[];
  readonly select?: string;
  readonly output?: string;
  readonly mode?: "processed" | "both";
}

function flow(processes: readonly FlowStep[], { order = [], select, output = "out.sgy", mode }: More = {}) {
  const document = {
    seisproc: 1 as const,
    name: "f",
    input: { path: line, order, ...(select === undefined ? {} : { select }) },
    processes,
    output: { path: path.join(root, output), format: "ieee" as const, mode: mode ?? "processed" as const },
  };
  return { kind: "flow" as const, flow: document, onError: "fail" as const, options: { workers: 1 } };
}

function tried(...work: Parameters<typeof flow>): Trial {
  const trial = tryFlow(flow(...work), fs.mkdtempSync(path.join(root, "tried ")));
  if (trial === undefined) throw new Error("no trace was tried");
  return trial;
}

test("three deconvolutions are found several times dearer than a gain, by rough figures and when tried", async () => {
  const rough = [flow(THREE), flow([GAIN])].map((work) => preflight(work).estimate.seconds);
  expect(rough[0]).toBeGreaterThan(4 * rough[1]);
  const script = fileURLToPath(new URL("./try_flows.ts", import.meta.url));
  const args = ["run", "-A", "--quiet", script, root, JSON.stringify([flow(THREE), flow([GAIN])])];
  const { stdout, success } = await new Deno.Command(Deno.execPath(), { args }).output();
  expect(success).toBe(true);
  const [three, gain]: Trial[] = JSON.parse(new TextDecoder().decode(stdout));
  expect(three.secondsPerTrace).toBeGreaterThan(2 * gain.secondsPerTrace);
});

test("flows that sort, stack, select, write datasets or noise are tried too, and the output is not touched", () => {
  const sorted = tried([STACK], { order: ["cdp", "offset"] });
  expect(sorted).toMatchObject({ readsHeadersFirst: true });
  expect(sorted.secondsPerTrace).toBeGreaterThan(0);
  expect(tried([GAIN])).toMatchObject({ readsHeadersFirst: false });
  expect(tried([GAIN], { select: "tracf > 2" }).secondsPerTrace).toBeGreaterThan(0);
  expect(tried([GAIN], { output: "out.zarr", mode: "both" }).secondsPerTrace).toBeGreaterThan(0);
  expect(fs.readdirSync(root).filter((name) => name.startsWith("out"))).toEqual([]);
});

test("preflight announces a dear flow by its trial and leaves nothing behind", async () => {
  const before = Deno.env.get("TMPDIR"), folder = fs.mkdtempSync(path.join(root, "temporary "));
  Deno.env.set("TMPDIR", folder);
  try {
    const rough = preflight(flow(THREE)), report = await measuredPreflight(flow(THREE));
    expect({ ...report, estimate: { ...report.estimate, seconds: 0 } })
      .toEqual({ ...rough, estimate: { ...rough.estimate, seconds: 0 } });
    expect(report.estimate.seconds).not.toBe(rough.estimate.seconds);
    expect(fs.readdirSync(folder)).toEqual([]);
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
});

test("a small job is not tried, and one of a kind only once", async () => {
  expect(await measuredPreflight(flow([GAIN]))).toEqual(preflight(flow([GAIN])));
  const [one, other] = await Promise.all([
    measuredPreflight(flow(THREE, { output: "a.sgy" })),
    measuredPreflight(flow(THREE, { output: "b.sgy" })),
  ]);
  expect(one.estimate).toEqual(other.estimate);
});

test("what the trial cannot do leaves the rough estimate", async () => {
  const bytes = fs.readFileSync(line);
  const strange = path.join(fs.mkdtempSync(path.join(root, "strange ")), "strange.sgy");
  // All samples NaN: IEEE floats, which the deconvolution refuses.
  bytes.writeUInt16BE(5, 3224);
  for (let trace = 3600; trace < bytes.length; trace += 240 + 4004) {
    bytes.fill(0xff, trace + 240, trace + 4244);
  }
  fs.writeFileSync(strange, bytes);
  const { flow: document, ...rest } = flow(THREE);
  const work = { ...rest, flow: { ...document, input: { path: strange, order: [] } } };
  expect(await measuredPreflight(work)).toEqual(preflight(work));
});
