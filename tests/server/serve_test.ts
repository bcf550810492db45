/** `seisproc serve` as the window starts it: with the launcher's permissions, over pipes. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { readJob } from "../../sidecar/jobs/folder/job_folder.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { GatedProgram, WAITS } from "../end_to_end/gated_program.ts";
import { LaunchedSidecar } from "./launched_sidecar.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("serve");
const workspace = path.join(folder, "workspace");

const program = new GatedProgram();
const running = new Set<LaunchedSidecar>();
afterAll(() => program.remove());
afterEach(async () => {
  for (const sidecar of running) await sidecar.end();
  running.clear();
});

async function start(launcher?: string): Promise<LaunchedSidecar> {
  const sidecar = await LaunchedSidecar.start(workspace, [], launcher);
  running.add(sidecar);
  return sidecar;
}

test("one short ASCII line says where and with which token; it ends with its stdin", async () => {
  const sidecar = await start();
  expect(sidecar.ready.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(sidecar.ready.token).toMatch(/^[\w-]{43}$/);
  await sidecar.ask("list_processes", {});
  await fetch(`${sidecar.ready.url}/nothing`);
  expect(await sidecar.end()).toBe(0);
  expect(sidecar.stdout).toMatch(/^[\x20-\x7e]{1,200}\n$/);
});

test("the workspace's manager is gone and the port is free after the end", async () => {
  const sidecar = await start();
  const { url } = sidecar.ready;
  await sidecar.end();
  await expect(fetch(url)).rejects.toThrow();
  expect(fs.readdirSync(path.join(workspace, "managers"))).toEqual([]);
});

test("a wrong or taken port is wrong usage", async () => {
  const sidecar = await start();
  const { port } = new URL(sidecar.ready.url);
  for (const one of ["x", "70000", port]) {
    await expect(LaunchedSidecar.start(workspace, ["--port", one])).rejects.toThrow("--port");
  }
});

test("a running job is interrupted by the end of stdin and resumed by the next sidecar to the same bytes", async () => {
  const input = path.join(folder, "line.sgy");
  fs.writeFileSync(input, segyBytes({ traces: 6000, samples: 500, value: (t, s) => Math.sin(t + s / 7) }));
  const bandpass = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
  const flowTo = (output: string) => ({
    seisproc: 1,
    name: "Long",
    input: { path: input },
    processes: [WAITS, bandpass],
    output: { path: output },
  });
  program.shut();
  const first = await start(program.launcher);
  await first.ask("open_path", { path: input });
  await first.ask("choose_folder", { path: folder });
  const output = path.join(folder, "out.sgy");
  const work = { kind: "flow", flow: flowTo(output), runner: { workers: 1 } } as const;
  const { job } = await first.ask("submit", { work });
  await eventually(async () => (await first.ask("get_job", { job: job.id })).job.progress ?? undefined);
  // It waits at the gate, and goes on slowly: the sidecar is told to end long before all blocks are done.
  const ended = first.end();
  program.openSlowly();
  expect(await ended).toBe(0);
  const rested = readJob(path.join(workspace, "jobs", job.id));
  expect([rested.state, rested.reason]).toEqual(["interrupted", "shutdown"]);
  program.open();
  const second = await start(program.launcher);
  expect((await second.ask("get_job", { job: job.id })).job.state).toBe("interrupted");
  await second.ask("resume_job", { job: job.id });
  await completed(second, job.id);
  await second.ask("open_path", { path: input });
  await second.ask("choose_folder", { path: folder });
  const other = { kind: "flow", flow: flowTo(path.join(folder, "other.sgy")) } as const;
  const { job: whole } = await second.ask("submit", { work: other });
  await completed(second, whole.id);
  const samples = (file: string) => fs.readFileSync(path.join(folder, file)).subarray(3600);
  expect(samples("out.sgy").equals(samples("other.sgy"))).toBe(true);
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function completed(sidecar: LaunchedSidecar, id: string): Promise<void> {
  for (;;) {
    const { job } = await sidecar.ask("get_job", { job: id });
    expect(job.error).toBeNull();
    if (job.state === "completed") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
