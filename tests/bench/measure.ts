/** Timing for the benchmark: warm-up, several runs, medians; memory of a whole tree of processes. */
import { spawn } from "node:child_process";
import fs from "node:fs";

export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function summarize(seconds: readonly number[]): Timing {
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1], runs: sorted.length };
}

/** Runs `work` once to warm up, then `runs` times; returns seconds. */
export async function time(runs: number, work: () => Promise<void> | void): Promise<Timing> {
  await work();
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return summarize(seconds);
}

/** Runs works in turn, since a machine drifts: each once to warm up, then `runs` rounds; seconds of each work. */
export async function timeInTurn(runs: number, works: readonly (() => Promise<void>)[]): Promise<Timing[]> {
  const seconds: number[][] = works.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [i, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (run >= 0) seconds[i].push((performance.now() - start) / 1000);
    }
  }
  return seconds.map(summarize);
}

export function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and returns what it said; throws when it fails. */
export function runProgram(command: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { env: { ...process.env, ...env } });
    let stdout = "", stderr = "";
    child.stdout.on("data", (data) => stdout += data);
    child.stderr.on("data", (data) => stderr += data);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ code, stdout, stderr });
      else reject(new Error(`${command.join(" ")} ended with ${code}: ${stderr}`));
    });
  });
}

/** True when a program can be started at all. */
export async function isInstalled(command: readonly string[]): Promise<boolean> {
  try {
    await runProgram(command);
    return true;
  } catch {
    return false;
  }
}

/** Largest resident memory in bytes of a program with all its children, looked at every 10 ms; Linux only. */
export async function peakTreeMemory(
  command: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command[0], command.slice(1), { env: { ...process.env, ...env }, stdio: "ignore" });
  let peak = 0;
  const timer = setInterval(() => peak = Math.max(peak, treeMemory(child.pid ?? 0)), 10);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}`);
  return peak;
}

/** Resident set sizes added up; pages that processes share count in each. */
function treeMemory(root: number): number {
  const children = new Map<number, number[]>();
  for (const entry of fs.readdirSync("/proc")) {
    const parent = parentOf(entry);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const memory = (pid: number): number =>
    residentBytes(pid) + (children.get(pid) ?? []).reduce((sum, child) => sum + memory(child), 0);
  return memory(root);
}

function parentOf(entry: string): number | undefined {
  if (!/^\d+$/.test(entry)) return undefined;
  try {
    const stat = fs.readFileSync(`/proc/${entry}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

export function childrenOf(pid: number): number[] {
  return fs.readdirSync("/proc").filter((entry) => parentOf(entry) === pid).map(Number);
}

/** Time of a process on the cores in ticks of the clock, 10 ms each; Linux only. */
export function cpuTicks(pid: number): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

export function residentBytes(pid: number): number {
  try {
    const pages = Number(fs.readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    return pages * 4096;
  } catch {
    return 0;
  }
}
