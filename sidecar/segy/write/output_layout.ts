/** Where everything lies in a SEG-Y output, and its binary header. */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { type HeaderKind, isSuName } from "../../../src/shared/seismic/header_kind.ts";
import { OUTPUT_FORMAT_CODES, SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import {
  BYTE_ORDER_CONSTANT,
  FILE_HEADER_BYTES,
  TEXT_HEADER_BYTES,
} from "../../../src/shared/seismic/binary_header.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { sortingCode } from "../../../src/shared/seismic/trace_sorting.ts";
import type { OutputDescription } from "../../traces/trace_sink.ts";
import { BinaryHeader } from "../format/binary_header.ts";
import { suMisfit } from "./su_limits.ts";
import { type OutputTexts, outputTexts } from "./output_text.ts";

/** Plain data: it travels to workers. */
export interface OutputLayout {
  readonly kind: HeaderKind;
  readonly firstTrace: number;
  readonly recordBytes: number;
  readonly traceBytes: number;
  readonly samplesPerTrace: number;
  readonly intervalUs: number;
  readonly totalBytes: number;
  readonly revision: { readonly major: number; readonly minor: number };
}

/** The most that the signed 16-bit words of revision 1 can say. */
const REVISION_1_MAX = 32767;

/** By the name of the output: `.su` is Seismic Unix, traces without anything before them. */
export function layOut(description: OutputDescription): { layout: OutputLayout; texts: OutputTexts } {
  return isSuName(description.path) ? layOutSu(description) : layOutSegy(description);
}

function layOutSu(description: OutputDescription): { layout: OutputLayout; texts: OutputTexts } {
  const { samplesPerTrace, intervalUs, traces, path: file, sampleFormat: format } = description;
  const reason = suMisfit({ format, samplesPerTrace, intervalUs, hasText: description.text !== undefined });
  if (reason !== undefined) {
    throw new SeisProcError("output-unwritable", `Cannot write ${path.basename(file)}: ${reason}`, {
      file,
      reason,
    });
  }
  const traceBytes = TRACE_HEADER_BYTES + 4 * samplesPerTrace;
  const layout: OutputLayout = {
    kind: "su",
    firstTrace: 0,
    recordBytes: TRACE_HEADER_BYTES,
    traceBytes,
    samplesPerTrace,
    intervalUs,
    totalBytes: traces * traceBytes,
    revision: { major: 0, minor: 0 },
  };
  return { layout, texts: { main: [], extended: [] } };
}

function layOutSegy(description: OutputDescription): { layout: OutputLayout; texts: OutputTexts } {
  const { samplesPerTrace, intervalUs, source, traces } = description;
  const revision = needsRevision2(description) ? { major: 2, minor: 1 } : { major: 1, minor: 0 };
  const texts = outputTexts(source.textHeaders, description.history, revision, description.text);
  const firstTrace = FILE_HEADER_BYTES + TEXT_HEADER_BYTES * texts.extended.length;
  const sampleBytes = SAMPLE_FORMATS.get(OUTPUT_FORMAT_CODES[description.sampleFormat])?.bytes ?? 4;
  const traceBytes = source.recordBytes + samplesPerTrace * sampleBytes;
  const layout: OutputLayout = {
    kind: "segy",
    firstTrace,
    recordBytes: source.recordBytes,
    traceBytes,
    samplesPerTrace,
    intervalUs,
    totalBytes: firstTrace + traces * traceBytes,
    revision,
  };
  return { layout, texts };
}

/** What revision 1 cannot say: many samples, odd intervals, more trace headers, another byte order. */
function needsRevision2({ samplesPerTrace, intervalUs, source, littleEndian }: OutputDescription): boolean {
  return samplesPerTrace > REVISION_1_MAX || intervalUs > REVISION_1_MAX || !Number.isInteger(intervalUs) ||
    source.recordBytes > TRACE_HEADER_BYTES || littleEndian;
}

/** The source's binary header with what describes the file set to what the output is. */
export function outputBinaryHeader(description: OutputDescription, layout: OutputLayout): BinaryHeader {
  const { source, samplesPerTrace, intervalUs } = description;
  const header = new BinaryHeader(source.binaryHeader.slice());
  const sourceMajor = header.get("major");
  header.set("format", OUTPUT_FORMAT_CODES[description.sampleFormat]);
  header.set("hns", shortSamples(samplesPerTrace));
  header.set("hdt", shortInterval(intervalUs));
  header.set("major", layout.revision.major);
  header.set("minor", layout.revision.minor);
  header.set("trflag", 1);
  const order = description.order.length > 0 ? description.order : source.sortOrder ?? [];
  const words = order.map((key) => source.table.find(key.replace(/^-/, ""))?.name ?? key);
  const sorting = sortingCode(words, description.stacked ?? false);
  if (sorting !== undefined) header.set("tsort", sorting);
  header.set("exth", (layout.firstTrace - FILE_HEADER_BYTES) / TEXT_HEADER_BYTES);
  if (layout.revision.major >= 2) setExtended(header, description, layout, sourceMajor);
  else if (sourceMajor >= 2) { for (const name of FILE_FIELDS) header.set(name, 0); }
  return header;
}

/** Fields of revision 2 that describe the file itself; a file of revision 1 must not keep a source's. */
const FILE_FIELDS = ["exthns", "exthdt", "order", "maxtrh", "ntrst", "ftroff", "ntrailer"] as const;
/** Those that describe the survey: what lies there in a source of revision 0 or 1 means nothing. */
const SURVEY_FIELDS = ["extntrpr", "extnart", "extdto", "extnso", "extfold", "survty", "timebc"] as const;

function setExtended(
  header: BinaryHeader,
  description: OutputDescription,
  layout: OutputLayout,
  sourceMajor: number,
): void {
  if (sourceMajor < 2) { for (const name of SURVEY_FIELDS) header.set(name, 0); }
  header.set("exthns", layout.samplesPerTrace);
  header.set("exthdt", layout.intervalUs);
  header.set("order", BYTE_ORDER_CONSTANT);
  header.set("maxtrh", layout.recordBytes / TRACE_HEADER_BYTES - 1);
  header.set("ntrst", description.traces);
  header.set("ftroff", layout.firstTrace);
  header.set("ntrailer", 0);
}

/** The number of samples as a 16-bit word says it; 0 where it cannot and the extended field does. */
export function shortSamples(samples: number): number {
  return samples <= 65535 ? samples : 0;
}

/** The interval as a signed 16-bit word says it, rounded; 0 where it cannot and the extended field does. */
export function shortInterval(intervalUs: number): number {
  const rounded = Math.round(intervalUs);
  return rounded <= REVISION_1_MAX ? rounded : 0;
}
