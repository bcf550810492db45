/** One worker's way of a block: read, decoded, through the processes, encoded, written; what fails gets its place. */
import { assert } from "../../src/shared/assert.ts";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import type { OutputFormat } from "../../src/shared/flow/flow.ts";
import type { SkippedGather } from "../../src/shared/job/runner_messages.ts";
import { type CountedRemark, Remarks } from "../../src/shared/processes/remark.ts";
import { inFile } from "../dataset/choice/chosen_traces.ts";
import { openTraceWriter, type WriterPlan } from "../dataset/open_sink.ts";
import { openTraceReader } from "../dataset/open_source.ts";
import { readSortIndex } from "../dataset/sort_index.ts";
import type { Fetched, TraceReader, TraceSelection } from "../traces/trace_source.ts";
import type { TraceWriter } from "../traces/trace_sink.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import type { StopCheck } from "../processes/process.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { type Block, blockAt } from "./blocks.ts";
import { NotFinite, PortionRunner } from "./portion_runner.ts";
import { type Portion, portions } from "./portions.ts";
import type { WorkerPlan } from "./worker_plan.ts";

/** Thrown by the stop check inside a block when the job is to stop at once; the block is left undone. */
export class StopRequested extends Error {}

export interface BlockResult {
  readonly traces: number;
  readonly gathers: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Gathers that the policy `skip` let pass unprocessed. */
  readonly skipped: readonly SkippedGather[];
  /** What processes have to say of the data. */
  readonly remarks: readonly CountedRemark[];
}

/** A block that was read, while its portions are processed. */
interface InHand {
  readonly selection: TraceSelection;
  readonly fetched: Fetched;
  readonly skipped: SkippedGather[];
  readonly remarks: Remarks;
}

interface Output {
  readonly writer: TraceWriter;
  readonly staging: number;
}

/** What a block is doing, for the lane of its worker. */
export type BlockPhase = "reading" | "processing" | "writing";

/** Reads, processes and writes blocks in one worker; one positional read and one positional write a block and file. */
export class BlockRunner {
  readonly #plan: WorkerPlan;
  readonly #reader: TraceReader;
  readonly #staging: number;
  readonly #processed: Output | null;
  readonly #noise: Output | null;
  readonly #portionRunner: PortionRunner;
  /** What steps say of the portion in hand; forgotten when it fails. */
  readonly #remarks = new Remarks();

  constructor(plan: WorkerPlan, memory: KernelMemory, stopCheck: StopCheck) {
    this.#plan = plan;
    this.#reader = openTraceReader(plan.reader, memory);
    this.#staging = memory.allocate(this.#reader.stagingBytes(plan.largestBlock), 64);
    this.#processed = this.#openOutput(plan.processed, memory);
    this.#noise = this.#openOutput(plan.noise, memory);
    this.#portionRunner = new PortionRunner(plan, { memory, stopCheck, remark: this.#remarks.add });
  }

  run(index: number, enter: (phase: BlockPhase) => void): BlockResult {
    const block = blockAt(this.#plan.blocks, index);
    enter("reading");
    const selection = this.#selection(block);
    const fetched = this.#reader.fetch(selection, this.#staging);
    enter("processing");
    const inHand: InHand = { selection, fetched, skipped: [], remarks: new Remarks() };
    let output = 0;
    for (const portion of this.#portionsOf(block)) {
      output += this.#runPortion(portion, output, inHand);
    }
    assert(output === block.outputs, `block ${index} made ${output} traces of ${block.outputs}`);
    enter("writing");
    const bytesWritten = this.#flush(index, block);
    return {
      traces: block.traces,
      gathers: block.gathers,
      bytesRead: fetched.bytes,
      bytesWritten,
      skipped: inHand.skipped,
      remarks: inHand.remarks.list,
    };
  }

  close(): void {
    this.#reader.close();
    this.#processed?.writer.close();
    this.#noise?.writer.close();
  }

  #openOutput(plan: WriterPlan | null, memory: KernelMemory): Output | null {
    if (!plan) return null;
    const writer = openTraceWriter(plan, memory);
    return { writer, staging: memory.allocate(writer.stagingBytes(this.#plan.largestBlock), 64) };
  }

  #selection(block: Block): TraceSelection {
    const { order, chosen } = this.#plan;
    const { firstTrace: first, traces: count } = block;
    return inFile(
      chosen,
      order === null
        ? { kind: "run", first, count }
        : { kind: "list", traces: readSortIndex(order, first, count) },
    );
  }

  #portionsOf(block: Block): Portion[] {
    const starts = this.#plan.gatherStarts;
    if (!starts) return portions(block.traces, this.#plan.largestPortion);
    return Array.from({ length: block.gathers }, (_, i) => {
      const start = starts[block.firstGather + i];
      return { first: start - block.firstTrace, traces: starts[block.firstGather + i + 1] - start };
    });
  }

  /** Returns the number of output traces. A portion of single traces that fails is run again trace by trace. */
  #runPortion(portion: Portion, output: number, inHand: InHand): number {
    const { fetched, selection } = inHand;
    const before = this.#plan.onError === "skip" ? recordsOf(fetched, portion).bytes.slice() : undefined;
    try {
      const made = this.#processPortion(fetched, portion, output);
      inHand.remarks.addAll(this.#remarks.take());
      return made;
    } catch (error) {
      this.#remarks.take();
      if (error instanceof StopRequested) throw error;
      const failure = this.#explain(error, portion, selection);
      if (!before || failure.tag === "internal") throw failure;
      recordsOf(fetched, portion).bytes.set(before);
      if (!this.#plan.gatherStarts && portion.traces > 1) {
        return this.#runTraceByTrace(portion, output, inHand);
      }
      const { made, lost } = this.#passThrough(fetched, portion, output);
      const wire = toWireError(failure);
      const also = lost > 0 ? `; ${lost} of its samples cannot be stored in the output format` : "";
      inHand.skipped.push({
        trace: traceNumber(selection, portion.first) + 1,
        traces: portion.traces,
        error: { ...wire, message: wire.message + also },
        ...(lost > 0 ? { lost } : {}),
      });
      return made;
    }
  }

  #runTraceByTrace({ first, traces }: Portion, output: number, inHand: InHand): number {
    let made = 0;
    for (let i = 0; i < traces; i++) {
      made += this.#runPortion({ first: first + i, traces: 1 }, output + made, inHand);
    }
    return made;
  }

  #processPortion(fetched: Fetched, { first, traces }: Portion, output: number): number {
    const result = this.#portionRunner.run(fetched, first, traces);
    this.#encode(this.#processed, output, result.processed);
    if (result.noise) this.#encode(this.#noise, output, result.noise);
    return result.processed.traces;
  }

  #encode(output: Output | null, first: number, block: TraceBlock): void {
    if (!output) return;
    const bad = output.writer.encode(first, block.headers, block.samples.byteOffset, output.staging);
    if (bad > 0 && !this.#plan.asWords) {
      throw new DoesNotFit(firstBeyond(block, LIMITS[this.#plan.format]), bad, block.samples);
    }
  }

  /** Writes what stands for a portion that failed. `lost`: samples that the output format cannot hold. */
  #passThrough(
    fetched: Fetched,
    { first, traces }: Portion,
    output: number,
  ): { made: number; lost: number } {
    const result = this.#portionRunner.unprocessed(fetched, first, traces);
    const write = (to: Output | null, block: TraceBlock | null) =>
      to && block ? to.writer.encode(output, block.headers, block.address, to.staging) : 0;
    const bad = write(this.#processed, result.processed) + write(this.#noise, result.noise);
    // IEEE floats hold NaN and infinity as they are.
    return { made: result.processed.traces, lost: this.#plan.format === "ieee" ? 0 : bad };
  }

  /** Writes the block and notes its checksum in each output, before anybody hears that it is finished. */
  #flush(index: number, block: Block): number {
    const outputs = [this.#processed, this.#noise].filter((output) => output !== null);
    const flushed = outputs.map(({ writer, staging }) =>
      writer.flush(block.firstOutput, block.outputs, staging)
    );
    flushed.forEach(({ checksum }, i) => this.#plan.checksums[index * outputs.length + i] = checksum);
    return flushed.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Gives a failure its place: the file and the number of the trace. */
  #explain(error: unknown, portion: Portion, selection: TraceSelection): SeisProcError {
    const file = this.#plan.survey.name;
    if (error instanceof NotFinite) {
      const trace = traceNumber(selection, portion.first + error.traceInPortion) + 1;
      const message =
        `Cannot process trace ${trace} of ${file}: expected finite samples, found ${error.count} ` +
        `that are NaN or infinite in the gather: mend the file, or run with --on-error skip`;
      return new SeisProcError("samples-not-finite", message, { file, trace, count: error.count }, error);
    }
    if (error instanceof DoesNotFit) {
      const { format } = this.#plan;
      const trace = traceNumber(selection, portion.first + error.traceInPortion) + 1;
      const message =
        `Cannot write the result of the gather at trace ${trace} of ${file}: expected samples that ` +
        `the output format holds, found ${error.count} that it does not (largest ${error.largest}): ` +
        WAY_OUT[format];
      return new SeisProcError(
        "samples-out-of-range",
        message,
        { file, trace, count: error.count, format },
        error,
      );
    }
    if (!(error instanceof SeisProcError)) return wrapInternal(error);
    const trace = traceNumber(selection, portion.first) + 1;
    return new SeisProcError(
      error.tag,
      `${error.message} (gather at trace ${trace} of ${file})`,
      error.fields,
      error,
    );
  }
}

function recordsOf({ records }: Fetched, { first, traces }: Portion): HeaderRecords {
  return records.slice(first, traces);
}

/** The largest magnitude that each output format holds; IBM floats hold more than single precision. */
const LIMITS: Readonly<Record<OutputFormat, number>> = {
  ieee: Infinity,
  ibm: Infinity,
  // All that single precision cannot tell from the largest int32 counts as it.
  int32: 2 ** 31 + 1,
  int16: 32_767.5,
  int8: 127.5,
};

/** What to do when samples do not fit; never what is done already. */
const WAY_OUT: Readonly<Record<OutputFormat, string>> = {
  ieee: "scale the data before the process that made them so large, for example with gain",
  ibm: "scale the data before the process that made them so large, for example with gain",
  int32: 'scale the data, or write "format": "ieee"',
  int16: 'scale the data, or write "format": "ieee"',
  int8: 'scale the data, or write "format": "ieee"',
};

/** Place of the first trace with a sample that is not a number or beyond the limit. */
function firstBeyond(block: TraceBlock, limit: number): number {
  const at = block.samples.findIndex((sample) => !Number.isFinite(sample) || Math.abs(sample) >= limit);
  return at < 0 ? 0 : Math.floor(at / block.samplesPerTrace);
}

/** The output format cannot hold samples: a process made NaN, or integers are too small for them. */
class DoesNotFit extends Error {
  readonly largest: number;

  constructor(readonly traceInPortion: number, readonly count: number, samples: Float32Array) {
    super("samples do not fit the output format");
    this.largest = samples.reduce(
      (most, x) => Math.max(most, Number.isFinite(x) ? Math.abs(x) : Infinity),
      0,
    );
  }
}

/** Trace number in the source, from 0, of a place in a selection. */
function traceNumber(selection: TraceSelection, place: number): number {
  return selection.kind === "run" ? selection.first + place : selection.traces[place];
}

function wrapInternal(error: unknown): SeisProcError<"internal"> {
  const what = error instanceof Error ? error.message : String(error);
  return new SeisProcError("internal", `Internal error: ${what}`, {}, error);
}
