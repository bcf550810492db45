/**
 * Where a work writes, held against where it reads and against what lies there: nothing that the user has is replaced but
 * the output that was named, and nothing beside it.
 */
import type { FlowOutput } from "../../src/shared/flow/flow.ts";
import { isRecord } from "../../src/shared/is_record.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { isDatasetName } from "../dataset/dataset_name.ts";
import { openDataset } from "../dataset/open_source.ts";
import { outputsOf, outputsOfFlow, readPathsOf } from "../dataset/work_paths.ts";
import { requireReplaceableDataset } from "../dataset/zarr/group_folder.ts";
import { describe, lookAt } from "../files/file_kind.ts";
import { claimOn, foreign, refuseRead } from "../files/output_claim.ts";
import { requireReplaceable } from "../files/output_place.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import { NOISE_MARK } from "./history.ts";

/**
 * Also asked by the runner when it starts, since the world may have changed since preflight.
 * @throws SeisProcError `output-is-input`, `output-exists`, `output-unwritable`
 */
export function checkOutputs(work: Work): void {
  const [asked, made] = outputsOf(work);
  for (const output of [asked, ...(made === undefined ? [] : [made])]) {
    for (const file of readPathsOf(work)) refuseRead(output, file, "the input");
    if (isDatasetName(output)) requireReplaceableDataset(output);
    else requireReplaceable(output);
    claimOn(output);
  }
  if (made !== undefined) requireNoise(asked, made);
}

/** The name of the noise is made up from that of the output: only an earlier noise of ours is replaced there. */
function requireNoise(output: string, made: string): void {
  const stat = lookAt(made);
  if (stat && !isNoise(made)) throw foreign(output, made, `${describe(stat)} that is no noise output`);
}

/** True when the file's own history says so. */
function isNoise(file: string): boolean {
  try {
    const source = openDataset(file);
    source.close();
    const { textHeaders, history = [] } = source.description;
    const lines = [
      ...textHeaders.flat().map((line) => line.replace(/^C ?\d+ /, "")),
      ...history.flatMap((one) => one.lines),
    ];
    return lines.map((line) => line.trim()).join(" ").includes(NOISE_MARK);
  } catch (error) {
    if (error instanceof SeisProcError) return false;
    throw error;
  }
}

/** A file that a flow was read from. */
export interface FlowFile {
  readonly file: string;
  /** Such as `a velocity file`, for messages. */
  readonly what: string;
}

/**
 * Refuses an output that would replace one of the files that a flow was read from.
 * @throws SeisProcError `output-is-input`
 */
export function refuseFlowFiles(output: FlowOutput, files: readonly FlowFile[]): void {
  for (const one of outputsOfFlow(output)) {
    for (const { file, what } of files) refuseRead(one, file, what);
  }
}

/** The files that a flow document names beside its input, as they are written there. */
export function flowFilesOf(document: unknown): FlowFile[] {
  if (!isRecord(document)) return [];
  const { processes, output } = document;
  const parameters = Array.isArray(processes)
    ? processes.flatMap((step) =>
      isRecord(step) && isRecord(step.parameters) ? Object.values(step.parameters) : []
    )
    : [];
  return [
    ...parameters.flatMap((value) => named(value, "a velocity file")),
    ...(isRecord(output) ? named(output.text, "the file with its text header") : []),
  ];
}

function named(value: unknown, what: string): FlowFile[] {
  return isRecord(value) && typeof value.file === "string" ? [{ file: value.file, what }] : [];
}
