/** Finds byte order and sample format by looking, where a file does not say them or says them wrongly. */
import { BYTE_ORDER_CONSTANT } from "../../../src/shared/seismic/binary_header.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { BinaryHeader } from "../format/binary_header.ts";
import { type ByteOrder, wordPermutation } from "../format/byte_order.ts";
import { ibmToNumber } from "../../../src/shared/seismic/ibm_float.ts";
import type { SegyFile } from "../format/segy_file.ts";

const ORDERS: readonly ByteOrder[] = ["big", "little", "swapped"];

export interface DetectedOrder {
  readonly order: ByteOrder;
  /** How it is known. */
  readonly by: "constant" | "looking";
}

export function detectByteOrder(file: SegyFile): DetectedOrder {
  const raw = file.read(3200, 400);
  const said = ORDERS.find((order) => BinaryHeader.fromFile(raw, order).get("order") === BYTE_ORDER_CONSTANT);
  if (said) return { order: said, by: "constant" };
  const scores = ORDERS.map((order) => orderScore(file, BinaryHeader.fromFile(raw, order), order));
  // Little-endian and swapped files differ in 32-bit words only: read rightly these are small.
  const sizes = ORDERS.map((order) => wordSizes(file, BinaryHeader.fromFile(raw, order), order));
  scores[sizes.indexOf(Math.min(...sizes))]++;
  return { order: ORDERS[scores.indexOf(Math.max(...scores))], by: "looking" };
}

/** Of a file that begins with its first trace: the order in which its first header leads to the second. */
export function detectTraceOrder(file: SegyFile): ByteOrder {
  const trace = file.read(0, TRACE_HEADER_BYTES);
  const fits = (order: ByteOrder) => {
    const samples = int16(trace, 115, order) & 0xffff;
    return samples > 0 && file.bytes % (TRACE_HEADER_BYTES + 4 * samples) === 0;
  };
  return (["big", "little"] as const).find(fits) ?? "big";
}

/** How well the headers make sense in this byte order. */
function orderScore(file: SegyFile, header: BinaryHeader, order: ByteOrder): number {
  const format = SAMPLE_FORMATS.get(header.get("format"));
  const samples = header.get("hns"), interval = header.get("hdt");
  const first = likelyFirstTrace(header);
  const trace = file.read(first, TRACE_HEADER_BYTES);
  let score = format ? 8 : 0;
  if (samples > 0 && samples < 32768) score++;
  if (interval > 0 && interval <= 20000) score += 2;
  if (trace.length < TRACE_HEADER_BYTES) return score;
  const traceSamples = int16(trace, 115, order), traceInterval = int16(trace, 117, order);
  if (samples && traceSamples === samples) score += 4;
  if (interval && traceInterval === interval) score += 3;
  const bytes = TRACE_HEADER_BYTES + (format?.bytes ?? 4) * samples;
  if (samples > 0 && (file.bytes - first) % bytes === 0) score += 4;
  if (isScalar(int16(trace, 71, order)) && isScalar(int16(trace, 69, order))) score++;
  return score;
}

function likelyFirstTrace(header: BinaryHeader): number {
  const texts = header.get("exth");
  return 3600 + (texts > 0 && texts < 1000 ? texts * 3200 : 0);
}

/** Sum of the binary logarithms of the first trace's sequence numbers, identifiers and distances. */
function wordSizes(file: SegyFile, header: BinaryHeader, order: ByteOrder): number {
  const trace = file.read(likelyFirstTrace(header), TRACE_HEADER_BYTES);
  if (trace.length < TRACE_HEADER_BYTES) return 0;
  const words = bigEndianWords(trace, order);
  return [1, 5, 9, 13, 17, 21, 25, 37, 189, 193]
    .map((byte) => Math.abs(words[(byte - 1) >> 2] | 0))
    .reduce((sum, size) => sum + Math.log2(1 + size), 0);
}

function isScalar(value: number): boolean {
  return [0, 1, 10, 100, 1000, 10000].includes(Math.abs(value));
}

function int16(bytes: Uint8Array, byte: number, order: ByteOrder): number {
  const [high, low] = wordPermutation(order, 2);
  return (bytes[byte - 1 + high] << 8 | bytes[byte - 1 + low]) << 16 >> 16;
}

/** What 4-byte samples look like; `unsure` when too few of them are not zero, or when the signs disagree. */
export type SampleLook = "ibm" | "ieee" | "int32" | "unsure";

/**
 * IBM fractions are normalised: their first hexadecimal digit (bits 20-23) is never zero. In IEEE numbers these bits are
 * the last of the exponent and the first three of the fraction: all zero for about log2(9/8) / 2 = 8.5 % of amplitudes.
 */
export function lookAtSamples(samples: Uint8Array, order: ByteOrder): SampleLook {
  const words = bigEndianWords(samples, order).filter((word) => (word & 0x7fffffff) !== 0);
  if (new Set(words).size < 150) return "unsure";
  const share = (test: (word: number) => boolean) => words.filter(test).length / words.length;
  if (share((word) => Math.abs(word | 0) < 1 << 24) > 0.99) return "int32";
  const leadingZero = share((word) => (word & 0x00f00000) === 0);
  if (leadingZero < 0.0005 && spread(words, ibmToNumber) < 25) return "ibm";
  return leadingZero > 0.02 && spread(words, float32) < 25 ? "ieee" : "unsure";
}

function bigEndianWords(bytes: Uint8Array, order: ByteOrder): number[] {
  const [a, b, c, d] = wordPermutation(order, 4);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => {
    const at = i * 4;
    return (bytes[at + a] << 24 | bytes[at + b] << 16 | bytes[at + c] << 8 | bytes[at + d]) >>> 0;
  });
}

const scratch = new DataView(new ArrayBuffer(4));

function float32(word: number): number {
  scratch.setUint32(0, word);
  return scratch.getFloat32(0);
}

/** Powers of ten between the 2nd and the 98th percentile of the magnitudes; values that are not finite count as far off. */
function spread(words: readonly number[], value: (word: number) => number): number {
  const sizes = words.map((word) => Math.abs(value(word))).filter((size) => size > 0)
    .map((size) => Number.isFinite(size) ? Math.log10(size) : 1000).sort((a, b) => a - b);
  if (sizes.length < words.length * 0.5) return 1000;
  return sizes[Math.floor(sizes.length * 0.98)] - sizes[Math.floor(sizes.length * 0.02)];
}
