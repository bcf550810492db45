/** Header words as one-dimensional arrays: `headers/<word>`, in the word's own type. */
import { type HeaderWord, WORD_BYTES, type WordType } from "../../../src/shared/seismic/trace_header.ts";
import { readWord } from "../../traces/header_records.ts";
import { type ArrayMetadata, arrayMetadata, DATA_TYPE_BYTES, type DataType } from "./array_metadata.ts";
import { readRows, type StoredArray } from "./chunk_rows.ts";
import type { OpenFiles } from "./open_files.ts";

const COLUMN_CHUNK_TRACES = 1 << 20;

/** The type of a word's column; IBM floats reach beyond float32. */
function columnType(type: WordType): DataType {
  return type === "ibm32" ? "float64" : type;
}

export function columnMetadata(word: HeaderWord, traces: number): ArrayMetadata {
  const type = columnType(word.type);
  return arrayMetadata(type, [traces], COLUMN_CHUNK_TRACES * DATA_TYPE_BYTES[type]);
}

/**
 * The column of a word from big-endian records, as little-endian bytes for the file: the word's bytes turned around,
 * so that 64-bit integers stay exact.
 */
export function columnBytes(records: Uint8Array, recordBytes: number, word: HeaderWord): Uint8Array {
  const count = records.length / recordBytes;
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  const offset = word.byte - 1;
  if (word.type === "ibm32") {
    const values = Float64Array.from(
      { length: count },
      (_, i) => readWord(view, i * recordBytes + offset, word),
    );
    return new Uint8Array(values.buffer);
  }
  switch (WORD_BYTES[word.type]) {
    case 1:
      return Uint8Array.from({ length: count }, (_, i) => records[i * recordBytes + offset]);
    case 2:
      return fill(new Int16Array(count), (i) => view.getInt16(i * recordBytes + offset));
    case 4:
      return fill(new Int32Array(count), (i) => view.getInt32(i * recordBytes + offset));
    default:
      return turnAround(records, recordBytes, offset, count, 8);
  }
}

function fill(values: Int16Array | Int32Array, value: (i: number) => number): Uint8Array {
  for (let i = 0; i < values.length; i++) values[i] = value(i);
  return new Uint8Array(values.buffer);
}

function turnAround(records: Uint8Array, recordBytes: number, offset: number, count: number, bytes: number) {
  const out = new Uint8Array(count * bytes);
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < bytes; b++) out[i * bytes + b] = records[i * recordBytes + offset + bytes - 1 - b];
  }
  return out;
}

/** Values of a column for traces [first, first + count). 64-bit integers beyond 2^53 lose their last digits. */
export function readColumn(
  column: StoredArray,
  files: OpenFiles,
  first: number,
  count: number,
): Float64Array {
  const { dataType } = column.metadata;
  const bytes = new Uint8Array(count * DATA_TYPE_BYTES[dataType]);
  readRows(column, files, first, count, bytes);
  return numbersOf(bytes.buffer, dataType);
}

function numbersOf(buffer: ArrayBuffer, type: DataType): Float64Array {
  switch (type) {
    case "int8":
      return new Float64Array(new Int8Array(buffer));
    case "int16":
      return new Float64Array(new Int16Array(buffer));
    case "int32":
      return new Float64Array(new Int32Array(buffer));
    case "int64":
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case "uint8":
      return new Float64Array(new Uint8Array(buffer));
    case "uint16":
      return new Float64Array(new Uint16Array(buffer));
    case "uint32":
      return new Float64Array(new Uint32Array(buffer));
    case "uint64":
      return Float64Array.from(new BigUint64Array(buffer), Number);
    case "float32":
      return new Float64Array(new Float32Array(buffer));
    case "float64":
      return new Float64Array(buffer);
  }
}
