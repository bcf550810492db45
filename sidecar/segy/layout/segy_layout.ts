/** Where everything lies in one SEG-Y file, as plain data. */
import type { HeaderKind } from "../../../src/shared/seismic/header_kind.ts";
import { TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import type { ByteOrder } from "../format/byte_order.ts";

/** Plain data: it travels to workers. Byte offsets count from 0. */
export interface SegyLayout {
  readonly kind: HeaderKind;
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly byteOrder: ByteOrder;
  readonly revision: { readonly major: number; readonly minor: number };
  /** Sample format code; 0 when neither header nor samples say it. */
  readonly format: number;
  readonly bytesPerSample: number;
  /** Samples of the longest trace. */
  readonly samplesPerTrace: number;
  /** Microseconds; 0 when no header says it. */
  readonly intervalUs: number;
  readonly extendedTexts: number;
  readonly firstTrace: number;
  /** Bytes of a trace's headers. */
  readonly recordBytes: number;
  /** Names of the headers after the standard one. */
  readonly additionalHeaders: readonly string[];
  /** Bytes from one trace to the next, of the longest trace where they differ. */
  readonly traceBytes: number;
  /** Traces, a last one that is cut included. */
  readonly traces: number;
  /** Data trailer records of 3200 bytes after the traces. */
  readonly trailers: number;
  /** Where traces differ in length: where each begins, and how many samples it has. */
  readonly variable?: VariableTraces;
}

export interface VariableTraces {
  readonly offsets: Float64Array;
  readonly samples: Uint32Array;
}

/** Byte offset from 0 of a trace's header. */
export function traceOffset(layout: SegyLayout, trace: number): number {
  return layout.variable?.offsets[trace] ?? layout.firstTrace + trace * layout.traceBytes;
}

/** Where traces end if they are all there: at the end of the file, or before its trailers. */
export function endOfLayout({ bytes, trailers, firstTrace }: SegyLayout): number {
  return Math.max(firstTrace, bytes - TEXT_HEADER_BYTES * trailers);
}

/** Samples that a trace has in the file. */
export function traceSamples(layout: SegyLayout, trace: number): number {
  return layout.variable?.samples[trace] ?? layout.samplesPerTrace;
}
