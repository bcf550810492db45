/**
 * A small real runner for tests of the job system: it obeys the contract of runners, writes one byte per block into
 * its output, keeps a checkpoint, and misbehaves as the parameters of its first process say.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { FileLock } from "../../sidecar/files/file_lock.ts";
import { partialLock, partPath } from "../../sidecar/files/partial_names.ts";
import { checkpointForPlan, writeCheckpoint } from "../../sidecar/jobs/folder/checkpoint.ts";
import { readJobRequest } from "../../sidecar/jobs/folder/job_folder.ts";
import { lockRunner } from "../../sidecar/jobs/folder/job_lock.ts";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { JobProgress } from "../../src/shared/job/progress.ts";
import type { RunnerCommand, RunnerEnd, RunnerMessage } from "../../src/shared/job/runner_messages.ts";
import { LineDecoder } from "../../src/shared/protocol/json_lines.ts";
import type { Script } from "./scripted_jobs.ts";

const folder = process.argv[2] ?? "";
const request = readJobRequest(folder);
if (request.work.kind !== "flow") throw new Error("the scripted runner knows flows only");
const { output } = request.work.flow;
const script: Script = { blocks: 5, msPerBlock: 10, ...request.work.flow.processes[0]?.parameters };
const marker = `${output.path}.${script.mark ?? "mark"}`;
const part = partPath(output.path);
let asked: RunnerCommand | undefined;

function say(message: RunnerMessage): void {
  const bytes = new TextEncoder().encode(JSON.stringify(message) + "\n");
  for (let at = 0; at < bytes.length;) {
    at += fs.writeSync(1, bytes, at, Math.min(script.tornWrites ? 7 : Infinity, bytes.length - at));
  }
}

function end(ended: RunnerEnd, status: number): never {
  say({ message: "ended", end: ended });
  process.exit(status);
}

async function listen(): Promise<void> {
  const lines = new LineDecoder();
  for await (const piece of process.stdin) lines.push(piece).forEach((line) => asked = JSON.parse(line));
  asked ??= { command: "interrupt" };
}

function progress(done: number): JobProgress {
  const count = { done, total: script.blocks };
  const rate = { now: 1, smoothed: 1 };
  return {
    ...{ phase: "blocks", phases: ["blocks"], fraction: done / script.blocks },
    ...{ blocks: count, gathers: count, traces: count, tracesPerSecond: rate, megabytesPerSecond: rate },
    ...{ secondsLeft: null, lanes: [], bytesRead: done, bytesWritten: done, stalled: false },
    ...{ peakMemoryBytes: 1, warnings: 0 },
  };
}

function once(what: number | undefined, block: number): boolean {
  if (what !== block || fs.existsSync(marker)) return false;
  fs.writeFileSync(marker, "");
  return true;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isOpen = () => fs.existsSync(script.gateFile ?? "");

function misbehave(block: number): void {
  if (once(script.dieOnceAt, block)) process.kill(process.pid, "SIGKILL");
  if (script.failAt === block) {
    fail(new SeisProcError("not-segy", "Cannot read x", { file: "x", reason: "" }), false);
  }
  if (once(script.transientOnceAt, block)) fail(new Error("a passing error"), true);
  if (script.transientAt === block) fail(new Error("an error that does not pass"), true);
  if (once(script.diskFullOnceAt, block)) {
    fail(new SeisProcError("disk-full", "Cannot write", { file: output.path, neededBytes: 5000 }), false);
  }
  if (script.hangAt === block) {
    while (true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  if (script.noiseAt === block) fs.writeSync(1, 'this is no message\n{"message":"unknown"}\n');
  if (script.stderrAt === block) fs.writeSync(2, "last words");
}

function fail(error: unknown, transient: boolean): never {
  end({ outcome: "failed", error: toWireError(error), transient }, 1);
}

async function run(): Promise<void> {
  if (lockRunner(folder) === undefined) fail(new Error("a second runner in one folder"), false);
  const plan = {
    fingerprint: script.fingerprintFile ? fs.readFileSync(script.fingerprintFile, "utf8") : "plan",
    blocks: script.blocks,
  };
  const found = checkpointForPlan(folder, plan);
  const done = found?.done ?? new Uint8Array(script.blocks);
  const kept = done.filter((one) => one !== 0).length;
  const outputs = [{ path: output.path, bytes: script.blocks }];
  const planned = { blocks: script.blocks, blocksKept: kept, gathers: script.blocks, traces: script.blocks };
  say({ message: "planned", ...planned, workers: 1, phases: ["blocks"], outputs, warnings: [] });
  FileLock.tryTake(partialLock(part))?.tell({ job: path.basename(folder) });
  const fd = fs.openSync(part, found === undefined ? "w+" : "r+");
  const checkpoint = () => {
    fs.fdatasyncSync(fd);
    writeCheckpoint(folder, { ...plan, done });
    say({ message: "checkpoint", blocksDone: done.filter((one) => one !== 0).length });
  };
  for (let block = 0; block < script.blocks; block++) {
    if (done[block]) continue;
    await pause(script.msPerBlock);
    while (script.gateAt === block && !isOpen() && asked === undefined) await pause(5);
    misbehave(block);
    fs.writeSync(fd, Uint8Array.of(65 + block % 26), 0, 1, block);
    done[block] = 1;
    if (!script.quiet) say({ message: "progress", progress: progress(block + 1) });
    if (script.checkpointEvery && block % script.checkpointEvery === 0) checkpoint();
    if (asked === undefined || block === script.blocks - 1) continue;
    checkpoint();
    obey(asked);
  }
  checkpoint();
  fs.closeSync(fd);
  fs.renameSync(part, output.path);
  fs.rmSync(partialLock(part), { force: true });
  const result = {
    outputs: [{ path: output.path, bytes: script.blocks, traces: script.blocks }],
    ...{ tracesRead: script.blocks, gathers: script.blocks, bytesRead: 0, bytesWritten: script.blocks },
    ...{ seconds: 1, processingSeconds: 1, peakMemoryBytes: 1, skipped: [], warnings: [] },
  };
  end({ outcome: "completed", result }, 0);
}

function obey(command: RunnerCommand): void {
  switch (command.command) {
    case "pause":
      return end({ outcome: "paused" }, 4);
    case "interrupt":
      return end({ outcome: "interrupted" }, 4);
    case "cancel":
      if (!command.keepPartial) fs.rmSync(part, { force: true });
      return end({ outcome: "cancelled", level: 2 }, 3);
  }
}

void listen();
run().catch((error) => fail(error, false));
