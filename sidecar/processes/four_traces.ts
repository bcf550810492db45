/** The lanes of the kernels: four traces at a time. */
import type { TraceBlock } from "../traces/trace_block.ts";

/** Calls `work` for each run of up to four traces: the byte address, how many they are, and the first one's number. */
export function eachFour(
  block: TraceBlock,
  work: (address: number, count: number, first: number) => void,
): void {
  for (let trace = 0; trace < block.traces; trace += 4) {
    work(block.at(trace), Math.min(4, block.traces - trace), trace);
  }
}
