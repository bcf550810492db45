/**
 * One call for one long operation: the job is made, tracked, alerted about, recorded and can be cancelled like any
 * other. Each returns the job as it came to rest; its state, result or error say how.
 */
import type { Job } from "../../src/shared/job/job.ts";
import type { JobProgress } from "../../src/shared/job/progress.ts";
import type { JobAdapter, JobOptions } from "./adapters/job_adapter.ts";
import { type ProcessingConfig, ProcessingJobAdapter } from "./adapters/processing_job_adapter.ts";
import { type SegyExportConfig, SegyExportJobAdapter } from "./adapters/segy_export_job_adapter.ts";
import { type SegyImportConfig, SegyImportJobAdapter } from "./adapters/segy_import_job_adapter.ts";
import type { JobManager } from "./manager.ts";

/** What a caller may follow and say. */
export interface RunOptions extends JobOptions {
  /** The job exists from here on. */
  readonly onSubmitted?: (job: Job) => void;
  readonly onProgress?: (progress: JobProgress) => void;
}

export function runParallelProcessing(
  manager: JobManager,
  config: ProcessingConfig,
  options: RunOptions = {},
): Promise<Job> {
  return follow(new ProcessingJobAdapter(manager, config, jobOptions(options)), options);
}

export function runSegyImport(
  manager: JobManager,
  config: SegyImportConfig,
  options: RunOptions = {},
): Promise<Job> {
  return follow(new SegyImportJobAdapter(manager, config, jobOptions(options)), options);
}

export function runSegyExport(
  manager: JobManager,
  config: SegyExportConfig,
  options: RunOptions = {},
): Promise<Job> {
  return follow(new SegyExportJobAdapter(manager, config, jobOptions(options)), options);
}

async function follow(adapter: JobAdapter, options: RunOptions): Promise<Job> {
  options.onSubmitted?.(await adapter.submit());
  return await adapter.run(options.onProgress);
}

function jobOptions(options: RunOptions): JobOptions {
  const { onSubmitted: _submitted, onProgress: _progress, ...job } = options;
  return job;
}
