/** "Process with": many files through one flow as one group of jobs. A file that is no good stands alone with its reason. */
import type { Flow } from "../../../shared/flow/flow.ts";
import type { JobEstimate } from "../../../shared/job/job.ts";
import type { WorkSubmission } from "../../../shared/protocol/commands.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { outputName, repeated } from "../../format/output_names.ts";
import { fileName, folderOf } from "../../format/paths.ts";
import { PROCESS } from "../../texts/process.ts";
import { messageOf } from "../failure.ts";
import { workOf } from "./process_survey.ts";

export interface GroupWish {
  readonly flow: Flow;
  readonly files: readonly string[];
  readonly pattern: string;
  readonly overwrite: boolean;
}

/** What becomes of one file: its output, and what forbids it. */
export interface GroupFile {
  readonly input: string;
  readonly output: string;
  readonly problem: string | null;
  readonly warnings: readonly string[];
}

export interface GroupPreflight {
  readonly files: readonly GroupFile[];
  readonly estimate: JobEstimate;
}

export interface GroupStart {
  readonly jobs: number;
  /** Files that became no job, with the reason. */
  readonly refused: readonly string[];
}

interface Candidate {
  readonly input: string;
  readonly output: string;
  /** What forbids it before the sidecar is asked. */
  readonly problem: string | null;
  readonly work: WorkSubmission;
}

export async function preflightGroup(wish: GroupWish): Promise<GroupPreflight> {
  const all = await candidatesOf(wish), good = all.filter(({ problem }) => problem === null);
  const { works, estimate } = await theSidecar().ask("preflight_group", {
    works: good.map(({ work }) => work),
  });
  const files = all.map(({ input, output, problem, work }) => {
    const found = works[good.findIndex((one) => one.work === work)];
    if (found === undefined) return { input, output, problem, warnings: [] };
    if ("error" in found) return { input, output, problem: found.error.message, warnings: [] };
    return { input, output, problem: null, warnings: found.warnings };
  });
  return { files, estimate };
}

/** @throws when no job could be started at all */
export async function startGroup(wish: GroupWish): Promise<GroupStart> {
  const all = await candidatesOf(wish), good = all.filter(({ problem }) => problem === null);
  const before = all.flatMap(({ input, problem }) =>
    problem === null ? [] : [`${fileName(input)}: ${problem}`]
  );
  if (good.length === 0) throw new Error(PROCESS.noneGood(before[0] ?? ""));
  const { jobs, refused } = await theSidecar().ask("submit_group", {
    name: wish.flow.name,
    works: good.map(({ work }) => work),
  });
  const after = refused.map(({ work, error }) => `${fileName(good[work].input)}: ${error.message}`);
  return { jobs: jobs.length, refused: [...before, ...after] };
}

/** The user sees all paths in the dialog: that is the choice which the sidecar asks for. */
async function candidatesOf({ flow, files, pattern, overwrite }: GroupWish): Promise<Candidate[]> {
  const outputs = files.map((file) => outputName(pattern, file, flow.name)), doubles = repeated(outputs);
  const candidates: Candidate[] = [];
  for (const [i, input] of files.entries()) {
    const output = outputs[i];
    const problem = doubles.has(i) ? PROCESS.sameOutput : await refusalOf(input, output);
    const name = `${flow.name}: ${fileName(input)}`;
    candidates.push({
      input,
      output,
      problem,
      work: { ...workOf({ flow, input, output, overwrite }), name },
    });
  }
  return candidates;
}

async function refusalOf(input: string, output: string): Promise<string | null> {
  try {
    await theSidecar().ask("open_path", { path: input });
    await theSidecar().ask("choose_folder", { path: folderOf(output) });
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
