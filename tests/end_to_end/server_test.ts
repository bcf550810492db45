/** The server as it is really started: every command, and views of real surveys, with the launcher's permissions. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRecord } from "../../src/shared/is_record.ts";
import type { Job, JobState } from "../../src/shared/job/job.ts";
import { COMMAND_NAMES } from "../../src/shared/protocol/parse_commands.ts";
import { EXAMPLE } from "../protocol/example_world.ts";
import { segyBytes } from "../segy/make_segy.ts";
import { LaunchedSidecar } from "../server/launched_sidecar.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const PAGE = fs.readFileSync(fileURLToPath(new URL("../../PROTOCOL.md", import.meta.url)), "utf8");
const folder = fs.realpathSync(temporaryFolder("real-server"));
const workspace = path.join(folder, "work space");
const line = path.join(folder, "line.sgy");
let sidecar: LaunchedSidecar;

beforeAll(async () => {
  const words = (trace: number) =>
    [[9, 4, 1 + Math.floor(trace / 24)], [21, 4, 100 + trace % 24], [37, 4, 25 * (trace % 24)]] as const;
  fs.writeFileSync(
    line,
    segyBytes({ traces: 2400, samples: 250, words, value: (t, s) => Math.sin(t + s / 5) }),
  );
  sidecar = await LaunchedSidecar.start(workspace);
  await sidecar.ask("open_path", { path: line });
  await sidecar.ask("choose_folder", { path: folder });
});
afterAll(async () => {
  await sidecar.end();
});

function work(output: string, processes: readonly unknown[]) {
  const flow = {
    seisproc: 1,
    name: output,
    input: { path: line },
    processes,
    output: { path: path.join(folder, output) },
  };
  return { kind: "flow", flow, runner: { workers: 1 } } as const;
}

async function until(id: string, ...states: JobState[]): Promise<Job> {
  for (;;) {
    const { job } = await sidecar.ask("get_job", { job: id });
    if (states.includes(job.state)) return job;
    if (job.state === "failed") throw new Error(job.error?.message);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("views by key and by order, lists and spectra are answered", async () => {
  const list = await sidecar.ask("list_gathers", { survey: line, order: ["cdp", "-offset"], limit: 1 });
  expect(list).toMatchObject({ gathers: 24, largest: 100, page: [{ values: [100], traces: 100 }] });
  expect(await sidecar.ask("list_gathers", { survey: line, key: "fldr" })).toMatchObject({ gathers: 100 });
  const processes = [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }];
  const looks = [
    {
      survey: line,
      order: ["cdp", "-offset"],
      gather: 5,
      processes,
      panels: ["input", "processed", "noise"],
    },
    { survey: line, key: "fldr", gather: 99 },
    { survey: line, gather: "first" },
    { survey: line, firstTrace: 2000, traces: 100 },
  ];
  const there = [100, 24, 24, 2400];
  for (const [i, look] of looks.entries()) {
    const onScreen = { ...look, columns: 10, rows: 10, words: ["cdp"] };
    expect((await sidecar.panels("gather", onScreen)).header.tracesThere).toBe(there[i]);
    expect((await sidecar.panels("spectrum", look)).header.panels[0].kind).toBe("spectrum");
  }
});

test("a scan and a description are answered", async () => {
  expect((await sidecar.ask("scan_file", { path: line })).report.traces).toBe(2400);
  expect((await sidecar.ask("describe_survey", { survey: line })).survey.traces).toBe(2400);
});

test("a job runs, is paused, resumed, cancelled, retried and removed", async () => {
  const slow = { process: "deconvolution", parameters: { gapMs: 4, operatorMs: 900 } };
  const { job } = await sidecar.ask("submit", {
    work: work("slow.sgy", Array.from({ length: 8 }, () => slow)),
  });
  await until(job.id, "running");
  let { resources } = await sidecar.ask("get_resources", {});
  while (resources.volumes.length === 0) ({ resources } = await sidecar.ask("get_resources", {}));
  expect(resources.memory.availableBytes).toBeGreaterThan(0);
  expect(resources).toMatchObject({
    runners: [{ job: job.id }],
    volumes: [{ path: folder, jobs: [job.id] }],
  });
  await sidecar.ask("pause_job", { job: job.id });
  if ((await until(job.id, "paused", "completed")).state === "paused") {
    await sidecar.ask("resume_job", { job: job.id });
    await until(job.id, "running", "completed");
    await sidecar.ask("cancel_job", { job: job.id }).catch(() => {});
    if ((await until(job.id, "cancelled", "completed")).state === "cancelled") {
      await sidecar.ask("retry_job", { job: job.id });
    }
  }
  await until(job.id, "completed");
  expect(fs.statSync(path.join(folder, "slow.sgy")).size).toBe(fs.statSync(line).size);
  await sidecar.ask("remove_job", { job: job.id });
});

test("an import and an export run", async () => {
  const to = path.join(folder, "line.zarr");
  const imported = await sidecar.ask("submit", { work: { kind: "import", input: line, to } });
  await until(imported.job.id, "completed");
  await sidecar.ask("open_path", { path: to });
  expect(await sidecar.ask("list_gathers", { survey: to, order: ["cdp"] })).toMatchObject({ gathers: 24 });
  const out = path.join(folder, "exported.sgy");
  const exported = await sidecar.ask("submit", {
    work: { kind: "export", input: to, to: out, format: "ibm" },
  });
  await until(exported.job.id, "completed");
});

test("no example of PROTOCOL.md meets a defect", { timeout: 120_000 }, async () => {
  const { job } = await sidecar.ask("submit", { work: work("plain.sgy", []) });
  await until(job.id, "completed");
  const examples = [...PAGE.matchAll(/^```json request\n([\s\S]*?)\n```$/gm)].map(([, text]) => text);
  const asked = new Set<unknown>();
  for (const example of examples) {
    const request: unknown = JSON.parse(
      example.replaceAll(EXAMPLE.folder, JSON.stringify(folder).slice(1, -1)).replaceAll(EXAMPLE.job, job.id),
    );
    if (!isRecord(request)) throw new Error(`no request: ${example}`);
    asked.add(request.command);
    const response = await sidecar.fetch("/command", request);
    const answer = await response.text();
    expect([request.command, response.status < 500, answer.slice(0, 300)]).toEqual([
      request.command,
      true,
      expect.not.stringContaining('"internal"'),
    ]);
  }
  expect([...asked].sort()).toEqual([...COMMAND_NAMES].sort());
  expect(sidecar.stderr).not.toContain("defect");
});
