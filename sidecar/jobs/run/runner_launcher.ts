/** The command line that starts a runner, with the permissions that its work needs. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseWork } from "../../../src/shared/job/parse_work.ts";
import { outputsOf, readPathsOf } from "../../dataset/work_paths.ts";
import { touchedNames } from "../../files/partial_names.ts";
import { realPath } from "../../files/same_file.ts";
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
  const outputs = outputsOf(work).flatMap((file) => [file, inRealFolder(file)]);
  const outputFolders = outputs.map((file) => path.dirname(file));
  const read = [PROGRAM, folder, ...readPathsOf(work)].flatMap((one) => [one, realPath(one)]);
  const write = [folder, realPath(folder), ...outputs.flatMap(touchedNames)];
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
      `--allow-read=${pathList([...read, ...write, ...outputFolders])}`,
      `--allow-write=${pathList(write)}`,
      RUNNER,
      folder,
    ],
  };
}

/** Deno separates paths with commas; a comma in a path is doubled. */
function pathList(paths: readonly string[]): string {
  return [...new Set(paths)].map((one) => one.replaceAll(",", ",,")).join(",");
}

/** The name itself in the folder that it really lies in: where a link bears the name, what it leads to is not granted. */
function inRealFolder(file: string): string {
  return path.join(realPath(path.dirname(file)), path.basename(file));
}
