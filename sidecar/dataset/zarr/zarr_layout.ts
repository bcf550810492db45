/** The arrays of a stored dataset, by name. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { HeaderWordTable } from "../../../src/shared/seismic/trace_header.ts";
import { type ArrayMetadata, arrayMetadata } from "./array_metadata.ts";
import { columnMetadata } from "./columns.ts";

const CHUNK_BYTES = 8 << 20;

export const TRACES = "traces";
export const TRACE_HEADERS = "trace_headers";

/** What names a column is a file name, never a way out of the dataset. */
export const COLUMN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @throws `header-word-unknown` for a name that no mapping could have */
export function columnName(word: string): string {
  if (COLUMN_NAME.test(word)) return `headers/${word}`;
  const message =
    `Cannot store the header word ${JSON.stringify(word)}: expected a name of letters, digits and ` +
    "underscores, found another: map it to such a name";
  throw new SeisProcError("header-word-unknown", message, { word });
}

/** Columns of all header words, by array name. */
export function columnArrays(table: HeaderWordTable, traces: number): Map<string, ArrayMetadata> {
  return new Map(table.words.map((word) => [columnName(word.name), columnMetadata(word, traces)]));
}

/** Every array of a dataset with its traces, by name. */
export function datasetArrays(
  table: HeaderWordTable,
  traces: number,
  samplesPerTrace: number,
  recordBytes: number,
): Map<string, ArrayMetadata> {
  return new Map([
    [TRACES, arrayMetadata("float32", [traces, samplesPerTrace], CHUNK_BYTES)],
    [TRACE_HEADERS, arrayMetadata("uint8", [traces, recordBytes], CHUNK_BYTES)],
    ...columnArrays(table, traces),
  ]);
}
