/** The portions of a block that are processed together: gathers, or runs of traces that fit the processor's cache. */

/** Sample bytes of a portion: well inside a core's second-level cache together with its staging bytes. */
const PORTION_BYTES = 256 << 10;

/** Traces of a portion for processes that take traces one by one; a multiple of 8, the widest group of lanes. */
export function tracesPerPortion(samplesPerTrace: number): number {
  return Math.max(8, Math.floor(PORTION_BYTES / (samplesPerTrace * 4) / 8) * 8);
}

export interface Portion {
  /** Counted from the block's first trace. */
  readonly first: number;
  readonly traces: number;
}

export function portions(traces: number, size: number): Portion[] {
  const found: Portion[] = [];
  for (let first = 0; first < traces; first += size) {
    found.push({ first, traces: Math.min(size, traces - first) });
  }
  return found;
}
