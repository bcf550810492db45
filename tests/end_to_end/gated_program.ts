/**
 * The program as a user starts it, but for one process that waits at a gate, so that what happens to a job in the middle
 * of its work does not depend on how fast the machine is: a copy of its sources in which `gated_registry.ts` takes the
 * place of the registry of processes. Launcher, permissions and everything else are as they are.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import type { RunnerLauncher } from "../../sidecar/jobs/run/runner_process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const REGISTRY = "sidecar/processes/registry.ts", TRUE_REGISTRY = "sidecar/processes/true_registry.ts";
const GATED = "tests/end_to_end/gated_registry.ts";

/** A flow's process that waits at the gate. It changes no sample. */
export const WAITS = { process: "gain", parameters: { scale: 9004 } };

export class GatedProgram {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc gated "));
  readonly launcher = path.join(this.root, "sidecar/cli/launch.mjs");

  constructor() {
    for (const name of ["sidecar", "src", "deno.json", "package.json", GATED]) {
      fs.cpSync(path.join(ROOT, name), path.join(this.root, name), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.root, "node_modules"));
    fs.renameSync(path.join(this.root, REGISTRY), path.join(this.root, TRUE_REGISTRY));
    const gated = fs.readFileSync(path.join(ROOT, GATED), "utf8");
    fs.writeFileSync(path.join(this.root, GATED), gated.replace(REGISTRY, TRUE_REGISTRY));
    fs.writeFileSync(path.join(this.root, REGISTRY), `export * from "../../${GATED}";\n`);
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

  open(): void {
    fs.writeFileSync(path.join(this.root, "gate"), "open");
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
