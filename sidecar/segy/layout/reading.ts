/** One way to read a file: where its traces begin, and how long they are. Offsets count from 0. */
import { TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import type { FileBytes } from "../format/segy_file.ts";

export interface Reading {
  readonly extendedTexts: number;
  readonly firstTrace: number;
  /** Bytes of a trace's headers. */
  readonly recordBytes: number;
  readonly bytesPerSample: number;
  /** Samples of every trace. */
  readonly samples: number;
  /** Data trailer records after the traces. */
  readonly trailers: number;
}

/** Bytes from one trace to the next. */
export function strideOf({ recordBytes, samples, bytesPerSample }: Reading): number {
  return recordBytes + samples * bytesPerSample;
}

/** Where the traces end, if they fill the file. */
export function endOfTraces(file: FileBytes, { trailers, firstTrace }: Reading): number {
  return Math.max(firstTrace, file.bytes - TEXT_HEADER_BYTES * trailers);
}

/** Whole traces between the first and the end, and the bytes that are left after them. */
export function wholeTraces(file: FileBytes, reading: Reading): { whole: number; rest: number } {
  const room = endOfTraces(file, reading) - reading.firstTrace, stride = strideOf(reading);
  const whole = Math.floor(room / stride);
  return { whole, rest: room - whole * stride };
}
