/** A stored dataset as the output of a flow. */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { OUTPUT_FORMAT_CODES } from "../../../src/shared/seismic/sample_formats.ts";
import type { HeaderWord } from "../../../src/shared/seismic/trace_header.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import { diskFull } from "../../files/file_errors.ts";
import { freeBytes } from "../../files/free_space.ts";
import { shortInterval, shortSamples } from "../../segy/write/output_layout.ts";
import { outputTexts } from "../../segy/write/output_text.ts";
import type { OutputDescription, TraceSink } from "../../traces/trace_sink.ts";
import { type ArrayMetadata, storedBytes } from "./array_metadata.ts";
import { type DatasetAttributes, ownWords } from "./attributes.ts";
import { PartialGroup } from "./group_folder.ts";
import { datasetArrays } from "./zarr_layout.ts";

/** Plain data: it travels to workers. */
export interface ZarrWriterPlan {
  readonly kind: "zarr";
  /** The final path; workers write to `<path>.part`. */
  readonly path: string;
  readonly traces: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly recordBytes: number;
  readonly words: readonly HeaderWord[];
}

export type ZarrTraceSink = TraceSink<ZarrWriterPlan>;

export function createZarrSink(output: OutputDescription): ZarrTraceSink {
  return new ZarrSink(output);
}

class ZarrSink implements ZarrTraceSink {
  readonly #output: OutputDescription;
  readonly plan: ZarrWriterPlan;
  readonly totalBytes: number;
  readonly #group: PartialGroup;
  readonly #arrays: ReadonlyMap<string, ArrayMetadata>;

  constructor(output: OutputDescription) {
    this.#output = output;
    const { source, traces, samplesPerTrace, intervalUs } = output;
    const { recordBytes } = source;
    const target = path.resolve(output.path);
    const words = ownWords(source);
    this.plan = { kind: "zarr", path: target, traces, samplesPerTrace, intervalUs, recordBytes, words };
    this.#group = new PartialGroup(target);
    this.#arrays = datasetArrays(source.table, traces, samplesPerTrace, recordBytes);
    this.totalBytes = [...this.#arrays.values()].reduce((sum, array) => sum + storedBytes(array), 0);
  }

  create(resume: boolean): void {
    this.#refuseInput();
    if (!resume) this.#requireRoom();
    this.#group.create(resume, this.#attributes(), this.#arrays);
  }

  isStarted(): boolean {
    return this.#group.isStarted();
  }

  syncInBackground(): Promise<void> {
    return this.#group.syncInBackground();
  }

  sync(): void {
    this.#group.sync();
  }

  finish(): void {
    this.#group.finish();
  }

  discard(): void {
    this.#group.discard();
  }

  #refuseInput(): void {
    if (path.resolve(this.#output.source.fingerprint.path) !== this.plan.path) return;
    const message = `Cannot write ${this.#output.path}: it is the input: choose another name`;
    throw new SeisProcError("output-is-input", message, { file: this.plan.path });
  }

  #requireRoom(): void {
    const free = freeBytes(this.plan.path);
    if (free !== undefined && free < this.totalBytes) throw diskFull(this.plan.path, this.totalBytes, free);
  }

  /** The source's binary header with the shape of the stored traces. */
  #binaryHeader(): Uint8Array {
    const header = new BinaryHeader(this.#output.source.binaryHeader.slice());
    header.set("format", OUTPUT_FORMAT_CODES.ieee);
    header.set("hns", shortSamples(this.#output.samplesPerTrace));
    header.set("hdt", shortInterval(this.#output.intervalUs));
    return header.bytes;
  }

  #attributes(): DatasetAttributes {
    const { source, history, flow, order, intervalUs } = this.#output;
    const texts = outputTexts(source.textHeaders, history, { major: 1, minor: 0 });
    return {
      sampleIntervalUs: intervalUs,
      startMs: source.startMs,
      lengthUnit: source.lengthUnit,
      sortOrder: order.length > 0 ? order : source.sortOrder ?? [],
      textHeaders: [texts.main, ...texts.extended],
      binaryHeader: this.#binaryHeader(),
      words: ownWords(source),
      source: source.fingerprint,
      sourceFromHere: path.relative(this.plan.path, source.fingerprint.path),
      history: [...source.history ?? [], { lines: history, flow }],
    };
  }
}
