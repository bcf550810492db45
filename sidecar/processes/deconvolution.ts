/** Runs the process deconvolution: autocorrelation, normal equations of four traces at once, prediction subtracted. */
import {
  deconvolution as spec,
  designSamples,
  type DesignWindow,
  holdsWindow,
  operatorLags,
  recordMs,
} from "../../src/shared/processes/deconvolution.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import { startReader, traceName } from "./header_readers.ts";
import { implement } from "./process.ts";

interface DeconvolutionKernel {
  peak_bits(address: number, count: number): number;
  place_scaled(to: number, from: number, count: number, scale: number, before: number, after: number): void;
  autocorrelate(x: number, count: number, lags: number, r: number, lane: number): void;
  solve_four(r: number, g: number, f: number, a: number, n: number, whitened: number): void;
  take_lane(to: number, from: number, lane: number, n: number): void;
  subtract_prediction(trace: number, x: number, samples: number, f: number, n: number, gap: number): void;
}

/** Traces whose normal equations are solved together. */
const LANES = 4;
/** The kernels read and write in blocks of 32 values. */
const BLOCK = 32;

export const deconvolution = implement({
  spec,
  kernels: ["deconvolution"],
  prepare(parameters, facts, { memory, stopCheck, remark }) {
    const kernel = memory.load<DeconvolutionKernel>("deconvolution");
    const samples = facts.samplesPerTrace;
    const { gap, lastLag } = operatorLags(parameters, facts.intervalUs);
    const { window } = parameters;
    const coefficients = lastLag - gap + 1, lags = lastLag + 1;
    const whitened = 1 + parameters.whiteNoisePercent / 100;
    const room = lags + 2 * BLOCK;
    const copy = memory.allocate((samples + 2 * room) * 4);
    const r = memory.allocate(room * LANES * 8);
    const a = memory.allocate(room * LANES * 8), f = memory.allocate(room * LANES * 8);
    const filter = memory.allocate(room * 4);
    const autocorrelations = new Float64Array(memory.memory.buffer, r, room * LANES);

    function measure(trace: number, lane: number, { first, end }: { first: number; end: number }): void {
      const from = trace + first * 4;
      const scale = exactScale(kernel.peak_bits(from, end - first));
      kernel.place_scaled(copy, from, end - first, scale, 0, room);
      kernel.autocorrelate(copy, end - first, lags, r, lane);
    }

    function subtract(trace: number, lane: number): void {
      kernel.take_lane(filter, f, lane, coefficients);
      kernel.place_scaled(copy, trace, samples, 1, room, room);
      kernel.subtract_prediction(trace, copy + room * 4, samples, filter, coefficients, gap);
    }

    return {
      kind: "in_place",
      apply(block) {
        const startMs = window === undefined ? () => 0 : startReader(block.headers, remark);
        const designOf = (trace: number) => {
          if (window) {
            requireWindow(window, block.headers, trace, recordMs(facts, startMs(trace)), facts.name);
          }
          return designSamples(window, facts, startMs(trace));
        };
        for (let start = 0; start < block.traces; start += LANES) {
          stopCheck();
          const count = Math.min(LANES, block.traces - start);
          if (count < LANES) autocorrelations.fill(0);
          for (let lane = 0; lane < count; lane++) {
            measure(block.at(start + lane), lane, designOf(start + lane));
          }
          kernel.solve_four(r, r + gap * LANES * 8, f, a, coefficients, whitened);
          for (let lane = 0; lane < count; lane++) subtract(block.at(start + lane), lane);
        }
      },
    };
  },
});

/** A power of two that brings the largest magnitude near one, so that squares neither overflow nor vanish. */
function exactScale(peakBits: number): number {
  const exponent = (peakBits >> 23) - 127;
  return peakBits === 0 || exponent > 127 ? 1 : 2 ** -Math.max(-126, Math.min(126, exponent));
}

/** Records may begin at different times: the window of the flow must lie in each. */
function requireWindow(
  window: DesignWindow,
  headers: HeaderRecords,
  trace: number,
  record: DesignWindow,
  file: string,
): void {
  if (holdsWindow(record, window)) return;
  const message =
    `Cannot deconvolve ${traceName(headers, trace)} in ${file}: expected its record to hold the ` +
    `design window, ${window.startMs} to ${window.endMs} ms, found ${record.startMs} to ${record.endMs} ms: ` +
    `choose a window that every trace holds, or none`;
  throw new SeisProcError("header-invalid", message, { file, field: "delrt", found: record.startMs });
}
