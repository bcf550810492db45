/** Chooses and feeds the kernels that turn SEG-Y samples into float32 and back. */
import { assertUnreachable } from "../../../src/shared/assert.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { OutputFormat } from "../../traces/trace_sink.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import { type ByteOrder, wordPermutation } from "./byte_order.ts";

/** Addresses in the kernels' memory; returns how many samples are not finite. */
export type Decode = (
  source: number,
  stride: number,
  target: number,
  traces: number,
  samples: number,
) => number;

/** Addresses in the kernels' memory; returns how many samples are not finite or do not fit. */
export type Encode = (
  source: number,
  target: number,
  stride: number,
  traces: number,
  samples: number,
) => number;

type DecodeKernel = (
  source: number,
  stride: number,
  target: number,
  traces: number,
  samples: number,
  table: number,
) => number;
type PlainKernel = (
  source: number,
  stride: number,
  target: number,
  traces: number,
  samples: number,
  bytes: number,
  order: number,
) => number;
type EncodeKernel = (
  source: number,
  target: number,
  stride: number,
  traces: number,
  samples: number,
  table: number,
) => number;

interface DecodeKernels {
  decode_ibm: DecodeKernel;
  decode_float32: DecodeKernel;
  decode_int32: DecodeKernel;
  decode_int16: DecodeKernel;
  decode_int: PlainKernel;
  decode_uint: PlainKernel;
  decode_float64: PlainKernel;
  decode_gain: PlainKernel;
}

interface EncodeKernels {
  encode_float32: EncodeKernel;
  encode_ibm: EncodeKernel;
  encode_int32: EncodeKernel;
  encode_int16: EncodeKernel;
  encode_int8: EncodeKernel;
}

/** Bytes that a decoder may read after the last sample. */
export const DECODE_OVERREAD = 16;

export function sampleDecoder(code: number, order: ByteOrder, memory: KernelMemory): Decode {
  const kernels = memory.load<DecodeKernels>("sample_decode");
  const bytes = SAMPLE_FORMATS.get(code)?.bytes ?? 4;
  const vector = (kernel: DecodeKernel): Decode => {
    const table = decodeTable(memory, order, bytes);
    return (source, stride, target, traces, samples) =>
      kernel(source, stride, target, traces, samples, table);
  };
  const plain = (kernel: PlainKernel): Decode => {
    const number = ["big", "little", "swapped"].indexOf(order);
    return (source, stride, target, traces, samples) =>
      kernel(source, stride, target, traces, samples, bytes, number);
  };
  if (code === 1) return vector(kernels.decode_ibm);
  if (code === 2) return vector(kernels.decode_int32);
  if (code === 3) return vector(kernels.decode_int16);
  if (code === 4) return plain(kernels.decode_gain);
  if (code === 5) return vector(kernels.decode_float32);
  if (code === 6) return plain(kernels.decode_float64);
  return plain(SAMPLE_FORMATS.get(code)?.kind === "uint" ? kernels.decode_uint : kernels.decode_int);
}

/** Laid out as `assembly/sample_decode.ts` says. */
function decodeTable(memory: KernelMemory, order: ByteOrder, bytes: number): number {
  const table = memory.allocate(96);
  swizzle(memory, table, order, bytes);
  const words = new Int32Array(memory.memory.buffer, table, 24);
  words.fill(0x00ffffff, 4, 8).fill(0x7f, 8, 12).fill(13, 12, 16).fill(-0x80000000, 16, 20).fill(0, 20, 24);
  return table;
}

/** For 16 bytes of words: where each byte of a little-endian word, as kernels want it, lies in the file's word. */
function swizzle(memory: KernelMemory, table: number, order: ByteOrder, bytes: number): void {
  const within = wordPermutation(order, bytes).reverse();
  const mask = new Uint8Array(memory.memory.buffer, table, 16);
  for (let i = 0; i < 16; i++) mask[i] = Math.floor(i / bytes) * bytes + within[i % bytes];
}

export function sampleEncoder(format: OutputFormat, littleEndian: boolean, memory: KernelMemory): Encode {
  const kernels = memory.load<EncodeKernels>("sample_encode");
  const order = littleEndian ? "little" : "big";
  const run = (kernel: EncodeKernel, table: number): Encode => (source, target, stride, traces, samples) =>
    kernel(source, target, stride, traces, samples, table);
  switch (format) {
    case "ieee":
      return run(kernels.encode_float32, floatTable(memory, order));
    case "ibm":
      return run(kernels.encode_ibm, floatTable(memory, order));
    case "int32":
      return run(kernels.encode_int32, integerTable(memory, order, 4));
    case "int16":
      return run(kernels.encode_int16, integerTable(memory, order, 2));
    case "int8":
      return run(kernels.encode_int8, integerTable(memory, order, 1));
    default:
      return assertUnreachable(format);
  }
}

/**
 * Constants: the least and the greatest number that fits. Samples are float32, where the greatest int32 is 2^31 like all
 * that is rounded to it: it fits, and is written as 2^31 - 1.
 */
function integerTable(memory: KernelMemory, order: ByteOrder, bytes: number): number {
  const table = memory.allocate(160);
  const within = wordPermutation(order, bytes).reverse();
  const mask = new Uint8Array(memory.memory.buffer, table, 16).fill(0x80);
  for (let i = 0; i < 4 * bytes; i++) mask[i] = Math.floor(i / bytes) * 4 + within[i % bytes];
  const limit = 2 ** (8 * bytes - 1);
  const constants = new Float32Array(memory.memory.buffer, table, 40);
  constants.fill(-limit, 4, 8).fill(bytes === 4 ? limit : limit - 1, 8, 12);
  return table;
}

/**
 * Constants of IBM floats: 2^64, smallest unscaled, 0x7fffffff, 24 + 127, 126 - 3, one half; 16 and 64 as integers.
 * IEEE floats need none.
 */
function floatTable(memory: KernelMemory, order: ByteOrder): number {
  const table = memory.allocate(160);
  swizzle(memory, table, order, 4);
  const floats = new Float32Array(memory.memory.buffer, table, 40);
  const words = new Int32Array(memory.memory.buffer, table, 40);
  floats.fill(2 ** 64, 4, 8).fill(2 ** -94, 8, 12).fill(0.5, 24, 28);
  words.fill(0x7fffffff, 12, 16).fill(24 + 127, 16, 20).fill(126 - 3, 20, 24).fill(16, 28, 32);
  words.fill(64, 32, 36).fill(0, 36, 40);
  return table;
}
