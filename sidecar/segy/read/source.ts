/** A SEG-Y file as the input of a flow: its description, and the plan from which workers open readers. */
import { createHash } from "node:crypto";
import {
  type HeaderWord,
  type HeaderWordTable,
  TRACE_HEADER_BYTES,
} from "../../../src/shared/seismic/trace_header.ts";
import { delayMs, lengthUnitOf } from "../../../src/shared/seismic/geometry.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { sentence } from "../../../src/shared/seismic/scan_report.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { readExtended } from "../../traces/extended_words.ts";
import type { TraceSource } from "../../traces/trace_source.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import { HeaderColumnReader } from "../headers/header_columns.ts";
import type { HeaderColumn } from "../headers/column_gather.ts";
import { kindOf } from "../layout/kind/kind_of_file.ts";
import { suFindings } from "../layout/kind/su_findings.ts";
import { readLayout } from "../layout/forced_reading.ts";
import type { LayoutFindings } from "../layout/layout_findings.ts";
import type { SegyLayout } from "../layout/segy_layout.ts";
import { SegyFile } from "../format/segy_file.ts";
import { readTextHeaders, requireHeaders } from "../layout/file_headers.ts";
import { wordTable } from "../format/word_table.ts";

/** Plain data: it travels to workers. */
export interface SegyReaderPlan {
  readonly kind: "segy";
  readonly layout: SegyLayout;
  readonly map: readonly LaidOutWord[];
}

export interface SegyOptions extends Reading {
  /** Reads a file whose format code is none of the standard by what its samples look like; else it is refused. */
  readonly formatByLooking?: boolean;
}

export type SegyTraceSource = TraceSource<SegyReaderPlan>;

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
  readonly #file: SegyFile;
  readonly description: SurveyDescription;
  readonly plan: SegyReaderPlan;
  readonly #columns: HeaderColumnReader;

  constructor(file: SegyFile, { map = [], formatByLooking = false, ...read }: SegyOptions) {
    this.#file = file;
    const kind = kindOf(file, read);
    requireHeaders(file, kind);
    const found = readLayout(file, { read, kind, map });
    const table = wordTable(found.map, found.layout);
    requireReadable(found, formatByLooking);
    this.plan = { kind: "segy", layout: found.layout, map: found.map };
    this.#columns = new HeaderColumnReader(file, found.layout, table.words);
    this.description = describe(file, found, table, this.#columns);
  }

  readWord(name: string, first: number, count: number): Float64Array {
    return this.readWords([name], first, count)[0];
  }

  readWords(names: readonly string[], first: number, count: number): Float64Array[] {
    const words = names.map((name) => this.#word(name));
    return readExtended(
      words,
      (name) => this.#word(name),
      (stored) => this.#readStored(stored, first, count),
    );
  }

  #readStored(words: readonly HeaderWord[], first: number, count: number): Float64Array[] {
    const values = words.map(() => new Float64Array(count));
    this.#columns.read(first, count, words, (portion, columns: readonly HeaderColumn[]) => {
      columns.forEach((column, i) => {
        values[i].set(column.subarray(0, portion.count), portion.first - first);
      });
    });
    return values;
  }

  #word(name: string): HeaderWord {
    const word = this.description.table.find(name);
    if (word) return word;
    throw new SeisProcError("header-word-unknown", `Cannot find header word ${name}`, { word: name });
  }

  close(): void {
    this.#file.close();
  }
}

function requireReadable(found: LayoutFindings, byLooking: boolean): void {
  const { layout, unreadable } = found;
  const { path: file, name } = layout;
  const binary = (byte: string) => layout.kind === "su" ? "" : `byte ${byte} or in `;
  if (layout.samplesPerTrace === 0) {
    invalid(file, name, "hns", `a number of samples in ${binary("3221")}trace 1 (byte 115)`, "samples=N");
  }
  if (unreadable !== undefined) refuseLengths(layout, unreadable);
  if (layout.intervalUs === 0) {
    invalid(file, name, "hdt", `a sample interval in ${binary("3217")}trace 1 (byte 117)`, "intervalUs=N");
  }
  requireFormat(found, byLooking);
  if (layout.traces === 0) {
    const reason = `expected traces after byte ${layout.firstTrace}, found none`;
    throw new SeisProcError("not-segy", `Cannot read ${name}: ${reason}: the file holds headers only`, {
      file,
      reason,
    });
  }
}

function refuseLengths({ path: file, name, samplesPerTrace }: SegyLayout, why: string): never {
  const message =
    `Cannot read ${name}: expected a number of samples that leads from trace to trace, found that ` +
    why;
  throw new SeisProcError("header-invalid", message, { file, field: "hns", found: samplesPerTrace });
}

/** A code of the standard is needed, or samples that tell; of a code that is none of it only when that is asked. */
function requireFormat({ layout, saidFormat, findings }: LayoutFindings, byLooking: boolean): void {
  const known = SAMPLE_FORMATS.has(saidFormat);
  if (layout.format !== 0 && (known || byLooking)) return;
  const { path: file, name } = layout;
  const look = findings.find(({ byte }) => byte === 3225)?.meaning ?? "";
  const expected = known
    ? "samples that are what byte 3225 says"
    : "a sample format code of the standard in byte 3225";
  const message = `Cannot read samples of ${name}: expected ${expected}, found ${saidFormat}: ${look}: ` +
    "correct the code or say --read format=ibm or another";
  throw new SeisProcError("sample-format-unknown", message, { file, code: saidFormat });
}

function invalid(file: string, name: string, field: string, expected: string, option: string): never {
  const message =
    `Cannot read ${name}: expected ${expected}, found 0: correct the header or say --read ${option}`;
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
    warnings: [...suFindings(file, layout), ...findings].map(sentence),
    kind: layout.kind,
  };
}

function headerHash(file: SegyFile, layout: SegyLayout): string {
  const hash = createHash("sha256").update(file.read(0, layout.firstTrace));
  const last = layout.variable?.offsets.at(-1) ?? layout.firstTrace + (layout.traces - 1) * layout.traceBytes;
  for (const offset of [layout.firstTrace, last]) hash.update(file.read(offset, TRACE_HEADER_BYTES));
  return hash.digest("hex");
}
