import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseWork } from "../../../src/shared/job/parse_work.ts";
import type { Work } from "../../../src/shared/job/work.ts";
import { openDataset } from "../../dataset/open_source.ts";
import { noisePath, partialLock, partPath } from "../../files/partial_names.ts";
import { readJobRequest } from "../folder/job_folder.ts";
import type { RunnerCommandLine } from "./runner_process.ts";

const PROGRAM = fileURLToPath(new URL("../../../", import.meta.url));
const RUNNER = fileURLToPath(new URL("../../runner/runner.ts", import.meta.url));

/**
 * The command line of a job's runner: Deno with permission to read the program and the input, to write the job's
 * folder and the outputs, and nothing else; no network, no programs, no environment.
 */
export function launchRunner(folder: string): RunnerCommandLine {
  const work = parseWork(readJobRequest(folder).work);
  const outputs = outputsOf(work);
  const outputFolders = outputs.map((file) => path.dirname(file));
  const read = [PROGRAM, folder, ...inputsOf(work), ...outputs, ...outputFolders];
  const write = [
    folder,
    ...outputs.flatMap((file) => [file, partPath(file), partialLock(partPath(file)), `${file}.old`]),
  ];
  return {
    command: Deno.execPath(),
    args: [
      "run",
      "--no-prompt",
      "--no-remote",
      "--cached-only",
      "--quiet",
      "--deny-net",
      "--deny-run",
      "--deny-ffi",
      "--allow-sys=statfs",
      `--allow-read=${pathList(read)}`,
      `--allow-write=${pathList(write)}`,
      RUNNER,
      folder,
    ],
  };
}

/** What the runner reads: the input and, for a dataset with samples in place, its SEG-Y file. */
function inputsOf(work: Work): string[] {
  const input = work.kind === "flow" ? work.flow.input.path : work.input;
  if (!input.endsWith(".zarr")) return [input];
  const source = openDataset(input, { map: work.map });
  source.close();
  return [input, source.description.fingerprint.path];
}

function outputsOf(work: Work): string[] {
  if (work.kind === "header_scan") return [work.to];
  const { path: file, mode } = work.flow.output;
  return mode === "both" ? [file, noisePath(file)] : [file];
}

/** Deno separates paths with commas; a comma in a path is doubled. Links are named with what they point to. */
function pathList(paths: readonly string[]): string {
  const all = new Set(paths.flatMap((one) => [one, realPath(one)]));
  return [...all].map((one) => one.replaceAll(",", ",,")).join(",");
}

function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return path.join(realFolder(path.dirname(file)), path.basename(file));
  }
}

function realFolder(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return folder;
  }
}
