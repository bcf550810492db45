/** Checks a job before it is queued, and estimates what it takes. */
import os from "node:os";
import { SeisProcError } from "../../src/shared/errors.ts";
import { FILE_HEADER_BYTES } from "../../src/shared/seismic/binary_header.ts";
import type { JobEstimate } from "../../src/shared/job/job.ts";
import type { Flow } from "../../src/shared/flow/flow.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { chooseFrom } from "../dataset/choice/chosen_source.ts";
import { isDatasetName } from "../dataset/dataset_name.ts";
import { openDataset, requireWhole } from "../dataset/open_source.ts";
import { outputsOf } from "../dataset/work_paths.ts";
import type { SurveyDescription } from "../traces/survey_description.ts";
import { diskFull } from "../files/file_errors.ts";
import { freeBytes } from "../files/free_space.ts";
import { requirePlace } from "../files/output_place.ts";
import { BLOCK_BYTES } from "./blocks.ts";
import { checkOrder } from "./check_order.ts";
import { checkKind, kindWarnings } from "./header_kinds.ts";
import { checkOutputs } from "./output_paths.ts";
import { outputWarnings } from "./output_warnings.ts";
import { type Pipeline, resolvePipeline } from "./pipeline.ts";
import { workerCount } from "./worker_count.ts";

/** What is known of a job before it starts; a refusal is an error instead. */
export interface PreflightReport {
  readonly estimate: JobEstimate;
  readonly traces: number;
  /** Header and samples of one trace of the input, as float32. */
  readonly traceBytes: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Checks what can be checked before anything runs: input readable, parameters valid for the data, outputs writable
 * and not the input, room on the disk.
 * @throws SeisProcError of the first thing that stands in the way
 */
export function preflight(work: Work): PreflightReport {
  return work.kind === "flow" ? preflightFlow(work) : preflightScan(work);
}

function preflightFlow(work: Extract<Work, { kind: "flow" }>): PreflightReport {
  const { flow } = work;
  const outputs = outputsOf(work);
  const source = openDataset(flow.input.path, flow.input.read);
  try {
    requireWhole(source, flow.input.traces?.[1]);
    const survey = chooseFrom(source, flow.input, undefined).description;
    const pipeline = resolvePipeline(flow.processes, flow.output.mode, survey);
    checkOrder(flow.input.order, pipeline, survey);
    checkKind(flow, pipeline);
    outputs.forEach(requirePlace);
    checkOutputs(work);
    const diskBytes = outputBytes(flow, survey, pipeline) * outputs.length;
    const workers = workerCount(work);
    const memoryBytes = memoryOf(survey, pipeline, workers);
    checkFreeMemory(memoryBytes);
    checkRoom(flow.output.path, diskBytes);
    return {
      estimate: {
        seconds: roughSeconds(survey, pipeline, workers),
        memoryBytes,
        diskBytes,
        traces: survey.traces,
      },
      traces: survey.traces,
      traceBytes: survey.recordBytes + survey.samplesPerTrace * 4,
      outputs,
      warnings: [...survey.warnings, ...kindWarnings(flow, source), ...outputWarnings(flow, survey)],
    };
  } finally {
    source.close();
  }
}

function preflightScan(work: Extract<Work, { kind: "header_scan" }>): PreflightReport {
  const source = openDataset(work.input, work.read);
  try {
    requireWhole(source);
    const { traces, warnings, words, recordBytes, samplesPerTrace } = source.description;
    requirePlace(work.to);
    checkOutputs(work);
    const diskBytes = traces * words.length * 4;
    checkRoom(work.to, diskBytes);
    const estimate = {
      seconds: traces / SCAN_TRACES_PER_SECOND,
      memoryBytes: BASE_MEMORY_BYTES,
      diskBytes,
      traces,
    };
    const traceBytes = recordBytes + samplesPerTrace * 4;
    return { estimate, traces, traceBytes, outputs: [work.to], warnings };
  } finally {
    source.close();
  }
}

/** Bytes of a sample in each output format. */
const SAMPLE_BYTES = { ieee: 4, ibm: 4, int32: 4, int16: 2, int8: 1 } as const;
/** A runner without workers, and one worker without its blocks (measured). */
const RUNNER_BYTES = 75e6;
const WORKER_BYTES = 15e6;
/** A runner with two workers. */
const BASE_MEMORY_BYTES = RUNNER_BYTES + 2 * WORKER_BYTES;

/** Blocks in and out and portions between the steps; gathers larger than a block are known to the planner alone. */
function memoryOf(survey: SurveyDescription, pipeline: Pipeline, workers: number): number {
  const widest = Math.max(
    survey.samplesPerTrace,
    ...pipeline.steps.map(({ output }) => output.samplesPerTrace),
  );
  const block = Math.max(BLOCK_BYTES, survey.recordBytes + widest * 4);
  return RUNNER_BYTES + workers * (WORKER_BYTES + block * (3 + pipeline.steps.length / 2));
}

/** Refuses what the machine's free memory cannot hold. */
function checkFreeMemory(neededBytes: number): void {
  const limitBytes = os.freemem();
  if (neededBytes <= limitBytes) return;
  const mb = (bytes: number) => Math.ceil(bytes / 1e6);
  const message =
    `Cannot run this flow: expected ${mb(neededBytes)} MB of free memory, found ${mb(limitBytes)} MB: ` +
    `close other programs or use fewer workers`;
  throw new SeisProcError("memory-short", message, { neededBytes, limitBytes });
}

export const SCAN_TRACES_PER_SECOND = 500_000;
/** Samples a second and worker: reading, decoding, encoding and writing; and one process, on the slow side. */
const COPY_SAMPLES_PER_SECOND = 500e6;
const PROCESS_SAMPLES_PER_SECOND = 120e6;
/** Those that are slower, with usual parameters. */
const SLOW_PROCESSES: ReadonlyMap<string, number> = new Map([
  ["deconvolution", 12e6],
  ["fk_filter", 20e6],
  ["spectral_whitening", 20e6],
  ["resample", 60e6],
]);

/** By rough figures, for jobs that are too short for a trial. */
function roughSeconds(survey: SurveyDescription, pipeline: Pipeline, workers: number): number {
  const samples = survey.traces * survey.samplesPerTrace;
  const perSample = pipeline.steps.reduce(
    (sum, { spec }) => sum + 1 / (SLOW_PROCESSES.get(spec.id) ?? PROCESS_SAMPLES_PER_SECOND),
    1 / COPY_SAMPLES_PER_SECOND,
  );
  return samples * perSample / workers;
}

/** A stack writes one trace a gather, which is not known before the sort: there the runner checks when it plans. */
function outputBytes(flow: Flow, survey: SurveyDescription, pipeline: Pipeline): number {
  const stored = isDatasetName(flow.output.path) ? "ieee" : flow.output.format;
  const traceBytes = survey.recordBytes + pipeline.output.samplesPerTrace * SAMPLE_BYTES[stored];
  return pipeline.oneTracePerGather ? 0 : FILE_HEADER_BYTES + survey.traces * traceBytes;
}

function checkRoom(output: string, neededBytes: number): void {
  const free = freeBytes(output);
  if (free !== undefined && free < neededBytes) throw diskFull(output, neededBytes, free);
}
