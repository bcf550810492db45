/** `seisproc demo`: a synthetic line through the whole way. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { Flow } from "../../../src/shared/flow/flow.ts";
import { writeSyntheticLine } from "../../dataset/synthetic/write_line.ts";
import { rmsVelocityMps, type SyntheticLine } from "../../dataset/synthetic/line.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { writingError } from "../../files/file_errors.ts";
import { kindInWords, kindOf, lookAt, lookThrough } from "../../files/file_kind.ts";
import { inTheWay, makeOrKeep } from "../../files/made_file.ts";
import { parseArguments } from "../arguments.ts";
import { say } from "../terminal.ts";
import { run } from "./run.ts";
import { scanCommand } from "./scan.ts";

/** What the demonstration makes in its folder. */
export interface DemoFiles {
  readonly line: string;
  readonly flowFile: string;
  readonly stack: string;
}

export const DEMO_LINE: SyntheticLine = {
  shots: 120,
  channels: 60,
  samplesPerTrace: 1001,
  intervalUs: 4000,
  format: "ibm",
  seed: 1,
};

/** `seisproc demo [--dir D] [--json]`: a synthetic line through the whole way, saying what it did. */
export async function demo(args: string[]): Promise<number> {
  const { options } = parseArguments("demo", args, { dir: true, json: false });
  const tell = (...lines: string[]) => options.json || lines.forEach(say);
  const { line, flowFile, stack } = makeDemoFiles(options.dir);
  const { shots, channels, samplesPerTrace } = DEMO_LINE;
  const made = `${shots} shots of ${channels} channels, ${samplesPerTrace} samples`;
  tell(`Made a synthetic prestack line: ${made}`, `  ${line}`, "");
  if (!options.json) scanCommand(line, { json: false });
  const steps = demoFlow().processes.map((step) => step.process).join(", ");
  tell("", `Running the flow Brute stack: ${steps}`, `  ${flowFile}`, "");
  const status = await run([flowFile, ...(options.json ? ["--json"] : [])]);
  if (status === 0) {
    tell("", `Look at the result:  seisproc scan ${shown(stack)}`);
    tell(`Run it again:        seisproc run ${shown(flowFile)}`);
    tell("Change the flow:     seisproc processes lists what there is");
  }
  return status;
}

const ELSEWHERE = "choose another folder with --dir, or rename it";

/**
 * Writes the line and the flow over it, or keeps them where an earlier demonstration made the same.
 * @throws SeisProcError `output-exists` when other files lie at their names
 */
export function makeDemoFiles(dir = "seisproc-demo"): DemoFiles {
  const folder = path.resolve(dir);
  const line = path.join(folder, "line.sgy"), flowFile = path.join(folder, "brute_stack.json");
  const stack = path.join(folder, "stack.sgy");
  try {
    requireFolder(folder);
    fs.mkdirSync(folder, { recursive: true });
    // A stack without the files that it is made from is somebody else's.
    if (lookAt(stack) && !(lookAt(line) && lookAt(flowFile))) throw inTheWay(stack, ELSEWHERE);
    const flow = new TextEncoder().encode(JSON.stringify(demoFlow(), null, 2) + "\n");
    makeOrKeep(flowFile, (temporary) => replaceFile(temporary, [flow]), ELSEWHERE);
    makeOrKeep(line, (temporary) => writeSyntheticLine(temporary, DEMO_LINE), ELSEWHERE);
  } catch (error) {
    throw writingError(line, error);
  }
  return { line, flowFile, stack };
}

function requireFolder(folder: string): void {
  const stat = lookThrough(folder);
  if (!stat || stat.isDirectory()) return;
  const reason = `expected a folder or nothing, found ${
    kindInWords(kindOf(stat))
  }: choose another with --dir`;
  throw new SeisProcError("output-unwritable", `Cannot write into ${folder}: ${reason}`, {
    file: folder,
    reason,
  });
}

export function demoFlow(): Flow {
  const timesMs = [0, 500, 1000, 1500, 2000, 3000, 4000];
  const velocitiesMps = timesMs.map((ms) => Math.round(rmsVelocityMps(ms / 1000)));
  return {
    seisproc: 1,
    name: "Brute stack",
    input: { path: "line.sgy", order: ["cdp", "offset"] },
    processes: [
      { process: "bandpass", parameters: { lowHz: 8, highHz: 60, order: 4 } },
      { process: "agc", parameters: { windowMs: 500 } },
      {
        process: "nmo",
        parameters: { velocity: { timesMs, velocitiesMps }, stretchMute: 1.5, taperSamples: 25 },
      },
      { process: "stack", parameters: { key: "cdp", method: "mean" } },
    ],
    output: { path: "stack.sgy", format: "ieee", mode: "processed" },
  };
}

/** A path as it can be typed: in quotes when it has spaces. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const short = relative.startsWith("..") ? file : relative;
  return /[\s'"]/.test(short) ? JSON.stringify(short) : short;
}
