/** One time axis for the traces of a gather, which may begin at different times. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { axisSamples, type SurveyFacts } from "../../src/shared/seismic/survey.ts";
import { samplesOfMs } from "../../src/shared/units.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { SINC_TAPS, sincFilter } from "../kernels/sinc_filters.ts";
import type { TraceBlock } from "../traces/trace_block.ts";
import { startReader } from "./header_readers.ts";
import { liveRange } from "./live_range.ts";
import type { TellRemark } from "./process.ts";

/** Where a trace begins on the axis: `whole` samples and a fraction from 0 on below 1 after the axis' first sample. */
export interface AxisShift {
  readonly whole: number;
  readonly fraction: number;
}

export interface GatherAxis {
  /** The earliest start of the gather's traces. */
  readonly startMs: number;
  readonly shifts: readonly AxisShift[];
}

/** Shifts closer than this to whole samples are whole. */
const WHOLE = 1e-6;

/**
 * The axis of a gather: from its earliest start, in steps of the sample interval.
 * @throws header-invalid when traces lie farther apart than the survey was found to be
 */
export function gatherAxis(
  { traces, headers }: Pick<TraceBlock, "traces" | "headers">,
  facts: SurveyFacts,
  remark: TellRemark,
): GatherAxis {
  const startOf = startReader(headers, remark);
  const starts = Array.from({ length: traces }, (_, trace) => startOf(trace));
  const startMs = starts.reduce((least, start) => Math.min(least, start));
  const shifts = starts.map((start) => shiftOf(samplesOfMs(start - startMs, facts.intervalUs)));
  const last = shifts.reduce((most, { whole }) => Math.max(most, whole), 0);
  const room = axisSamples(facts) - facts.samplesPerTrace;
  if (last > room) throw tooFarApart(starts, facts);
  return { startMs, shifts };
}

function shiftOf(samples: number): AxisShift {
  const nearest = Math.round(samples);
  if (Math.abs(samples - nearest) < WHOLE) return { whole: nearest, fraction: 0 };
  const whole = Math.floor(samples);
  return { whole, fraction: samples - whole };
}

function tooFarApart(starts: readonly number[], { startSpreadMs = 0 }: SurveyFacts): SeisProcError {
  const spread = Math.max(...starts) - Math.min(...starts);
  const message =
    `Cannot put the traces of a gather on one time axis: expected starts at most ${startSpreadMs} ` +
    `ms apart, as in the input, found ${spread} ms: change delay recording times (delrt) in a flow of its own first`;
  return new SeisProcError("header-invalid", message, { file: "", field: "delrt", found: spread });
}

/** A trace on the axis: `samples` samples at `address`, from sample `first` of the axis on. */
export interface PlacedTrace {
  readonly address: number;
  readonly first: number;
  readonly samples: number;
}

interface StaticsKernel {
  shift_trace(trace: number, padded: number, samples: number, whole: number, filter: number): void;
}

/** Kernels that `axisPlacer` loads. */
export const AXIS_KERNELS: readonly string[] = ["statics"];

/**
 * Places traces on an axis. Whole shifts need no copy; with a fraction the trace is interpolated by the sinc filters of
 * `statics` into a place of its own, which the next one overwrites. Nothing is made outside the live samples, so that a
 * mute stays a mute.
 */
export function axisPlacer(
  memory: KernelMemory,
  samples: number,
): (block: TraceBlock, trace: number, shift: AxisShift) => PlacedTrace {
  const kernel = memory.load<StaticsKernel>("statics");
  const scratch = memory.allocate((samples + 1) * 4), padded = memory.allocate((samples + 25) * 4);
  const filter = memory.allocate(SINC_TAPS * 4);
  const filterView = new Float32Array(memory.memory.buffer, filter, SINC_TAPS);
  const row = new Float32Array(memory.memory.buffer, scratch, samples + 1);
  return (block, trace, { whole, fraction }) => {
    if (fraction === 0) return { address: block.at(trace), first: whole, samples };
    const live = liveRange(block.row(trace));
    row.set(block.row(trace));
    row[samples] = 0;
    // Sample i becomes the value at i - fraction: one sample back and 1 - fraction on.
    filterView.set(sincFilter(1 - fraction));
    kernel.shift_trace(scratch, padded, samples + 1, -1, filter);
    row.fill(0, 0, Math.ceil(live.first + fraction));
    row.fill(0, Math.max(0, Math.floor(live.end - 1 + fraction) + 1));
    return { address: scratch, first: whole, samples };
  };
}
