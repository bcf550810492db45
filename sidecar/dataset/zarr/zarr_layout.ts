import type { HeaderWordTable } from "../../../src/shared/seismic/trace_header.ts";
import { type ArrayMetadata, arrayMetadata } from "./array_metadata.ts";
import { columnMetadata } from "./columns.ts";

const CHUNK_BYTES = 8 << 20;

export const TRACES = "traces";
export const TRACE_HEADERS = "trace_headers";

export function columnName(word: string): string {
  return `headers/${word}`;
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
