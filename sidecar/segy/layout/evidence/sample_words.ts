/** Some samples of a file as the words that they are stored as, for telling what numbers they are. */
import { wordPermutation } from "../../format/byte_order.ts";
import type { Opening } from "../opening.ts";
import type { VariableTraces } from "../segy_layout.ts";
import { type Reading, strideOf } from "../reading.ts";

/** Neighbouring samples of one trace, 4 bytes each, as unsigned numbers. */
export interface Window {
  /** From 0. */
  readonly trace: number;
  readonly words: Uint32Array;
}

const TRACES = 32;
/** Tops are often muted and ends often padded: samples come from three places of a trace. */
const PLACES = [0.25, 0.5, 0.75] as const;
const WINDOW = 100;

/** From up to 32 of the `whole` traces that are there, at their places. */
export function sampleWords(
  { file, order }: Opening,
  reading: Reading,
  whole: number,
  lengths?: VariableTraces,
): Window[] {
  const { firstTrace, recordBytes } = reading;
  const step = Math.max(1, Math.floor(whole / TRACES));
  const traces = Array.from({ length: Math.min(TRACES, whole) }, (_, i) => i * step);
  return traces.flatMap((trace) =>
    windowsIn(lengths?.samples[trace] ?? reading.samples).map(([first, count]) => {
      const begin = lengths?.offsets[trace] ?? firstTrace + trace * strideOf(reading);
      const offset = begin + recordBytes + 4 * first;
      return { trace, words: bigEndianWords(file.read(offset, 4 * count), order) };
    })
  );
}

/** First sample and number of samples of each window. */
function windowsIn(samples: number): [number, number][] {
  if (samples <= PLACES.length * WINDOW) return [[0, samples]];
  return PLACES.map((place) => [Math.floor(place * samples) - WINDOW / 2, WINDOW]);
}

function bigEndianWords(bytes: Uint8Array, order: Opening["order"]): Uint32Array {
  const [a, b, c, d] = wordPermutation(order, 4);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, i) => {
    const at = i * 4;
    return (bytes[at + a] << 24 | bytes[at + b] << 16 | bytes[at + c] << 8 | bytes[at + d]) >>> 0;
  });
}

const scratch = new DataView(new ArrayBuffer(4));

export function ieeeToNumber(word: number): number {
  scratch.setUint32(0, word);
  return scratch.getFloat32(0);
}
