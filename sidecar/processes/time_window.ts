/** Runs the process time_window. */
import { movedStartMs, timeWindow as spec, windowSamples } from "../../src/shared/processes/time_window.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { setStart, startReader } from "./header_readers.ts";
import { implement } from "./process.ts";

/** Copies and zeroes runs of samples: plain TypeScript is as fast as memory here. */
export const timeWindow = implement({
  spec,
  kernels: [],
  prepare(parameters, facts, { remark }) {
    const { samplesPerTrace, intervalUs } = facts;

    function zero(block: TraceBlock): void {
      const startMs = startReader(block.headers, remark);
      for (let trace = 0; trace < block.traces; trace++) {
        const { first, end } = windowSamples(parameters, startMs(trace), intervalUs);
        const row = block.row(trace);
        row.fill(0, 0, Math.max(0, first));
        row.fill(0, Math.max(0, end));
      }
    }

    function cut(input: TraceBlock, output: TraceBlock): void {
      const startMs = startReader(input.headers, remark);
      const count = output.samplesPerTrace;
      for (let trace = 0; trace < input.traces; trace++) {
        const traceStartMs = startMs(trace);
        const { first } = windowSamples(parameters, traceStartMs, intervalUs);
        const from = Math.max(0, first), end = Math.min(samplesPerTrace, first + count);
        const row = output.row(trace);
        if (from > first || end < first + count) {
          row.fill(0);
          remark({ kind: "outside_record", process: spec.id });
        }
        if (end > from) row.set(input.row(trace).subarray(from, end), from - first);
        setShape(output, trace, movedStartMs(traceStartMs, first, intervalUs));
      }
    }

    return parameters.mode === "cut" ? { kind: "reshape", apply: cut } : { kind: "in_place", apply: zero };
  },
});

/** The trace's own count, where its word can hold it, and its start. */
function setShape({ headers, samplesPerTrace }: TraceBlock, trace: number, startMs: number): void {
  if (samplesPerTrace <= 0xffff) headers.set(trace, headers.word("ns"), samplesPerTrace);
  setStart(headers, trace, startMs);
}
