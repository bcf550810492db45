/** A launcher whose runners and workers take their processes from `faulty_registry.ts`; nothing else differs. */
import fs from "node:fs";
import path from "node:path";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import type { RunnerLauncher } from "../../sidecar/jobs/run/runner_process.ts";

/** Scales of `gain` that make a worker misbehave; with others it is only slow. */
export const FAULTS = { throws: 9001, traps: 9002, hangs: 9003 } as const;

/** `unloadable`: the module of each worker throws when it is loaded. */
export function faultyLauncher(mapFolder: string, mode: "" | "unloadable" = ""): RunnerLauncher {
  const map = path.join(mapFolder, `faulty import map ${mode}.json`);
  fs.writeFileSync(map, JSON.stringify(importMap(mode)));
  return (folder) => {
    const { command, args } = launchRunner(folder);
    return { command, args: [args[0], `--import-map=${map}`, ...args.slice(1)] };
  };
}

function importMap(mode: string) {
  const registry = new URL("../../sidecar/processes/registry.ts", import.meta.url).href;
  const faulty = new URL("./faulty_registry.ts", import.meta.url).href + (mode && `?${mode}`);
  return { imports: { [registry]: faulty }, scopes: { [faulty]: { [registry]: registry } } };
}
