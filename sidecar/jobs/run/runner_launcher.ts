import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseWork } from "../../../src/shared/job/parse_work.ts";
import { outputsOf, readPathsOf } from "../../dataset/work_paths.ts";
import { partialLock, partPath } from "../../files/partial_names.ts";
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
  const read = [PROGRAM, folder, ...readPathsOf(work), ...outputs, ...outputFolders];
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
      "--allow-sys=hostname,statfs",
      `--allow-read=${pathList(read)}`,
      `--allow-write=${pathList(write)}`,
      RUNNER,
      folder,
    ],
  };
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
