/** SEG-Y files of known truth, and what their headers say instead of it; independent of the code that reads SEG-Y. */
import { type FileOrder, SAMPLE_BYTES } from "../make_segy.ts";

/** What the samples are like. */
export type Content =
  | "noise"
  | "velocity"
  | "density"
  | "impedance"
  | "envelope"
  | "constant"
  | "muted"
  | "zeros"
  | "counts";

/** How much trace headers say: all that a field crew fills, what most programs fill, three words, nothing but lines. */
export type HeaderStyle = "full" | "usual" | "few" | "blank";

export interface Truth {
  readonly order: FileOrder;
  readonly major: number;
  readonly minor: number;
  /** The constant that tells the byte order is there. */
  readonly constant: boolean;
  readonly code: number;
  readonly interval: number;
  readonly samples: number;
  readonly traces: number;
  /** Where traces differ in length. */
  readonly lengths: readonly number[] | undefined;
  readonly texts: readonly Uint8Array[];
  /** Headers after the standard one. */
  readonly headers: readonly string[];
  readonly trailers: number;
  readonly style: HeaderStyle;
  readonly content: Content;
}

/** What the file says where that is not its truth. */
export interface Said {
  readonly binary: Readonly<Record<number, readonly [bytes: 2 | 4 | 8, value: number]>>;
  /** Bytes of the binary header that are written over, by their place from 3201. */
  readonly over: readonly (readonly [byte: number, bytes: Uint8Array])[];
  /** Words of trace headers, by trace. */
  readonly words: readonly (readonly [trace: number | "all", byte: number, bytes: 2 | 4, value: number])[];
  readonly tail: Uint8Array;
  /** Bytes that are missing at the end. */
  readonly missing: number;
}

export const AS_IT_IS: Said = { binary: {}, over: [], words: [], tail: new Uint8Array(), missing: 0 };

export function lengthOf(truth: Truth, trace: number): number {
  return truth.lengths?.[trace] ?? truth.samples;
}

export function recordBytesOf({ headers }: Truth): number {
  return 240 * (1 + headers.length);
}

export function fileBytes(truth: Truth, said: Said): Uint8Array {
  const sampleBytes = SAMPLE_BYTES[truth.code], recordBytes = recordBytesOf(truth);
  const lengths = Array.from({ length: truth.traces }, (_, trace) => lengthOf(truth, trace));
  const traces = lengths.reduce((sum, samples) => sum + recordBytes + samples * sampleBytes, 0);
  const start = 3600 + 3200 * truth.texts.length;
  const bytes = new Uint8Array(start + traces + 3200 * truth.trailers + said.tail.length);
  const file = new Writer(bytes, truth.order);
  bytes.set(TEXT);
  writeBinaryHeader(file, truth, said);
  truth.texts.forEach((text, i) => bytes.set(text, 3600 + 3200 * i));
  let at = start;
  lengths.forEach((samples, trace) => {
    writeTraceHeader(file, at, truth, trace);
    for (const [of, byte, size, value] of said.words) {
      if (of === "all" || of === trace) file.put(at + byte - 1, size, value);
    }
    at += recordBytes;
    for (let i = 0; i < samples; i++, at += sampleBytes) {
      file.sample(at, truth.code, valueOf(truth.content, trace, i, samples));
    }
  });
  for (let i = 0; i < truth.trailers; i++, at += 3200) bytes.set(TRAILER, at);
  bytes.set(said.tail, at);
  return said.missing > 0 ? bytes.subarray(0, bytes.length - said.missing) : bytes;
}

function writeBinaryHeader(file: Writer, truth: Truth, said: Said): void {
  const put = (byte: number, bytes: 1 | 2 | 4 | 8, value: number) => file.put(byte - 1, bytes, value);
  put(3213, 2, 12);
  put(3217, 2, truth.interval);
  put(3221, 2, truth.samples & 0xffff);
  put(3225, 2, truth.code);
  put(3229, 2, 4);
  put(3255, 2, 1);
  if (truth.constant) put(3297, 4, 0x01020304);
  if (truth.major >= 2 && truth.samples > 0xffff) put(3269, 4, truth.samples);
  file.bytes.set(
    truth.order === "swapped" ? [truth.minor, truth.major] : [truth.major, truth.minor],
    3500,
  );
  put(3503, 2, truth.lengths ? 0 : 1);
  put(3505, 2, truth.texts.length);
  if (truth.major >= 2) put(3507, 2, truth.headers.length);
  if (truth.major >= 2) put(3529, 4, truth.trailers);
  for (const [byte, [bytes, value]] of Object.entries(said.binary)) put(Number(byte), bytes, value);
  for (const [byte, bytes] of said.over) file.bytes.set(bytes, byte - 1);
}

function writeTraceHeader(file: Writer, at: number, truth: Truth, trace: number): void {
  const put = (byte: number, bytes: 2 | 4, value: number) => file.put(at + byte - 1, bytes, value);
  const { style } = truth;
  put(189, 4, 100 + Math.floor(trace / 10));
  put(193, 4, 200 + trace % 10);
  truth.headers.forEach((name, i) => {
    const ends = at + 240 * (i + 2) - 8;
    for (let k = 0; k < 8; k++) file.bytes[ends + k] = name.padEnd(8).charCodeAt(k);
  });
  if (style === "blank") return;
  put(29, 2, trace % 11 === 5 ? 2 : 1);
  put(115, 2, lengthOf(truth, trace) & 0xffff);
  put(117, 2, truth.interval);
  if (style === "few") return;
  put(1, 4, trace + 1);
  put(5, 4, trace + 1);
  put(9, 4, 7 + Math.floor(trace / 12));
  put(13, 4, 1 + trace % 12);
  put(71, 2, -100);
  put(73, 4, 50_000_000 + 2500 * trace);
  put(77, 4, 620_000_000);
  if (style === "usual") return;
  put(35, 2, 1);
  put(69, 2, -10);
  put(89, 2, 1);
  put(109, 2, 4);
  put(157, 2, 1998);
  put(159, 2, 200);
  put(161, 2, 13);
  put(163, 2, trace % 60);
}

/** By the definition of each kind; one of a file's samples. */
function valueOf(content: Content, trace: number, i: number, samples: number): number {
  const depth = i / Math.max(1, samples);
  const ripple = Math.sin(trace * 0.7 + i * 0.31);
  switch (content) {
    case "noise":
      return Math.sin(trace * 12.9898 + i * 78.233) * Math.sin(trace * 3.1 + i * 1.7) * 1000;
    case "velocity":
      return 1500 + 3000 * depth + 40 * ripple;
    case "density":
      return 2.2 + 0.5 * depth + 0.03 * ripple;
    case "impedance":
      return 3e6 + 9e6 * depth + 1e5 * ripple;
    case "envelope":
      return Math.abs(ripple) * 500 * Math.exp(-3 * depth) + 1e-3;
    case "constant":
      return 2500;
    case "muted":
      return depth < 0.6 ? 0 : 50 * ripple;
    case "zeros":
      return 0;
    case "counts":
      return Math.round(90 * ripple);
  }
}

/** Numbers at places of a file, in its order of bytes. */
class Writer {
  readonly #view = new DataView(new ArrayBuffer(8));
  readonly #scratch = new Uint8Array(this.#view.buffer);

  constructor(readonly bytes: Uint8Array, readonly order: FileOrder) {}

  put(at: number, bytes: number, value: number): void {
    if (bytes === 8) this.#view.setFloat64(0, value);
    else this.#view.setInt32(0, value << (8 * (4 - bytes)));
    this.#store(at, bytes);
  }

  sample(at: number, code: number, value: number): void {
    const view = this.#view, bytes = SAMPLE_BYTES[code];
    if (code === 1) view.setUint32(0, ibm(value));
    else if (code === 5) view.setFloat32(0, value);
    else if (code === 6) view.setFloat64(0, value);
    else if (code === 4) view.setUint32(0, (4 << 16) | (Math.round(value / 16) & 0xffff));
    else if (bytes === 8) view.setBigInt64(0, BigInt(Math.round(value)));
    else view.setInt32(0, Math.round(value) << (8 * (4 - bytes)));
    this.#store(at, bytes);
  }

  #store(at: number, bytes: number): void {
    const pairs = this.order === "swapped" && bytes % 2 === 0;
    for (let i = 0; i < bytes; i++) {
      this.bytes[at + i] = this.#scratch[this.order === "little" ? bytes - 1 - i : pairs ? i ^ 1 : i];
    }
  }
}

/** IBM bits of a number by the definition: 0.fraction * 16^(exponent - 64). */
function ibm(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)) / 4) + 1;
  const fraction = Math.min(0xffffff, Math.round(Math.abs(value) / 16 ** exponent * 2 ** 24));
  return ((value < 0 ? 0x80000000 : 0) + (exponent + 64) * 2 ** 24 + fraction) >>> 0;
}

export function page(text: string): Uint8Array {
  return new TextEncoder().encode(text.padEnd(3200).slice(0, 3200));
}

const TEXT = page("C 1 A LINE OF KNOWN TRUTH");
const TRAILER = page("((ACME: Notes ver 1.0)) after the traces");
