/** A stored dataset as the output of a flow. */
import path from "node:path";
import type { HeaderWord } from "../../../src/shared/seismic/trace_header.ts";
import type { OutputDescription, TraceSink, WriterPlan } from "../trace_source.ts";
import { type ArrayMetadata, chunkCount, rowBytes } from "./array_metadata.ts";
import { type DatasetAttributes, ownWords } from "./attributes.ts";
import { PartialGroup } from "./group_folder.ts";
import { datasetArrays } from "./zarr_layout.ts";

export interface ZarrWriterPlan extends WriterPlan {
  readonly kind: "zarr";
  /** The final path; workers write to `<path>.part`. */
  readonly path: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly recordBytes: number;
  readonly words: readonly HeaderWord[];
}

/** A dataset being written; its plan is known to be one of a dataset. */
export interface ZarrTraceSink extends TraceSink {
  readonly plan: ZarrWriterPlan;
}

export function createZarrSink(output: OutputDescription): ZarrTraceSink {
  return new ZarrSink(output);
}

class ZarrSink implements ZarrTraceSink {
  readonly plan: ZarrWriterPlan;
  readonly totalBytes: number;
  private readonly group: PartialGroup;
  private readonly arrays: ReadonlyMap<string, ArrayMetadata>;

  constructor(private readonly output: OutputDescription) {
    const { source, traces, samplesPerTrace, intervalUs } = output;
    const { recordBytes } = source;
    const target = path.resolve(output.path);
    const words = ownWords(source);
    this.plan = { kind: "zarr", path: target, traces, samplesPerTrace, intervalUs, recordBytes, words };
    this.group = new PartialGroup(target);
    this.arrays = datasetArrays(source.table, traces, samplesPerTrace, recordBytes);
    this.totalBytes = [...this.arrays.values()].reduce((sum, array) => sum + storedBytes(array), 0);
  }

  create(resume: boolean): void {
    this.group.create(resume, this.attributes(), this.arrays);
  }

  sync(): void {
    this.group.sync();
  }

  finish(): void {
    this.group.finish();
  }

  discard(): void {
    this.group.discard();
  }

  private attributes(): DatasetAttributes {
    const { source, history, flow, order, intervalUs } = this.output;
    return {
      sampleIntervalUs: intervalUs,
      startMs: source.startMs,
      lengthUnit: source.lengthUnit,
      sortOrder: order,
      textHeaders: source.textHeaders,
      binaryHeader: source.binaryHeader,
      words: ownWords(source),
      source: source.fingerprint,
      sourceFromHere: path.relative(this.plan.path, source.fingerprint.path),
      history: [...source.history ?? [], { lines: history, flow }],
    };
  }
}

function storedBytes(array: ArrayMetadata): number {
  return chunkCount(array) * array.rowsPerChunk * rowBytes(array);
}
