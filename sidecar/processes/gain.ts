/** Runs the process gain. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { gain as spec } from "../../src/shared/processes/gain.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { gainFactors } from "./gain_factors.ts";
import { startReader, traceName } from "./header_readers.ts";
import { implement } from "./process.ts";

interface GainKernel {
  /** Multiplies `count` float32 values by as many factors. */
  multiply_by_table(address: number, factors: number, count: number): void;
}

export const gain = implement({
  spec,
  kernels: ["gain"],
  prepare(law, { samplesPerTrace, intervalUs, name }, { memory, remark }) {
    const kernel = memory.load<GainKernel>("gain");
    const factors = memory.allocate(samplesPerTrace * 4);
    const table = new Float32Array(memory.memory.buffer, factors, samplesPerTrace);
    const isTimed = law.timePower !== 0 || law.expPerSecond !== 0;
    let tableStartMs = NaN;

    /** The factors follow from the start alone: it does not matter what was asked before. */
    function factorsFrom(startMs: number): number {
      if (startMs !== tableStartMs) table.set(gainFactors(law, samplesPerTrace, intervalUs, startMs));
      tableStartMs = startMs;
      return factors;
    }

    return {
      kind: "in_place",
      apply(block) {
        const startMs = isTimed ? startReader(block.headers, remark) : () => 0;
        for (let trace = 0; trace < block.traces; trace++) {
          const start = startMs(trace);
          if (start < 0 && law.timePower !== 0) throw beforeZero(block.headers, trace, start, name);
          kernel.multiply_by_table(block.at(trace), factorsFrom(start), samplesPerTrace);
        }
      },
    };
  },
});

function beforeZero(headers: HeaderRecords, trace: number, startMs: number, file: string): SeisProcError {
  const message =
    `Cannot apply a power of time to ${traceName(headers, trace)} in ${file}: expected a start at or ` +
    `after time zero, found ${startMs} ms (delrt): take timePower 0, or run the traces that begin earlier by themselves`;
  return new SeisProcError("header-invalid", message, { file, field: "delrt", found: startMs });
}
