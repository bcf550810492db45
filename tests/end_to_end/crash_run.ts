/** One life of the process that runs a job, ended by `kill -9` at some moment or by itself. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { readEvents } from "../../sidecar/jobs/folder/job_folder.ts";
import { livingRunner } from "../../sidecar/jobs/folder/job_lock.ts";
import type { JobEvent } from "../../src/shared/job/events.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { outputOf } from "./real_jobs.ts";

const PROCESS = fileURLToPath(new URL("./crash_process.ts", import.meta.url));

/** Whom the kill hits: the runner, the process of the manager, or both and all. */
export type Victim = "runner" | "manager" | "group";

/** What a kill waits for: the process is started, its job's folder tells something new, or the output has its name. */
export const SIGNS = ["started", "running", "planned", "checkpoint", "renamed"] as const;
export type Sign = typeof SIGNS[number];

/** When: so many milliseconds after a sign. */
export interface Moment {
  readonly sign: Sign;
  readonly ms: number;
}

export interface Life {
  /** What the process printed, by the first word of each line. */
  readonly said: ReadonlyMap<string, string>;
  /** From the start of the process until it named its job, and until it ended. */
  readonly namedMs: number;
  readonly endedMs: number;
  readonly killed: boolean;
  readonly group: number;
}

export interface CrashJob {
  readonly workspace: string;
  readonly name: string;
  readonly work: Work;
}

/** Runs the job in a process of its own; with a victim and a moment, kills it then. */
export async function liveOnce(job: CrashJob, victim?: Victim, moment?: Moment): Promise<Life> {
  const [started, startedAt] = [performance.now(), Date.now()];
  const workFile = `${outputOf(job.work)}.work.json`;
  fs.writeFileSync(workFile, JSON.stringify(job.work));
  const args = ["run", "-A", "--no-check", "--quiet", PROCESS, job.workspace, job.name, workFile];
  const child = spawn(Deno.execPath(), args, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const since = () => performance.now() - started;
  let namedMs = NaN, id: string | undefined;
  const ended = textOf(child, (text) => {
    if (id !== undefined) return;
    id = /^id (\S+)\n/m.exec(text)?.[1];
    if (id !== undefined) namedMs = since();
  });
  let killed = false;
  if (victim !== undefined && moment !== undefined) {
    await reach(child, outputOf(job.work), moment, (sign) => isSeen(sign, job, id, startedAt));
    killed = kill(child, job.workspace, victim);
  }
  const lines = (await ended).split("\n").filter(Boolean);
  return { said: new Map(lines.map(splitOnce)), namedMs, endedMs: since(), killed, group: child.pid ?? 0 };
}

/** Process ids of a process group that still live. */
export function survivors(group: number): number[] {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const [state, , itsGroup] = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(
        " ",
      );
      return Number(itsGroup) === group && state !== "Z";
    } catch {
      return false;
    }
  });
}

async function textOf(child: ChildProcess, onText: (text: string) => void): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = "";
  child.stdout?.on("data", (data) => onText(text += data));
  child.on("close", () => resolve(text));
  return await promise;
}

function splitOnce(line: string): [string, string] {
  const [first] = line.split(" ", 1);
  return [first, line.slice(first.length + 1)];
}

/** Waits for the moment, or until the process has ended. */
async function reach(
  child: ChildProcess,
  output: string,
  { sign, ms }: Moment,
  isSeen: (sign: Sign) => boolean,
): Promise<void> {
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  while (!isOver() && !isSeen(sign === "renamed" ? "planned" : sign)) await pause(2);
  if (sign === "renamed") return spinUntilRenamed(child, output);
  await Promise.race([pause(ms), new Promise((resolve) => child.on("exit", resolve))]);
}

/** True once the job's folder has told it in this life of the process. */
function isSeen(sign: Sign, job: CrashJob, id: string | undefined, startedAt: number): boolean {
  if (sign === "started") return true;
  if (id === undefined) return false;
  const { events } = readEvents(path.join(job.workspace, "jobs", id));
  return events.some((event) => event.at >= startedAt && tells(event, sign));
}

function tells(event: JobEvent, sign: Sign): boolean {
  if (sign === "running") return event.event === "state" && event.to === "running";
  return event.event === sign;
}

/** Looks without a pause, so that the kill comes before anybody can record that the job has ended. */
function spinUntilRenamed(child: ChildProcess, output: string): void {
  const part = `${output}.part`, giveUp = performance.now() + 20_000;
  while (!fs.existsSync(part) && !fs.existsSync(output) && performance.now() < giveUp);
  while (fs.existsSync(part) && child.exitCode === null && performance.now() < giveUp);
}

function kill(child: ChildProcess, workspace: string, victim: Victim): boolean {
  const pid = victim === "runner" ? runnerIn(workspace) : child.pid;
  if (pid === undefined || pid === 0 || child.exitCode !== null) return false;
  try {
    process.kill(victim === "group" ? -pid : pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

function runnerIn(workspace: string): number | undefined {
  const jobs = path.join(workspace, "jobs");
  if (!fs.existsSync(jobs)) return undefined;
  return fs.readdirSync(jobs).map((name) => livingRunner(path.join(jobs, name))).find((pid) => pid);
}
