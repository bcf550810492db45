/** A workspace with a manager and scripted runners, for tests of the job system. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { JobManager, type ManagerOptions, type Submission } from "../../sidecar/jobs/manager.ts";
import type { RunnerLauncher } from "../../sidecar/jobs/run/runner_process.ts";
import { openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import type { Job, JobState } from "../../src/shared/job/job.ts";
import type { Work } from "../../src/shared/job/work.ts";

/** Where a job waits until the test has done what it does to a job in the middle of its work. */
export interface Gate {
  /** What makes a job wait there. */
  readonly script: Pick<Script, "gateAt" | "gateFile">;
  /** Lets it through, and every later run of it. */
  open(): void;
}

/** How a scripted runner behaves; blocks count from 0. */
export interface Script {
  readonly blocks: number;
  readonly msPerBlock: number;
  readonly dieOnceAt?: number;
  readonly failAt?: number;
  readonly transientOnceAt?: number;
  readonly transientAt?: number;
  readonly diskFullOnceAt?: number;
  readonly hangAt?: number;
  /** Waits before this block until the file is there or something is asked of it. */
  readonly gateAt?: number;
  readonly gateFile?: string;
  readonly noiseAt?: number;
  readonly stderrAt?: number;
  readonly tornWrites?: boolean;
  readonly quiet?: boolean;
  readonly checkpointEvery?: number;
  readonly fingerprintFile?: string;
  readonly mark?: string;
}

const RUNNER = path.join(path.dirname(fileURLToPath(import.meta.url)), "scripted_runner.ts");

export const scriptedLauncher: RunnerLauncher = (folder) => ({
  command: Deno.execPath(),
  args: ["run", "-A", "--no-check", "--quiet", RUNNER, folder],
});

export class Bench {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc jobs ü "));
  readonly workspace = openWorkspace(path.join(this.root, "workspace"));
  readonly managers = new Set<JobManager>();
  #outputs = 0;

  manager(options: Partial<ManagerOptions> = {}): JobManager {
    const manager = JobManager.open({
      workspace: this.workspace,
      role: "desktop",
      launcher: scriptedLauncher,
      preflight: () => ({ estimate: { seconds: 1, memoryBytes: 1, diskBytes: 1 }, warnings: [] }),
      program: "0.0.0-test",
      ...options,
      times: {
        repeatMs: 20,
        terminateMs: 300,
        killMs: 600,
        stallMs: 700,
        interruptMs: 1500,
        ...options.times,
      },
    });
    this.managers.add(manager);
    return manager;
  }

  async close(manager: JobManager): Promise<void> {
    this.managers.delete(manager);
    await manager.shutdown();
  }

  async clean(): Promise<void> {
    for (const manager of this.managers) await manager.shutdown();
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  /** Jobs with this gate wait before a block; they have shown the progress of those before it. */
  gate(gateAt: number): Gate {
    const gateFile = path.join(this.root, `gate ${++this.#outputs}`);
    return { script: { gateAt, gateFile }, open: () => fs.writeFileSync(gateFile, "") };
  }

  output(): string {
    return path.join(this.root, `out ${++this.#outputs}.sgy`);
  }

  submission(script: Partial<Script> = {}, more: Partial<Submission> = {}): Submission {
    return { type: "processing", name: "test", work: scriptedWork(this.output(), script), ...more };
  }
}

export function scriptedWork(output: string, script: Partial<Script>): Work {
  const flow = {
    seisproc: 1 as const,
    name: "test",
    input: { path: "/nowhere.sgy", order: [] },
    processes: [{ process: "script", parameters: { ...script } }],
    output: { path: output, format: "ieee" as const, mode: "processed" as const },
  };
  return { kind: "flow", flow, onError: "fail", options: {} };
}

/** Waits until the manager sees the job in this state. */
export async function until(manager: JobManager, id: string, state: JobState, ms = 10_000): Promise<Job> {
  const end = performance.now() + ms;
  while (manager.get(id).state !== state) {
    if (performance.now() > end) {
      throw new Error(`job is ${manager.get(id).state} after ${ms} ms, not ${state}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return manager.get(id);
}

/** Waits until the job has so much of its work behind it, such as all before its gate. */
export async function reached(manager: JobManager, id: string, fraction: number): Promise<void> {
  await eventually(() => (manager.get(id).progress?.fraction ?? 0) >= fraction);
}

/** Waits until a condition holds. */
export async function eventually(holds: () => boolean, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`did not happen within ${ms} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function outputOf(manager: JobManager, id: string): string {
  const { work } = manager.request(id);
  return work.kind === "flow" ? work.flow.output.path : work.to;
}

/** What a scripted job of so many blocks writes. */
export function wanted(blocks: number): string {
  return Array.from({ length: blocks }, (_, block) => String.fromCharCode(65 + block % 26)).join("");
}
