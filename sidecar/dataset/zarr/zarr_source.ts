/** A stored dataset as the input of a flow. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { wordsOf } from "../../../src/shared/seismic/header_kind.ts";
import { delayMs } from "../../../src/shared/seismic/geometry.ts";
import { forcedText, isForced, type Reading } from "../../../src/shared/seismic/reading.ts";
import { mappedWord } from "../../../src/shared/seismic/word_mapping.ts";
import { type HeaderWord, HeaderWordTable } from "../../../src/shared/seismic/trace_header.ts";
import { readExtended } from "../../traces/extended_words.ts";
import { HeaderRecords } from "../../traces/header_records.ts";
import { requireInside } from "../../segy/format/word_table.ts";
import type { TraceSource } from "../../traces/trace_source.ts";
import type { InputFingerprint, SurveyDescription } from "../../traces/survey_description.ts";
import { chunkName, rowBytes } from "./array_metadata.ts";
import type { DatasetAttributes } from "./attributes.ts";
import { readRows, type StoredArray } from "./chunk_rows.ts";
import { readColumn } from "./columns.ts";
import { findArray, readGroup, requireArray } from "./group_folder.ts";
import { OpenFiles } from "./open_files.ts";
import { columnName, TRACE_HEADERS, TRACES } from "./zarr_layout.ts";

/** Plain data: it travels to workers. */
export interface ZarrReaderPlan {
  readonly kind: "zarr";
  readonly path: string;
  /** All words of the trace headers. */
  readonly words: readonly HeaderWord[];
}

export type ZarrTraceSource = TraceSource<ZarrReaderPlan>;

/** Opens the dataset in the folder `folder`; words may be added and moved, and the interval may be forced. */
export function openZarr(folder: string, reading: Reading = {}): ZarrTraceSource {
  const { map = [], intervalUs, ...others } = reading;
  refuseForced(folder, others);
  const attributes = readGroup(folder);
  const traces = requireArray(folder, TRACES);
  const records = requireArray(folder, TRACE_HEADERS);
  const recordBytes = rowBytes(records.metadata);
  for (const mapping of map) requireInside(mapping, recordBytes);
  const mapped = new Set(map.map((mapping) => mapping.name));
  const words = [...attributes.words.filter((word) => !mapped.has(word.name)), ...map.map(mappedWord)];
  const table = new HeaderWordTable(words, wordsOf(attributes.kind ?? "segy"));
  const stored = describe(folder, attributes, traces, records, table);
  const description = intervalUs === undefined
    ? stored
    : { ...stored, ...forcedInterval(stored, intervalUs) };
  return new ZarrSource(
    description,
    { kind: "zarr", path: path.resolve(folder), words: table.words },
    records,
    mapped,
  );
}

/** Samples of a stored dataset are as they were read when it was made. */
function refuseForced(folder: string, others: Reading): void {
  if (!isForced(others)) return;
  const name = path.basename(folder), text = forcedText(others);
  const reason = "found a stored dataset, whose samples are as they were read when it was made";
  const message = `Cannot read ${name} with ${text}: expected a file, ${reason}: ` +
    `import its file again with --read ${text}`;
  throw new SeisProcError("reading-impossible", message, { file: folder, reason });
}

function forcedInterval({ intervalUs: found, warnings }: SurveyDescription, intervalUs: number) {
  const said = `The sample interval is forced to ${intervalUs} us, the dataset says ${found} us.`;
  return { intervalUs, warnings: [...warnings, said] };
}

function describe(
  folder: string,
  attributes: DatasetAttributes,
  traces: StoredArray,
  records: StoredArray,
  table: HeaderWordTable,
): SurveyDescription {
  return {
    name: path.basename(folder),
    traces: traces.metadata.shape[0],
    samplesPerTrace: traces.metadata.shape[1],
    intervalUs: attributes.sampleIntervalUs,
    startMs: firstStartMs(records, table) ?? attributes.startMs,
    lengthUnit: attributes.lengthUnit,
    words: table.words,
    textHeaders: attributes.textHeaders,
    binaryHeader: attributes.binaryHeader,
    sampleFormat: 5,
    recordBytes: rowBytes(records.metadata),
    table,
    kind: attributes.kind ?? "segy",
    fingerprint: fingerprint(folder, traces, records),
    warnings: [],
    history: attributes.history,
    sortOrder: attributes.sortOrder,
  };
}

/** When the first trace begins by its own header, which processes may have changed; undefined without traces. */
function firstStartMs(records: StoredArray, table: HeaderWordTable): number | undefined {
  if (records.metadata.shape[0] === 0) return undefined;
  const files = new OpenFiles();
  const record = new HeaderRecords(
    new Uint8Array(rowBytes(records.metadata)),
    rowBytes(records.metadata),
    table,
  );
  try {
    readRows(records, files, 0, 1, record.bytes);
  } finally {
    files.close();
  }
  return delayMs(record.get(0, record.word("delrt")), record.get(0, record.word("tscal")));
}

/** Size, time of the last change to the first and last chunk, hash of the documents and the first and last header. */
function fingerprint(folder: string, traces: StoredArray, records: StoredArray): InputFingerprint {
  const count = traces.metadata.shape[0];
  const hash = crypto.createHash("sha256").update(fs.readFileSync(path.join(folder, "zarr.json")));
  hash.update(JSON.stringify([traces.metadata, records.metadata]));
  const files = new OpenFiles();
  const record = new Uint8Array(rowBytes(records.metadata));
  try {
    for (const trace of count > 0 ? [0, count - 1] : []) {
      readRows(records, files, trace, 1, record);
      hash.update(record);
    }
  } finally {
    files.close();
  }
  return {
    path: path.resolve(folder),
    bytes: count * (rowBytes(traces.metadata) + rowBytes(records.metadata)),
    modifiedMs: modifiedMs(folder, traces),
    headerHash: hash.digest("hex"),
  };
}

function modifiedMs(folder: string, { folder: arrayFolder, metadata }: StoredArray): number {
  const last = Math.max(0, Math.ceil(metadata.shape[0] / metadata.rowsPerChunk) - 1);
  const files = [0, last].map((chunk) => path.join(arrayFolder, chunkName(metadata, chunk)));
  files.push(path.join(folder, "zarr.json"));
  return Math.max(...files.filter((file) => fs.existsSync(file)).map((file) => fs.statSync(file).mtimeMs));
}

class ZarrSource implements ZarrTraceSource {
  readonly #records: StoredArray;
  readonly #mapped: ReadonlySet<string>;
  readonly #files = new OpenFiles();
  readonly #columns = new Map<string, StoredArray | undefined>();

  constructor(
    readonly description: SurveyDescription,
    readonly plan: ZarrReaderPlan,
    records: StoredArray,
    /** Words mapped now: their columns, if any, hold another word. */
    mapped: ReadonlySet<string>,
  ) {
    this.#records = records;
    this.#mapped = mapped;
  }

  readWord(name: string, first: number, count: number): Float64Array {
    const find = (wanted: string) => this.#word(wanted);
    const [values] = readExtended([find(name)], find, (words) =>
      words.map((word) => {
        const column = this.#column(word);
        if (column) return readColumn(column, this.#files, first, count);
        return this.#readFromRecords(word, first, count);
      }));
    return values;
  }

  #word(name: string): HeaderWord {
    const word = this.description.table.find(name);
    if (word) return word;
    const message = `Cannot find header word ${name} in ${this.description.name}`;
    throw new SeisProcError("header-word-unknown", message, { word: name });
  }

  readWords(names: readonly string[], first: number, count: number): Float64Array[] {
    return names.map((name) => this.readWord(name, first, count));
  }

  close(): void {
    this.#files.close();
  }

  #column({ name }: HeaderWord): StoredArray | undefined {
    if (this.#mapped.has(name)) return undefined;
    if (!this.#columns.has(name)) this.#columns.set(name, findArray(this.plan.path, columnName(name)));
    return this.#columns.get(name);
  }

  #readFromRecords(word: HeaderWord, first: number, count: number): Float64Array {
    const { recordBytes, table } = this.description;
    const values = new Float64Array(count);
    const portion = Math.max(1, Math.floor((4 << 20) / recordBytes));
    const bytes = new Uint8Array(Math.min(portion, count) * recordBytes);
    const records = new HeaderRecords(bytes, recordBytes, table);
    for (let done = 0; done < count; done += portion) {
      const part = Math.min(portion, count - done);
      readRows(this.#records, this.#files, first + done, part, bytes);
      for (let i = 0; i < part; i++) values[done + i] = records.stored(i, word);
    }
    return values;
  }
}
