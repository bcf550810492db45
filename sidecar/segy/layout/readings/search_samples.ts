/** Looks for the second trace header where no said number of samples leads to it. */
import { Buffer } from "node:buffer";
import { WORD_BYTES } from "../../../../src/shared/seismic/trace_header.ts";
import { weigh } from "../evidence/evidence.ts";
import type { Opening } from "../opening.ts";
import { type Reading, strideOf } from "../reading.ts";

/** Bytes that are searched: a trace of four million 4-byte samples. */
const FARTHEST = 16 << 20;
/** Places that are tried: in most files the first is right, in others none. */
const MOST_TRIED = 200;

/**
 * The number of samples by which trace headers all over the file follow on each other; undefined when none is found
 * within so many bytes of the first.
 */
export function searchSamples(opening: Opening, reading: Reading, within = FARTHEST): number | undefined {
  const { recordBytes, bytesPerSample, firstTrace } = reading;
  for (const stride of stridesByInterval(opening, firstTrace, within)) {
    const samples = (stride - recordBytes) / bytesPerSample;
    if (!Number.isInteger(samples) || samples < 0) continue;
    if (weigh(opening, { ...reading, samples }).evidence === "proved") return samples || undefined;
  }
  return undefined;
}

/** Whether trace headers lie between those of a reading, all over the file: it skips every second trace or more. */
export function skipsHeaders(opening: Opening, reading: Reading): boolean {
  return stridesByInterval(opening, reading.firstTrace, strideOf(reading)).some((stride) => {
    const traces = { ...reading, recordBytes: stride, samples: 0 };
    return weigh(opening, traces).evidence === "proved";
  });
}

/** Distances from the first header to bytes that repeat what it says of samples and interval, four bytes side by side. */
function stridesByInterval({ file, words }: Opening, firstTrace: number, within: number): number[] {
  const ns = words.find("ns"), dt = words.find("dt");
  if (!ns || !dt || dt.byte !== ns.byte + WORD_BYTES[ns.type]) return [];
  const bytes = Buffer.from(file.read(firstTrace, within));
  const pattern = bytes.subarray(ns.byte - 1, ns.byte + 3);
  if (pattern.every((byte) => byte === 0)) return [];
  const strides: number[] = [];
  let at = bytes.indexOf(pattern, ns.byte + 3);
  while (at >= 0 && strides.length < MOST_TRIED) {
    strides.push(at - (ns.byte - 1));
    at = bytes.indexOf(pattern, at + 1);
  }
  return strides;
}
