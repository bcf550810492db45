/** The one answer to "what does this work read and write", for whoever checks, grants, permits or shows it. */
import type { FlowOutput } from "../../src/shared/flow/flow.ts";
import type { JobSketch } from "../../src/shared/job/job.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { noisePath } from "../files/partial_names.ts";
import { isDatasetPath } from "./dataset_name.ts";
import { inPlaceFile } from "./in_place_file.ts";
import { findArray, readGroup } from "./zarr/group_folder.ts";
import { TRACES } from "./zarr/zarr_layout.ts";

/** The input as it is named: a SEG-Y file or a dataset. */
export function inputOf(work: Work): string {
  return work.kind === "flow" ? work.flow.input.path : work.input;
}

/** What a job tells of its work. */
export function sketchOf(work: Work): JobSketch {
  const processes = work.kind === "flow" ? work.flow.processes.map(({ process }) => process) : [];
  return { inputs: [inputOf(work)], outputs: outputsOf(work), processes };
}

/**
 * Every file or folder that is read: the input and, for a dataset with samples in place, its SEG-Y file.
 * @throws what opening the dataset throws
 */
export function readPathsOf(work: Work): string[] {
  const input = inputOf(work);
  if (!isDatasetPath(input) || findArray(input, TRACES)) return [input];
  return [input, inPlaceFile(input, readGroup(input))];
}

/** The final names of what is written: one, or the processed data and then the noise. */
export function outputsOf(work: Work): string[] {
  return work.kind === "flow" ? outputsOfFlow(work.flow.output) : [work.to];
}

/** The same of a flow that is no work yet. */
export function outputsOfFlow({ path, mode }: Pick<FlowOutput, "path" | "mode">): string[] {
  return mode === "both" ? [path, noisePath(path)] : [path];
}
