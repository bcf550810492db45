/**
 * The program as a user starts it, but for one process that waits at a gate and blocks that can be slowed, so that what
 * happens to a job in the middle of its work does not depend on how fast the machine is: a copy of its sources in which
 * `gated_registry.ts` takes the place of the registry of processes and `gated_block_task.ts` that of what runs blocks.
 * Launcher, permissions and everything else are as they are.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import type { RunnerLauncher } from "../../sidecar/jobs/run/runner_process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What stands in, for which file, and where the true one lies in the copy. */
const STAND_INS = [
  [
    "tests/end_to_end/gated_registry.ts",
    "sidecar/processes/registry.ts",
    "sidecar/processes/true_registry.ts",
  ],
  [
    "tests/end_to_end/gated_block_task.ts",
    "sidecar/runner/block_task.ts",
    "sidecar/runner/true_block_task.ts",
  ],
] as const;

/** A flow's process that waits at the gate. It changes no sample. */
export const WAITS = { process: "gain", parameters: { scale: 9004 } };

export class GatedProgram {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc gated "));
  readonly launcher = path.join(this.root, "sidecar/cli/launch.mjs");

  constructor() {
    for (
      const name of [
        "sidecar",
        "src",
        "deno.json",
        "package.json",
        ...STAND_INS.map(([standIn]) => standIn),
      ]
    ) {
      fs.cpSync(path.join(ROOT, name), path.join(this.root, name), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.root, "node_modules"));
    for (const [standIn, name, trueName] of STAND_INS) {
      fs.renameSync(path.join(this.root, name), path.join(this.root, trueName));
      const text = fs.readFileSync(path.join(ROOT, standIn), "utf8");
      fs.writeFileSync(path.join(this.root, standIn), text.replace(name, trueName));
      fs.writeFileSync(path.join(this.root, name), `export * from "../../${standIn}";\n`);
    }
  }

  /** Starts runners of the gated program for a manager of the test. */
  readonly runners: RunnerLauncher = (folder) => {
    const { command, args } = launchRunner(folder);
    const gated = args.map((arg) => arg.replaceAll(ROOT, `${this.root}/`));
    return { command, args: gated };
  };

  /** Jobs wait after some portions. */
  shut(): void {
    fs.rmSync(path.join(this.root, "gate"), { force: true });
  }

  /** Jobs go on, each portion taking its time: what was asked of them reaches them before they end. */
  openSlowly(): void {
    fs.writeFileSync(path.join(this.root, "gate"), "slow");
  }

  /** Each block of any work takes its time, or does not any more. */
  slowBlocks(areSlow: boolean): void {
    const file = path.join(this.root, "slow blocks");
    if (areSlow) fs.writeFileSync(file, "");
    else fs.rmSync(file, { force: true });
  }

  open(): void {
    fs.writeFileSync(path.join(this.root, "gate"), "open");
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
