/** Export of a dataset or a SEG-Y file to a SEG-Y file, as a job: an empty flow that converts. */
import path from "node:path";
import type { FlowOutput } from "../../../src/shared/flow/flow.ts";
import type { TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import type { RunnerOptions } from "../../../src/shared/job/work.ts";
import type { JobManager, Submission } from "../manager.ts";
import { isDatasetName } from "../../dataset/dataset_name.ts";
import { JobAdapter, type JobOptions, wrongName } from "./job_adapter.ts";
import { copyFlow, flowWork } from "./processing_job_adapter.ts";

export interface SegyExportConfig extends TraceChoice {
  /** Absolute paths. */
  readonly input: string;
  readonly to: string;
  readonly format?: FlowOutput["format"];
  readonly endian?: FlowOutput["endian"];
  readonly read?: Reading;
  readonly runner?: RunnerOptions;
}

export class SegyExportJobAdapter extends JobAdapter {
  constructor(manager: JobManager, readonly config: SegyExportConfig, readonly options: JobOptions = {}) {
    super(manager);
  }

  override submission(): Submission {
    return exportSubmission(this.config, this.options);
  }
}

export function exportSubmission(config: SegyExportConfig, options: JobOptions = {}): Submission {
  const { input, to, format = "ieee", endian, read, runner } = config;
  if (isDatasetName(to)) throw wrongName("export", to, "the name of a SEG-Y file");
  const name = `Export ${path.basename(input)}`;
  const flow = copyFlow(name, input, config, { path: to, format, mode: "processed" });
  return { name, ...options, type: "segy_export", work: flowWork({ flow, endian, read, runner }) };
}
