/** A stored dataset as the output of a flow. */
import path from "node:path";
import { OUTPUT_FORMAT_CODES } from "../../../src/shared/seismic/sample_formats.ts";
import type { HeaderWord } from "../../../src/shared/seismic/trace_header.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import { shortInterval, shortSamples } from "../../segy/write/output_layout.ts";
import { outputTexts } from "../../segy/write/output_text.ts";
import type { OutputDescription, TraceSink } from "../../traces/trace_sink.ts";
import { type DatasetAttributes, ownWords } from "./attributes.ts";
import { PartialGroup } from "./partial_group.ts";
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
  /** All words of the trace headers. */
  readonly words: readonly HeaderWord[];
}

export type ZarrTraceSink = TraceSink<ZarrWriterPlan>;

export function createZarrSink(output: OutputDescription): ZarrTraceSink {
  return new ZarrSink(output);
}

class ZarrSink extends PartialGroup implements TraceSink<ZarrWriterPlan> {
  readonly plan: ZarrWriterPlan;

  constructor(output: OutputDescription) {
    const { source, traces, samplesPerTrace, intervalUs } = output;
    const { recordBytes } = source;
    const target = path.resolve(output.path);
    super({
      path: target,
      input: source.fingerprint.path,
      traces,
      arrays: datasetArrays(source.table, traces, samplesPerTrace, recordBytes),
      attributes: attributesOf(output, target),
    });
    const { words } = source.table;
    this.plan = { kind: "zarr", path: target, traces, samplesPerTrace, intervalUs, recordBytes, words };
  }
}

function attributesOf(output: OutputDescription, target: string): DatasetAttributes {
  const { source, history, flow, order, intervalUs } = output;
  const texts = outputTexts(source.textHeaders, history, { major: 1, minor: 0 }, output.text);
  return {
    sampleIntervalUs: intervalUs,
    startMs: output.startMs ?? source.startMs,
    lengthUnit: source.lengthUnit,
    sortOrder: order.length > 0 ? order : source.sortOrder ?? [],
    textHeaders: [texts.main, ...texts.extended],
    binaryHeader: binaryHeaderOf(output),
    words: ownWords(source),
    ...(source.kind === "su" && { kind: source.kind }),
    source: source.fingerprint,
    sourceFromHere: path.relative(target, source.fingerprint.path),
    history: [...source.history ?? [], { lines: history, flow }],
  };
}

/** The source's binary header with the shape of the stored traces. */
function binaryHeaderOf({ source, samplesPerTrace, intervalUs }: OutputDescription): Uint8Array {
  const header = new BinaryHeader(source.binaryHeader.slice());
  header.set("format", OUTPUT_FORMAT_CODES.ieee);
  header.set("hns", shortSamples(samplesPerTrace));
  header.set("hdt", shortInterval(intervalUs));
  return header.bytes;
}
