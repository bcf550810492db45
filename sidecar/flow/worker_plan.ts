/** What travels to the workers of a flow. */
import type { OutputFormat } from "../../src/shared/flow/flow.ts";
import type { ErrorPolicy } from "../../src/shared/job/work.ts";
import type { ChosenTraces } from "../dataset/choice/chosen_traces.ts";
import type { ReaderPlan } from "../dataset/open_source.ts";
import type { WriterPlan } from "../dataset/open_sink.ts";
import type { BlockTable } from "./blocks.ts";
import type { PortionPlan } from "./portion_runner.ts";

/** Everything a worker needs to run blocks: plain data, posted once. */
export interface WorkerPlan extends PortionPlan {
  readonly reader: ReaderPlan;
  readonly processed: WriterPlan | null;
  readonly noise: WriterPlan | null;
  readonly format: OutputFormat;
  readonly onError: ErrorPolicy;
  readonly blocks: BlockTable;
  /** Of each block as it was written, one for each output; in shared memory. */
  readonly checksums: BigInt64Array;
  readonly largestBlock: number;
  /** Processing order to gathers, when processes need whole gathers; in shared memory, with the end appended. */
  readonly gatherStarts: Uint32Array | null;
  /** File of trace numbers in processing order; null: the order of the source. */
  readonly order: string | null;
  /** The traces of the source that are taken; orders and blocks count among these. */
  readonly chosen: ChosenTraces;
}
