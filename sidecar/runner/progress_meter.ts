/** Measures how far a job is, how fast, and what it takes. */
import type { JobProgress, Rate, WorkerLane } from "../../src/shared/job/progress.ts";
import type { ControlBlock, LaneCounts } from "./control_block.ts";

/** Work that an earlier attempt finished, by what is counted. */
export interface KeptWork {
  readonly blocks: number;
  readonly traces: number;
  readonly gathers: number;
}

export interface MeterTotals {
  readonly blocks: number;
  readonly traces: number;
  readonly gathers: number;
  readonly phases: readonly string[];
}

const STALLED_AFTER_MS = 5000;
/** Time constant of the smoothed rates. */
const SMOOTHING_MS = 3000;

interface Sample {
  readonly ms: number;
  readonly traces: number;
  readonly bytes: number;
}

/** Turns the counters of the control block into progress. Time comes from a clock that never jumps. */
export class ProgressMeter {
  readonly #control: ControlBlock;
  readonly #totals: MeterTotals;
  readonly #kept: KeptWork;
  readonly #memoryBytes: () => number;
  readonly #clock: () => number;
  phase: string;
  warnings = 0;
  #last: Sample;
  #traceRate: Rate = { now: 0, smoothed: 0 };
  #byteRate: Rate = { now: 0, smoothed: 0 };
  #laneRates: number[];
  #lastLanes: readonly LaneCounts[];
  #beats = -1;
  #lastBeatMs: number;
  #peakMemory = 0;

  constructor(
    control: ControlBlock,
    totals: MeterTotals,
    kept: KeptWork,
    memoryBytes: () => number,
    clock: () => number = () => performance.now(),
  ) {
    this.#control = control;
    this.#totals = totals;
    this.#kept = kept;
    this.#memoryBytes = memoryBytes;
    this.#clock = clock;
    this.phase = totals.phases[0];
    const ms = clock();
    this.#last = { ms, traces: 0, bytes: 0 };
    this.#lastBeatMs = ms;
    this.#lastLanes = this.#lanes();
    this.#laneRates = this.#lastLanes.map(() => 0);
  }

  get peakMemoryBytes(): number {
    this.#peakMemory = Math.max(this.#peakMemory, this.#memoryBytes());
    return this.#peakMemory;
  }

  /** Sums over workers of this attempt. */
  counts() {
    const lanes = this.#lanes();
    const sum = (pick: (lane: LaneCounts) => number) => lanes.reduce((total, lane) => total + pick(lane), 0);
    return {
      traces: sum((lane) => lane.traces),
      gathers: sum((lane) => lane.gathers),
      blocks: sum((lane) => lane.blocks),
      bytesRead: sum((lane) => lane.bytesRead),
      bytesWritten: sum((lane) => lane.bytesWritten),
    };
  }

  measure(): JobProgress {
    const ms = this.#clock();
    const lanes = this.#lanes();
    const counts = this.counts();
    this.#updateRates(ms, counts.traces, counts.bytesRead + counts.bytesWritten, lanes);
    const totals = this.#totals, kept = this.#kept;
    const tracesDone = Math.min(totals.traces, kept.traces + counts.traces);
    const rate = this.#traceRate.smoothed;
    return {
      phase: this.phase,
      phases: totals.phases,
      fraction: totals.traces === 0 ? 1 : tracesDone / totals.traces,
      blocks: { done: kept.blocks + counts.blocks, total: totals.blocks },
      gathers: { done: kept.gathers + counts.gathers, total: totals.gathers },
      traces: { done: tracesDone, total: totals.traces },
      tracesPerSecond: this.#traceRate,
      megabytesPerSecond: { now: this.#byteRate.now / 1e6, smoothed: this.#byteRate.smoothed / 1e6 },
      secondsLeft: rate > 0 ? (totals.traces - tracesDone) / rate : null,
      lanes: lanes.map((lane, worker): WorkerLane => ({
        worker,
        doing: lane.doing,
        block: lane.block,
        tracesDone: lane.traces,
        tracesPerSecond: this.#laneRates[worker],
      })),
      bytesRead: counts.bytesRead,
      bytesWritten: counts.bytesWritten,
      stalled: this.#stalled(ms),
      peakMemoryBytes: this.peakMemoryBytes,
      warnings: this.warnings,
    };
  }

  #updateRates(ms: number, traces: number, bytes: number, lanes: readonly LaneCounts[]): void {
    const elapsed = ms - this.#last.ms;
    if (elapsed < 20) return;
    const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
    this.#traceRate = nextRate(this.#traceRate, (traces - this.#last.traces) / elapsed * 1000, weight);
    this.#byteRate = nextRate(this.#byteRate, (bytes - this.#last.bytes) / elapsed * 1000, weight);
    this.#laneRates = lanes.map((lane, i) => (lane.traces - this.#lastLanes[i].traces) / elapsed * 1000);
    this.#last = { ms, traces, bytes };
    this.#lastLanes = lanes;
  }

  #stalled(ms: number): boolean {
    const beats = this.#control.beats;
    if (beats !== this.#beats) {
      this.#beats = beats;
      this.#lastBeatMs = ms;
    }
    return ms - this.#lastBeatMs > STALLED_AFTER_MS;
  }

  #lanes(): readonly LaneCounts[] {
    return Array.from({ length: this.#control.workers }, (_, worker) => this.#control.read(worker));
  }
}

function nextRate(rate: Rate, now: number, weight: number): Rate {
  const smoothed = rate.smoothed === 0 ? now : rate.smoothed + weight * (now - rate.smoothed);
  return { now, smoothed };
}
