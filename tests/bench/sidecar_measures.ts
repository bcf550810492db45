/** What the sidecar costs while it starts, waits, queues and tells: measured on `seisproc serve` and on its server. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createJobFolder } from "../../sidecar/jobs/folder/job_folder.ts";
import { jobFolder, openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import { JobMonitor } from "../../sidecar/monitor/job_monitor.ts";
import { Grants } from "../../sidecar/server/grants.ts";
import { Reading } from "../../sidecar/server/reading/reading.ts";
import { UserBooks } from "../../sidecar/server/user/user_books.ts";
import { Server } from "../../sidecar/server/server.ts";
import type { JobEvent } from "../../src/shared/job/events.ts";
import { type Job, JOB_FORMAT, type Priority } from "../../src/shared/job/job.ts";
import { parseReadyLine, type ReadyLine } from "../../src/shared/protocol/envelope.ts";
import type { CommandName, Replies, Requests } from "../../src/shared/protocol/commands.ts";
import { LineDecoder } from "../../src/shared/protocol/json_lines.ts";
import { parseServerEvent } from "../../src/shared/protocol/events.ts";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";
import { loadFlow } from "../../sidecar/flow/document/load_flow.ts";
import { flowWork } from "../../sidecar/jobs/adapters/processing_job_adapter.ts";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { openManager } from "./job_measures.ts";
import { childrenOf, cpuTicks, pause, residentBytes, summarize, type Timing } from "./measure.ts";

const LAUNCH = fileURLToPath(new URL("../../sidecar/cli/launch.mjs", import.meta.url));

/** `seisproc serve` as the window starts it. */
export class Sidecar {
  private constructor(readonly child: ChildProcessWithoutNullStreams, readonly ready: ReadyLine) {}

  /** Resolves with the ready line. */
  static start(workspace: string): Promise<Sidecar> {
    const env = { ...process.env, SEISPROC_WORKSPACE: workspace };
    const child = spawn("node", [LAUNCH, "serve"], { env });
    const { promise, resolve, reject } = Promise.withResolvers<Sidecar>();
    let text = "", problems = "";
    child.stderr.on("data", (piece) => problems += piece);
    child.on("exit", (code) => reject(new Error(`seisproc serve ended with ${code}: ${problems}`)));
    child.stdout.on("data", (piece) => {
      text += piece;
      const ready = text.includes("\n") ? parseReadyLine(JSON.parse(text)) : undefined;
      if (ready !== undefined) resolve(new Sidecar(child, ready));
    });
    return promise;
  }

  /** The process behind the launcher. */
  get pid(): number {
    const [pid] = childrenOf(this.child.pid ?? 0);
    if (pid === undefined) throw new Error("the sidecar is gone");
    return pid;
  }

  async ask<C extends CommandName>(command: C, request: Requests[C]): Promise<Replies[C]> {
    const headers = { authorization: `Bearer ${this.ready.token}` };
    const body = JSON.stringify({ command, ...request });
    const response = await fetch(`${this.ready.url}/command`, { method: "POST", headers, body });
    return parseReply(command, await response.json());
  }

  async end(): Promise<void> {
    const exited = new Promise((resolve) => this.child.on("exit", resolve));
    this.child.stdin.end();
    await exited;
  }
}

export interface Starts {
  readonly first: number;
  readonly later: Timing;
}

/** Seconds from the start of the program to its ready line: the first time, when there is no index, and later. */
export async function startSeconds(workspace: string, runs: number): Promise<Starts> {
  fs.rmSync(path.join(workspace, "index.jsonl"), { force: true });
  const seconds: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    const sidecar = await Sidecar.start(workspace);
    seconds.push((performance.now() - start) / 1000);
    await sidecar.end();
  }
  return { first: seconds[0], later: summarize(seconds.slice(1)) };
}

/** Fills a workspace with copies of one ended job. */
export function fillWorkspace(root: string, jobs: number): void {
  const workspace = openWorkspace(root);
  const model = createModel(root);
  const files = ["job.json", "events.jsonl"].map((name) => ({
    name,
    text: fs.readFileSync(path.join(jobFolder(workspace, model), name), "utf8"),
  }));
  for (let i = 1; i < jobs; i++) {
    const id = `20260101-${String(i).padStart(6, "0")}-000-${i.toString(16).padStart(6, "0")}`;
    const folder = jobFolder(workspace, id);
    fs.mkdirSync(folder);
    for (const { name, text } of files) fs.writeFileSync(path.join(folder, name), text.replaceAll(model, id));
  }
}

function createModel(root: string): string {
  const id = "20260101-000000-000-000000", at = Date.UTC(2026, 0, 1);
  const same = { name: "model", type: "processing", priority: "normal", tags: [], parent: null } as const;
  const limits = { maxAttempts: 4, timeoutSeconds: null, program: "bench", estimate: null };
  const flow = {
    ...{ seisproc: 1 as const, name: "model", processes: [] },
    input: { path: path.join(root, "line.sgy"), order: [] },
    output: { path: path.join(root, "out.sgy"), format: "ieee" as const, mode: "processed" as const },
  };
  const request = { seisproc: JOB_FORMAT, id, ...same, ...limits, createdAt: at, work: flowWork({ flow }) };
  const events: JobEvent[] = [
    { event: "created", at, format: JOB_FORMAT, ...same, ...limits },
    { event: "state", at, to: "queued", manager: "0123456789ab", order: 1, why: "submitted" },
    { event: "state", at, to: "running", manager: "0123456789ab", pid: 1 },
    { event: "state", at, to: "cancelled", level: 2, partialOutput: "removed" },
  ];
  createJobFolder(openWorkspace(root), request, events);
  return id;
}

export interface Idle {
  readonly bytes: number;
  readonly launcherBytes: number;
  /** Of 10 ms each. */
  readonly ticks: number;
  readonly seconds: number;
}

/** Memory and time of a sidecar that nobody asks anything; it may settle first. */
export async function idleCost(workspace: string, seconds: number): Promise<Idle> {
  const sidecar = await Sidecar.start(workspace);
  try {
    await pause(8000);
    const before = cpuTicks(sidecar.pid);
    await pause(seconds * 1000);
    const ticks = cpuTicks(sidecar.pid) - before;
    const launcherBytes = residentBytes(sidecar.child.pid ?? 0);
    return { bytes: residentBytes(sidecar.pid), launcherBytes, ticks, seconds };
  } finally {
    await sidecar.end();
  }
}

export interface QueueCost {
  readonly inOrder: boolean;
  readonly submitSeconds: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

const PRIORITY_ORDER: readonly Priority[] = ["critical", "high", "normal", "low"];

/** Jobs of all priorities submitted at once to a sidecar and run to their ends. */
export async function queueAtOnce(
  workspace: string,
  flowFile: string,
  input: string,
  jobs: number,
): Promise<QueueCost> {
  const sidecar = await Sidecar.start(workspace);
  const outputs = fs.mkdtempSync(path.join(path.dirname(flowFile), "queued-"));
  try {
    await sidecar.ask("open_path", { path: input });
    await sidecar.ask("choose_folder", { path: outputs });
    const flow = loadFlow(flowFile);
    const submit = (name: string, priority: Priority) => {
      const output = { ...flow.output, path: path.join(outputs, `${name}.sgy`) };
      const work = {
        kind: "flow" as const,
        name,
        priority,
        flow: { ...flow, input: { path: input }, output },
      };
      return sidecar.ask("submit", { work });
    };
    // After a few jobs the memory is that of a sidecar at work.
    for (const name of ["w1", "w2", "w3"]) await submit(name, "normal");
    await ended(sidecar, /^w/);
    await pause(3000);
    const bytesBefore = residentBytes(sidecar.pid), start = performance.now();
    const names = Array.from({ length: jobs }, (_, i) => `q${i}`);
    await Promise.all(names.map((name, i) => submit(name, PRIORITY_ORDER[(i * 7 + 3) % 4])));
    const submitSeconds = (performance.now() - start) / 1000;
    const done = await ended(sidecar, /^q/);
    await pause(6000);
    return {
      inOrder: startedInOrder(done),
      submitSeconds,
      bytesBefore,
      bytesAfter: residentBytes(sidecar.pid),
    };
  } finally {
    await sidecar.end();
    fs.rmSync(outputs, { recursive: true, force: true });
  }
}

async function ended(sidecar: Sidecar, name: RegExp): Promise<Job[]> {
  while (true) {
    const { jobs } = await sidecar.ask("list_jobs", {});
    const mine = jobs.filter((job) => name.test(job.name));
    const failed = mine.find((job) => job.state === "failed");
    if (failed !== undefined) throw new Error(`${failed.name}: ${failed.error?.message}`);
    if (mine.every((job) => job.state === "completed")) return mine;
    await pause(100);
  }
}

/** True when no job started before one that was queued by then and comes first by priority and order. */
function startedInOrder(jobs: readonly Job[]): boolean {
  const starts = [...jobs].sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  return starts.every((job, i) =>
    starts.slice(i + 1).every((later) =>
      (later.queuedAt ?? 0) >= (job.startedAt ?? 0) || urgency(job) < urgency(later) ||
      (urgency(job) === urgency(later) && job.order < later.order)
    )
  );
}

const urgency = (job: Job) => PRIORITY_ORDER.indexOf(job.priority);

export interface StreamCost {
  readonly sent: number;
  /** By each reader: those with the number that came next. */
  readonly received: readonly number[];
  readonly worstLagMs: number;
}

/** News published at a steady rate to a server with several readers. */
export async function eventStream(
  root: string,
  rate: number,
  seconds: number,
  readers: number,
): Promise<StreamCost> {
  const manager = openManager(root, "desktop");
  const monitor = new JobMonitor(manager), books = new UserBooks(manager);
  const grants = new Grants(root);
  const server = await Server.open({
    manager,
    monitor,
    preflight,
    grants,
    reading: new Reading(manager.workspace.views),
    settings: books.settings,
    documents: books.documents,
    timetable: books.timetable,
    program: "bench",
  });
  const sent = rate * seconds, first = manager.news.sequence + 1;
  try {
    const lags: number[] = [];
    const reading = Array.from({ length: readers }, () => readNews(server.ready, first, sent, lags));
    while (server.hub.readers < readers) await pause(5);
    await pause(200);
    const start = performance.now();
    for (let told = 0; told < sent; await pause(5)) {
      for (const due = Math.min(sent, (performance.now() - start) / 1000 * rate); told < due; told++) {
        manager.news.publish({ news: "log", job: "bench", level: "info", text: `event ${told}` });
      }
    }
    const received = await Promise.all(reading);
    return { sent, received, worstLagMs: lags.reduce((worst, lag) => Math.max(worst, lag), 0) };
  } finally {
    await server.close();
    books.close();
    monitor.close();
    await manager.shutdown();
  }
}

/** How many news came in their order, once the last came or nothing came for some time. */
async function readNews({ url, token }: ReadyLine, first: number, wanted: number, lags: number[]) {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const { body } = await fetch(`${url}/events`, { headers, signal: stop.signal });
  const lines = new LineDecoder(), reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
  let received = 0, next = first;
  while (next < first + wanted) {
    const piece = await Promise.race([reader.read(), pause(10_000)]);
    if (piece === undefined || piece.done) break;
    for (const line of lines.push(piece.value)) {
      const event = parseServerEvent(JSON.parse(line));
      if (event?.event !== "news") continue;
      if (event.news.sequence === next) received++;
      next = event.news.sequence + 1;
      lags.push(Date.now() - event.news.at);
    }
  }
  stop.abort();
  await reader.cancel().catch(() => {});
  return received;
}
