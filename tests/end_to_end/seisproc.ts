/** What end-to-end tests share: the program as a user starts it, in a temporary folder with its own workspace. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeSyntheticLine } from "../../sidecar/dataset/synthetic/write_line.ts";
import type { SyntheticLine } from "../../sidecar/dataset/synthetic/line.ts";
import { segyBytes, type SegyRecipe } from "../segy/make_segy.ts";

const LAUNCH = fileURLToPath(new URL("../../sidecar/cli/launch.mjs", import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout has shown this text. */
  shows(text: string): Promise<void>;
}

/** A folder with a workspace and a small line; removed at the end. Names have spaces and letters beyond ASCII. */
export class Playground {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "seis proc é-"));
  readonly workspace = path.join(this.folder, "work space");

  /** `launch`: the launcher, of the program unless it is a gated one. */
  constructor(readonly launch = LAUNCH) {}

  file(name: string): string {
    return path.join(this.folder, name);
  }

  line(name: string, changes: Partial<SyntheticLine> = {}): string {
    const line = {
      shots: 12,
      channels: 24,
      samplesPerTrace: 251,
      intervalUs: 4000,
      format: "ibm",
      seed: 3,
    } as const;
    writeSyntheticLine(this.file(name), { ...line, ...changes });
    return this.file(name);
  }

  /** A tiny SEG-Y file with one quirk. */
  segy(name: string, recipe: SegyRecipe = {}): string {
    fs.writeFileSync(this.file(name), segyBytes(recipe));
    return this.file(name);
  }

  flow(name: string, flow: Record<string, unknown>): string {
    fs.writeFileSync(this.file(name), JSON.stringify({ seisproc: 1, name, ...flow }));
    return this.file(name);
  }

  start(...args: string[]): Started {
    return this.startIn({}, ...args);
  }

  /** With variables of its own. */
  startIn(variables: Readonly<Record<string, string>>, ...args: string[]): Started {
    const env = { ...process.env, SEISPROC_WORKSPACE: this.workspace, ...variables };
    const child = spawn("node", [this.launch, ...args], { env, cwd: this.folder, detached: true });
    let stdout = "", stderr = "";
    const watchers = new Set<() => void>();
    child.stdout.on("data", (data) => {
      stdout += data;
      for (const watcher of watchers) watcher();
    });
    child.stderr.on("data", (data) => stderr += data);
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (status) => resolve({ status, stdout, stderr }));
    });
    const shows = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => stdout.includes(text) && resolve();
        watchers.add(look);
        look();
        ended.then(() => reject(new Error(`ended without ${text}: ${stdout}${stderr}`)));
      });
    return { child, ended, shows };
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Runs a flow and returns the bytes of its output. */
  async bytesOf(flow: string, output: string, ...args: string[]): Promise<Uint8Array> {
    const { status, stderr } = await this.run("run", flow, ...args);
    if (status !== 0) throw new Error(`the flow ended with ${status}: ${stderr}`);
    return fs.readFileSync(this.file(output));
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** JSON lines of stdout. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Samples of an IEEE big-endian SEG-Y file without extended text headers, `[trace][sample]`. */
export function ieeeSamples(bytes: Uint8Array, samplesPerTrace: number): Float32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 3600 + 3200 * Math.max(0, view.getInt16(3504));
  const traceBytes = 240 + samplesPerTrace * 4;
  const traces = (bytes.length - start) / traceBytes;
  return Array.from({ length: traces }, (_, trace) => {
    const first = start + trace * traceBytes + 240;
    return Float32Array.from({ length: samplesPerTrace }, (_, i) => view.getFloat32(first + i * 4));
  });
}
