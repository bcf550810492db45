/** Traces of different lengths, followed from header to header. */
import { agreement } from "../evidence/header_agreement.ts";
import { TraceHeaderProbe } from "../evidence/trace_header_probe.ts";
import type { Opening } from "../opening.ts";
import { endOfTraces, type Reading } from "../reading.ts";
import type { VariableTraces } from "../segy_layout.ts";

export interface Walk extends VariableTraces {
  /** Where the last whole trace ends, counted from 0. */
  readonly reached: number;
  /** The file ends within the trace that begins at `reached`. */
  readonly isCut: boolean;
}

/** A walk that does not reach the end must at least come so far, or leave no more bytes. */
const MOST_OF_FILE = 0.9;
const LEFT_OVER = 1 << 16;

/**
 * Goes from header to header, each as far from the next as its own number of samples puts it. Undefined when that does
 * not lead through the file, or all traces have one length.
 */
export function walkTraces(opening: Opening, reading: Reading): Walk | undefined {
  const { firstTrace } = reading;
  const end = endOfTraces(opening.file, reading);
  const { offsets, samples, reached, isCut } = follow(opening, reading, end);
  const traces = offsets.length - (isCut ? 1 : 0);
  const far = (reached - firstTrace) / (end - firstTrace);
  const leads = reached === end
    ? traces > 1
    : traces > 3 && (isCut || far >= MOST_OF_FILE || end - reached <= LEFT_OVER);
  // A last header that is damaged makes no file of different lengths.
  const whole = isCut ? samples.slice(0, -1) : samples;
  if (!leads || whole.every((count) => count === samples[0])) return undefined;
  return { offsets: Float64Array.from(offsets), samples: Uint32Array.from(samples), reached, isCut };
}

function follow(opening: Opening, { firstTrace, recordBytes, bytesPerSample }: Reading, end: number) {
  const probe = new TraceHeaderProbe(opening, recordBytes);
  const first = probe.read(firstTrace);
  const offsets: number[] = [], samples: number[] = [];
  let at = firstTrace, isCut = false;
  for (let trace = 0; first && at < end; trace++) {
    const header = probe.read(at);
    const count = header?.samples ?? 0;
    if (!header || count === 0) break;
    if (trace > 0 && agreement(header, first, trace, count) !== "same") break;
    const next = at + recordBytes + count * bytesPerSample;
    offsets.push(at);
    samples.push(count);
    isCut = next > end;
    if (isCut) break;
    at = next;
  }
  return { offsets, samples, reached: at, isCut };
}
