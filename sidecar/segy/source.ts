/** A SEG-Y file as the input of a flow: its description, and the plan from which workers open readers. */
import { createHash } from "node:crypto";
import { type HeaderWordTable, TRACE_HEADER_BYTES } from "../../src/shared/seismic/trace_header.ts";
import { delayMs, lengthUnitOf } from "../../src/shared/seismic/geometry.ts";
import { SAMPLE_FORMATS } from "../../src/shared/seismic/sample_formats.ts";
import type { ScanFinding } from "../../src/shared/seismic/scan_report.ts";
import type { WordMapping } from "../../src/shared/job/work.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { ReaderPlan, SurveyDescription, TraceSource } from "../dataset/trace_source.ts";
import { type HeaderColumn, HeaderColumnReader } from "./header_columns.ts";
import { findLayout, type LayoutFindings, type SegyLayout } from "./layout.ts";
import { SegyFile } from "./segy_file.ts";
import { decodeText, detectEncoding } from "./text_header.ts";
import { wordTable } from "./word_table.ts";

export interface SegyReaderPlan extends ReaderPlan {
  readonly kind: "segy";
  readonly layout: SegyLayout;
  readonly map: readonly WordMapping[];
}

export interface SegyOptions {
  readonly map?: readonly WordMapping[];
  /** Reads a file whose format code is none of the standard by what its samples look like; else it is refused. */
  readonly formatByLooking?: boolean;
}

/** A SEG-Y source; its plan is known to be one of a SEG-Y file. */
export interface SegyTraceSource extends TraceSource {
  readonly plan: SegyReaderPlan;
}

/** Opens a SEG-Y file; reads its headers and a few traces only. Throws when its traces cannot be read. */
export function openSegy(file: string, options: SegyOptions = {}): SegyTraceSource {
  const opened = SegyFile.open(file);
  try {
    return new SegySource(opened, options);
  } catch (error) {
    opened.close();
    throw error;
  }
}

class SegySource implements SegyTraceSource {
  readonly description: SurveyDescription;
  readonly plan: SegyReaderPlan;
  private readonly columns: HeaderColumnReader;

  constructor(private readonly file: SegyFile, { map = [], formatByLooking = false }: SegyOptions) {
    requireHeaders(file);
    const found = findLayout(file);
    requireReadable(found, formatByLooking);
    const table = wordTable(map, found.layout.recordBytes);
    this.plan = { kind: "segy", layout: found.layout, map };
    this.columns = new HeaderColumnReader(file, found.layout, table.words);
    this.description = describe(file, found, table, this.columns);
  }

  readWord(name: string, first: number, count: number): Float64Array {
    const word = this.description.table.find(name);
    if (!word) {
      throw new SeisProcError("header-word-unknown", `Cannot find header word ${name}`, { word: name });
    }
    const out = new Float64Array(count);
    this.columns.read(first, count, [word], (portion, columns: readonly HeaderColumn[]) => {
      out.set(columns[0].subarray(0, portion.count), portion.first - first);
    });
    return out;
  }

  close(): void {
    this.file.close();
  }
}

/** Throws when the file is too short to hold the headers of a SEG-Y file. */
export function requireHeaders(file: SegyFile): void {
  const found = whatElse(file);
  if (found === undefined) return;
  const reason = `expected 3600 bytes of headers, found ${found}`;
  const message = `Cannot read ${file.name} as SEG-Y: ${reason}: is it the right file?`;
  throw new SeisProcError("not-segy", message, { file: file.path, reason });
}

/** What a file is that cannot be SEG-Y. */
function whatElse(file: SegyFile): string | undefined {
  if (file.bytes === 0) return "an empty file";
  if (file.bytes < 3600) return `${file.bytes} bytes`;
  const binary = file.read(3200, 400);
  const isText = binary.every((byte) =>
    (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13) || byte >= 0xc2
  );
  return isText ? "a text file" : undefined;
}

function requireReadable({ layout, saidFormat, findings }: LayoutFindings, byLooking: boolean): void {
  const { path: file, name } = layout;
  if (layout.samplesPerTrace === 0) {
    invalid(file, name, "hns", "a number of samples in byte 3221 or in trace 1 (byte 115)");
  }
  if (layout.intervalUs === 0) {
    invalid(file, name, "hdt", "a sample interval in byte 3217 or in trace 1 (byte 117)");
  }
  const known = SAMPLE_FORMATS.has(saidFormat);
  if (!known && (!byLooking || layout.format === 0)) {
    const look = findings.find((finding) => finding.byte === 3225)?.meaning ?? "";
    const message =
      `Cannot read samples of ${name}: expected a sample format code of the standard in byte 3225, ` +
      `found ${saidFormat}: ${look}: correct the code`;
    throw new SeisProcError("sample-format-unknown", message, { file, code: saidFormat });
  }
  if (layout.traces === 0) {
    const reason = `expected traces after byte ${layout.firstTrace}, found none`;
    throw new SeisProcError("not-segy", `Cannot read ${name}: ${reason}: the file holds headers only`, {
      file,
      reason,
    });
  }
}

function invalid(file: string, name: string, field: string, expected: string): never {
  const message = `Cannot read ${name}: expected ${expected}, found 0: correct the header`;
  throw new SeisProcError("header-invalid", message, { file, field, found: 0 });
}

function describe(
  file: SegyFile,
  { layout, header, findings }: LayoutFindings,
  table: HeaderWordTable,
  columns: HeaderColumnReader,
): SurveyDescription {
  const first = layout.firstTrace + layout.recordBytes <= file.bytes ? columns.record(0) : undefined;
  const stored = (name: string) => first ? first.get(0, first.word(name)) : 0;
  return {
    name: layout.name,
    traces: layout.traces,
    samplesPerTrace: layout.samplesPerTrace,
    intervalUs: layout.intervalUs,
    startMs: delayMs(stored("delrt"), stored("tscal")),
    lengthUnit: lengthUnitOf(header.get("mfeet")),
    words: table.words,
    textHeaders: readTextHeaders(file, layout),
    binaryHeader: header.bytes,
    sampleFormat: layout.format,
    recordBytes: layout.recordBytes,
    table,
    fingerprint: {
      path: file.path,
      bytes: file.bytes,
      modifiedMs: file.modifiedMs,
      headerHash: headerHash(file, layout),
    },
    warnings: findings.map(sentence),
  };
}

export function sentence({ what, meaning, trace, byte }: ScanFinding): string {
  const places = [trace && `trace ${trace}`, byte && `byte ${byte}`].filter((place) => place).join(", ");
  return `${what[0].toUpperCase()}${what.slice(1)}${places ? ` (${places})` : ""}: ${meaning}.`;
}

/** The lines of the text header and of each extended text header; a binary one is shown as what its bytes give. */
export function readTextHeaders(file: SegyFile, layout: SegyLayout): string[][] {
  const offsets = [0, ...Array.from({ length: layout.extendedTexts }, (_, i) => 3600 + 3200 * i)];
  return offsets.map((offset) => {
    const bytes = file.read(offset, 3200);
    return decodeText(bytes, detectEncoding(bytes));
  });
}

function headerHash(file: SegyFile, layout: SegyLayout): string {
  const hash = createHash("sha256").update(file.read(0, layout.firstTrace));
  const last = layout.variable?.offsets.at(-1) ?? layout.firstTrace + (layout.traces - 1) * layout.traceBytes;
  for (const offset of [layout.firstTrace, last]) hash.update(file.read(offset, TRACE_HEADER_BYTES));
  return hash.digest("hex");
}
