/** Real jobs on small surveys for tests of crashes and faults: slow flows, so that moments in them mean something. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeSyntheticLine } from "../../sidecar/dataset/synthetic/write_line.ts";
import { preflight } from "../../sidecar/flow/preflight.ts";
import { JobManager, type ManagerOptions } from "../../sidecar/jobs/manager.ts";
import { launchRunner } from "../../sidecar/jobs/run/runner_launcher.ts";
import { openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import type { RunnerOptions, Work } from "../../src/shared/job/work.ts";

type FlowWork = Extract<Work, { kind: "flow" }>;
type Processes = FlowWork["flow"]["processes"];

export const BANDPASS: Processes = [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }];
const DECONVOLUTION = {
  process: "deconvolution",
  parameters: { kind: "predictive", gapMs: 32, operatorMs: 1200 },
};
/** About 10 k traces a second and worker. */
export const SLOW: Processes = [DECONVOLUTION, ...BANDPASS, DECONVOLUTION];
const VELOCITY = { timesMs: [0, 1000, 3000], velocitiesMps: [1700, 1950, 2600] };
export const SLOW_STACK: Processes = [
  ...SLOW,
  { process: "nmo", parameters: { velocity: VELOCITY } },
  { process: "stack", parameters: { key: "cdp" } },
];

/** A temporary folder with one survey and a workspace. */
export class JobYard {
  readonly folder: string;
  readonly line: string;
  readonly workspace: string;

  constructor(readonly shots = 60, inFolder = os.tmpdir()) {
    this.folder = fs.mkdtempSync(path.join(inFolder, "seisproc yard é "));
    this.line = this.file("line.sgy");
    this.workspace = this.file("workspace");
    writeSyntheticLine(this.line, {
      ...{ shots, channels: 96, samplesPerTrace: 751, intervalUs: 4000, format: "ibm", seed: 5 },
    });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  flow(output: string, processes: Processes, more: FlowMore = {}): FlowWork {
    const { order = [], mode = "processed", input = this.line, onError = "fail", ...options } = more;
    const flow = {
      seisproc: 1 as const,
      name: output,
      input: { path: input, order: [...order] },
      processes,
      output: { path: this.file(output), format: "ieee" as const, mode },
    };
    const runner = { workers: 1, checkpointMs: 40, ...options };
    return { kind: "flow", flow, onError, options: runner };
  }

  /** An import of many short traces: some 25 blocks. */
  headerScan(output: string): Work {
    const input = this.file("many.sgy");
    if (!fs.existsSync(input)) {
      writeSyntheticLine(input, {
        ...{ shots: 1000, channels: 200, samplesPerTrace: 4, intervalUs: 4000, format: "ieee", seed: 6 },
      });
    }
    const options = { workers: 1, checkpointMs: 10 };
    return { kind: "header_scan", input, to: this.file(output), read: {}, options };
  }

  manager(options: Partial<ManagerOptions> = {}): JobManager {
    return openRealManager(this.workspace, options);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

interface FlowMore extends RunnerOptions {
  readonly order?: readonly string[];
  readonly mode?: FlowWork["flow"]["output"]["mode"];
  readonly input?: string;
  readonly onError?: FlowWork["onError"];
}

export function openRealManager(workspace: string, options: Partial<ManagerOptions> = {}): JobManager {
  return JobManager.open({
    workspace: openWorkspace(workspace),
    role: "desktop",
    launcher: launchRunner,
    preflight,
    program: "0.0.0-test",
    ...options,
  });
}

export function outputOf(work: Work): string {
  return work.kind === "flow" ? work.flow.output.path : work.to;
}

/** All bytes of an output, a file or a folder, by name. */
export function bytesOf(output: string): Map<string, Buffer> {
  if (fs.statSync(output).isFile()) return new Map([["", fs.readFileSync(output)]]);
  const names = fs.readdirSync(output, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => fs.statSync(path.join(output, name)).isFile());
  return new Map(files.map((name) => [name, fs.readFileSync(path.join(output, name))]));
}

/** Names of files whose bytes differ between two outputs, or that only one has. */
export function differences(a: Map<string, Buffer>, b: Map<string, Buffer>): string[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => {
    const one = a.get(name), other = b.get(name);
    return one === undefined || other === undefined || Buffer.compare(one, other) !== 0;
  });
}
