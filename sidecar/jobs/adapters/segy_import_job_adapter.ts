/** Import of a SEG-Y file as a job: a header scan into columns, or a copy of all traces into a stored dataset. */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { RunnerOptions, Work } from "../../../src/shared/job/work.ts";
import { isChoice, type TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import type { JobManager, Submission } from "../manager.ts";
import { isDatasetName } from "../../dataset/dataset_name.ts";
import { JobAdapter, type JobOptions, wrongName } from "./job_adapter.ts";
import { copyFlow, flowWork } from "./processing_job_adapter.ts";

/** A choice of traces needs a copy. */
export interface SegyImportConfig extends TraceChoice {
  /** Absolute paths: the file, and the dataset to make (ending in `.zarr`). */
  readonly input: string;
  readonly to: string;
  /** Copies the samples too; else they stay where they lie. */
  readonly copy?: boolean;
  readonly read?: Reading;
  readonly runner?: RunnerOptions;
}

export class SegyImportJobAdapter extends JobAdapter {
  constructor(manager: JobManager, readonly config: SegyImportConfig, readonly options: JobOptions = {}) {
    super(manager);
  }

  override submission(): Submission {
    return importSubmission(this.config, this.options);
  }
}

export function importSubmission(config: SegyImportConfig, options: JobOptions = {}): Submission {
  const name = `Import ${path.basename(config.input)}`;
  return { name, ...options, type: "segy_import", work: importWork(name, config) };
}

function importWork(name: string, config: SegyImportConfig): Work {
  const { input, to, copy, read = {}, runner = {} } = config;
  if (!isDatasetName(to)) throw wrongName("import", to, "a name ending in .zarr");
  if (!copy && isChoice(config)) throw choiceWithoutCopy(to);
  if (!copy) return { kind: "header_scan", input, to, read, options: runner };
  const flow = copyFlow(name, input, config, { path: to, format: "ieee", mode: "processed" });
  return flowWork({ flow, read, runner });
}

function choiceWithoutCopy(to: string): SeisProcError<"usage"> {
  const message =
    `Cannot import a part of a file to ${path.basename(to)} in place: expected a copy, found none: ` +
    "ask for a copy, or import all of it";
  return new SeisProcError("usage", message, { argument: "copy" });
}
