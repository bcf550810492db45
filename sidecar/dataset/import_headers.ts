/**
 * Import without a copy: the header words of a SEG-Y file become columns of a dataset, block by block, so that workers
 * share the scan and an interrupted one goes on where it was. Samples stay in the file.
 */
import crypto from "node:crypto";
import path from "node:path";
import type { Work } from "../../src/shared/job/work.ts";
import { forcedOf, forcedText, isForced, type Reading } from "../../src/shared/seismic/reading.ts";
import { Checksum, CHECKSUM_KERNEL } from "../kernels/checksum.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { HeaderColumnReader } from "../segy/headers/header_columns.ts";
import { SegyFile } from "../segy/format/segy_file.ts";
import { openSegy, type SegyReaderPlan } from "../segy/read/source.ts";
import { wordTable } from "../segy/format/word_table.ts";
import { type ImportColumn, importColumn } from "./import_column.ts";
import type { PartialOutput } from "../traces/trace_sink.ts";
import type { InputFingerprint, SurveyDescription } from "../traces/survey_description.ts";
import { type DatasetAttributes, ownWords } from "./zarr/attributes.ts";
import { rowBytes } from "./zarr/array_metadata.ts";
import { writeRows } from "./zarr/chunk_rows.ts";
import { partialArray, PartialGroup } from "./zarr/partial_group.ts";
import { OpenFiles } from "./zarr/open_files.ts";
import { columnArrays, columnName } from "./zarr/zarr_layout.ts";

/** Traces of a block: some 10 ms of work, so that a job stops soon. */
export const BLOCK_TRACES = 8192;

type HeaderScan = Extract<Work, { kind: "header_scan" }>;

/** What travels to workers. */
export interface HeaderImportPlan {
  readonly segy: SegyReaderPlan;
  /** The dataset's final path; columns are written in `<path>.part`. */
  readonly path: string;
  readonly traces: number;
  readonly blocks: ImportBlocks;
  /** Of each block as it was written; in shared memory. */
  readonly checksums: BigInt64Array;
}

/** Where each block begins, and the end; a scan knows no gathers. */
export interface ImportBlocks {
  readonly count: number;
  readonly firstTrace: Float64Array;
  readonly firstGather: Float64Array;
}

/** An import as a runner sees it: what any planned work tells. */
export interface HeaderImport {
  readonly fingerprint: string;
  readonly blocks: number;
  readonly traces: number;
  readonly gathers: number;
  readonly task: { readonly kind: "header_scan"; readonly plan: HeaderImportPlan };
  readonly kernels: readonly string[];
  readonly outputs: readonly PartialOutput[];
  readonly warnings: readonly string[];
  readonly input: InputFingerprint;
  close(): void;
}

/** Plans the import of a SEG-Y file; creates nothing yet. */
export function planHeaderImport({ input, to, read }: HeaderScan): HeaderImport {
  const source = openSegy(input, read);
  try {
    const { description } = source;
    const { traces } = description;
    const target = path.resolve(to);
    const blocks = importBlocks(traces);
    const checksums = new BigInt64Array(new SharedArrayBuffer(blocks.count * 8));
    const plan: HeaderImportPlan = { segy: source.plan, path: target, traces, blocks, checksums };
    return {
      fingerprint: planFingerprint(description, target, read),
      blocks: blocks.count,
      traces,
      gathers: 0,
      task: { kind: "header_scan", plan },
      kernels: [CHECKSUM_KERNEL],
      outputs: [output(description, target, read)],
      warnings: description.warnings,
      input: description.fingerprint,
      close: () => {},
    };
  } finally {
    source.close();
  }
}

function importBlocks(traces: number): ImportBlocks {
  const count = Math.ceil(traces / BLOCK_TRACES);
  const firstTrace = Float64Array.from({ length: count + 1 }, (_, i) => Math.min(traces, i * BLOCK_TRACES));
  return { count, firstTrace, firstGather: new Float64Array(count + 1) };
}

/** Changes when resuming would mix two imports. */
function planFingerprint(
  { fingerprint, table }: SurveyDescription,
  target: string,
  read: Reading,
): string {
  const words = table.words.map(({ name, byte, type }) => [name, byte, type]);
  const text = JSON.stringify([fingerprint, words, target, BLOCK_TRACES, forcedText(read)]);
  return crypto.createHash("sha256").update(text).digest("hex");
}

function output(description: SurveyDescription, target: string, read: Reading): PartialOutput {
  return new PartialGroup({
    path: target,
    input: description.fingerprint.path,
    traces: description.traces,
    arrays: columnArrays(description.table, description.traces),
    attributes: attributesOf(description, target, read),
  });
}

function attributesOf(description: SurveyDescription, target: string, read: Reading): DatasetAttributes {
  const { fingerprint, textHeaders, binaryHeader, startMs, lengthUnit, intervalUs } = description;
  return {
    sampleIntervalUs: intervalUs,
    startMs,
    lengthUnit,
    sortOrder: [],
    textHeaders,
    binaryHeader,
    words: ownWords(description),
    source: fingerprint,
    sourceFromHere: path.relative(target, fingerprint.path),
    history: [],
    ...(isForced(read) && { read: forcedOf(read) }),
  };
}

export interface ImportedBlock {
  readonly traces: number;
  readonly gathers: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly skipped: readonly never[];
  readonly remarks: readonly never[];
}

/** One worker's end of an import. */
export class HeaderImporter {
  readonly #plan: HeaderImportPlan;
  readonly #file: SegyFile;
  readonly #files = new OpenFiles();
  readonly #reader: HeaderColumnReader;
  readonly #columns: readonly ImportColumn[];
  readonly #checksum: Checksum;

  constructor(plan: HeaderImportPlan, memory: KernelMemory) {
    this.#plan = plan;
    this.#checksum = new Checksum(memory);
    const { layout, map } = plan.segy;
    const table = wordTable(map, layout);
    const arrays = columnArrays(table, plan.traces);
    this.#columns = table.words.map((word) =>
      importColumn(word, partialArray(plan.path, columnName(word.name), arrays))
    );
    this.#file = SegyFile.open(layout.path);
    this.#reader = new HeaderColumnReader(this.#file, layout, table.words);
  }

  /** Reads the headers of one block and writes them to their places. */
  run(block: number, enter: (phase: "reading" | "writing") => void): ImportedBlock {
    const { blocks, checksums } = this.#plan;
    const [first, end] = blocks.firstTrace.subarray(block, block + 2);
    const { imported, checksum } = this.#importBlock(first, end - first, enter);
    checksums[block] = checksum;
    return imported;
  }

  close(): void {
    this.#files.close();
    this.#file.close();
  }

  /** @throws `input-changed` when the file is not any more what it was when the import was planned */
  #importBlock(
    first: number,
    count: number,
    enter: (phase: "reading" | "writing") => void,
  ): { imported: ImportedBlock; checksum: bigint } {
    const { layout } = this.#plan.segy;
    this.#file.checkUnchanged(layout.bytes, layout.modifiedMs);
    enter("reading");
    const columns = this.#readColumns(first, count);
    enter("writing");
    let bytesWritten = 0, checksum = 0n;
    columns.forEach((bytes, i) => {
      writeRows(this.#columns[i].array, this.#files, first, count, bytes);
      checksum = this.#checksum.ofBytes(bytes, checksum);
      bytesWritten += bytes.length;
    });
    const bytesRead = count * layout.recordBytes;
    return {
      imported: { traces: count, gathers: 0, bytesRead, bytesWritten, skipped: [], remarks: [] },
      checksum,
    };
  }

  /** The bytes of each column for traces [first, first + count). */
  #readColumns(first: number, count: number): Uint8Array[] {
    const words = this.#columns.flatMap((column) => column.read);
    const columns = this.#columns.map(({ array }) => new Uint8Array(count * rowBytes(array.metadata)));
    this.#reader.read(first, count, words, (portion, values) => {
      let next = 0;
      this.#columns.forEach(({ array, read, toBytes }, i) => {
        const bytes = toBytes(values.slice(next, next + read.length), portion.count);
        columns[i].set(bytes, (portion.first - first) * rowBytes(array.metadata));
        next += read.length;
      });
    });
    return columns;
  }
}
