import type { Flow, OutputFormat, OutputMode } from "../../src/shared/flow/flow.ts";
import type { ErrorPolicy } from "../../src/shared/job/work.ts";
import type { WordMapping } from "../../src/shared/seismic/word_mapping.ts";
import type { SurveyFacts } from "../../src/shared/seismic/survey.ts";
import type { ReaderPlan } from "../dataset/open_source.ts";
import type { WriterPlan } from "../dataset/open_sink.ts";
import type { BlockTable } from "./blocks.ts";

/** Everything a worker needs to run blocks: plain data, posted once. */
export interface WorkerPlan {
  readonly reader: ReaderPlan;
  readonly processed: WriterPlan | null;
  readonly noise: WriterPlan | null;
  readonly mode: OutputMode;
  readonly format: OutputFormat;
  readonly processes: Flow["processes"];
  readonly survey: SurveyFacts;
  readonly map: readonly WordMapping[];
  readonly onError: ErrorPolicy;
  readonly blocks: BlockTable;
  readonly largestBlock: number;
  /** Traces of the largest portion processed at once. */
  readonly largestPortion: number;
  /** Processing order to gathers, when processes need whole gathers; in shared memory, with the end appended. */
  readonly gatherStarts: Uint32Array | null;
  /** File of trace numbers in processing order; null: the order of the source. */
  readonly order: string | null;
}
