/** From a request to a job: adapters and the calls that run them. */
import { expect, test } from "vitest";
import { ProcessingJobAdapter, typeOfFlow } from "../../sidecar/jobs/adapters/processing_job_adapter.ts";
import { runParallelProcessing, runSegyExport, runSegyImport } from "../../sidecar/jobs/processing_api.ts";
import type { Flow } from "../../src/shared/flow/flow.ts";
import { newBench } from "./new_bench.ts";
import { scriptedWork } from "./scripted_jobs.ts";

const bench = newBench();

function scriptedFlow(output: string, blocks = 5): Flow {
  const work = scriptedWork(output, { blocks });
  if (work.kind !== "flow") throw new Error("a flow was expected");
  return work.flow;
}

test("the type of a job follows from its flow", () => {
  const flow = scriptedFlow("/out");
  const step = (process: string) => ({ process, parameters: {} });
  const type = (processes: string[], order: string[]) =>
    typeOfFlow({ ...flow, processes: processes.map(step), input: { path: "/in", order } });
  expect([type(["nmo", "stack"], ["cdp"]), type([], ["cdp"]), type(["agc"], ["cdp"]), type([], [])])
    .toEqual(["stacking", "sort", "processing", "processing"]);
});

test("an adapter submits once, shows progress and returns the job at rest", async () => {
  const manager = bench().manager();
  const config = { flow: scriptedFlow(bench().output()) };
  const adapter = new ProcessingJobAdapter(manager, config, { name: "Batch", tags: ["x"] });
  const submitted = await adapter.submit();
  expect(submitted).toMatchObject({ name: "Batch", type: "processing", tags: ["x"] });
  const fractions: number[] = [];
  const job = await adapter.run((progress) => fractions.push(progress.fraction));
  expect(job).toMatchObject({ id: submitted.id, state: "completed" });
  expect(fractions.at(-1)).toBe(1);
  expect(manager.list()).toHaveLength(1);
});

test("one call processes: the caller hears of the job first and gets it with its result", async () => {
  const manager = bench().manager();
  const heard: string[] = [];
  const flow = scriptedFlow(bench().output());
  const job = await runParallelProcessing(manager, { flow, onError: "skip" }, {
    onSubmitted: (submitted) => heard.push(submitted.id),
    onProgress: () => heard.push("progress"),
  });
  expect(job.result?.gathers).toBe(5);
  expect(heard[0]).toBe(job.id);
  expect(heard).toContain("progress");
  expect(manager.request(job.id).work).toMatchObject({ onError: "skip", flow });
});

test("import and export are jobs of their own types with what they were asked in their folder", async () => {
  const launcher = () => ({ command: "/no/such/program", args: [] });
  const manager = bench().manager({ launcher });
  const scan = await runSegyImport(manager, { input: "/a/line.sgy", to: "/a/line.zarr" });
  const copy = await runSegyImport(manager, { input: "/a/line.sgy", to: "/a/line.zarr", copy: true });
  const out = await runSegyExport(manager, { input: "/a/line.zarr", to: "/a/b.sgy", format: "ibm" });
  expect([scan, copy, out].map((job) => `${job.type} ${job.name}`)).toEqual([
    "segy_import Import line.sgy",
    "segy_import Import line.sgy",
    "segy_export Export line.zarr",
  ]);
  expect(manager.request(scan.id).work).toMatchObject({ kind: "header_scan", to: "/a/line.zarr" });
  expect(manager.request(copy.id).work).toMatchObject({
    kind: "flow",
    flow: { output: { path: "/a/line.zarr" } },
  });
  expect(manager.request(out.id).work).toMatchObject({
    flow: { output: { format: "ibm", path: "/a/b.sgy" } },
  });
});

test("an import makes datasets only, an export SEG-Y only, whoever asks", async () => {
  const manager = bench().manager();
  const wrongImport = runSegyImport(manager, { input: "/a/line.sgy", to: "/a/line.sgy2", copy: true });
  await expect(wrongImport).rejects.toThrow("expected a name ending in .zarr, found /a/line.sgy2");
  const wrongExport = runSegyExport(manager, { input: "/a/line.zarr", to: "/a/out.ZARR" });
  await expect(wrongExport).rejects.toThrow("expected the name of a SEG-Y file, found /a/out.ZARR");
  expect(manager.list()).toEqual([]);
});
