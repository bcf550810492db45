/** What the progress of a run tells: whether it moves at all, and how often it is worth writing down. */
import type { JobProgress } from "../../../src/shared/job/progress.ts";

const LIVE_EVERY_MS = 250;
/** The journal gets progress each second at first and ever more rarely, so that it stays short. */
const JOURNAL_EVERY_MS = 1000;
const JOURNAL_SHARE = 0.01;

/** What must change for progress to be one. */
type Measure = readonly [fraction: number, traces: number, bytesRead: number, phase: string];

export class ProgressWatch {
  readonly #stallMs: number;
  readonly #clock: () => number;
  readonly #startedAt: number;
  #measure: Measure = [-1, -1, -1, ""];
  #movedAt: number;
  #stalled = false;
  #journaledAt = -Infinity;
  #liveAt = -Infinity;

  /** `stallMs`: without a move for so long the run counts as stalled. */
  constructor(stallMs: number, clock: () => number = () => performance.now()) {
    this.#stallMs = stallMs;
    this.#clock = clock;
    this.#startedAt = this.#movedAt = clock();
  }

  get ranMs(): number {
    return this.#clock() - this.#startedAt;
  }

  /** A sign of life that is no progress. */
  moved(): void {
    this.#movedAt = this.#clock();
  }

  /** Takes progress in and returns it as it is shown: stalled until it moves. */
  hear(progress: JobProgress): JobProgress {
    const measure = measureOf(progress);
    if (measure.some((value, i) => value !== this.#measure[i])) {
      this.#measure = measure;
      this.#movedAt = this.#clock();
      this.#stalled = false;
    }
    return { ...progress, stalled: progress.stalled || this.#stalled };
  }

  /** True once when nothing has moved for too long. */
  beginsToStall(): boolean {
    if (this.#stalled || this.#clock() - this.#movedAt <= this.#stallMs) return false;
    return this.#stalled = true;
  }

  /** True when the journal is due; then it is taken for written. */
  isForJournal(): boolean {
    const wait = Math.max(JOURNAL_EVERY_MS, this.ranMs * JOURNAL_SHARE);
    if (this.#clock() - this.#journaledAt < wait) return false;
    this.#journaledAt = this.#clock();
    return true;
  }

  /** The same for the file that other processes look at. */
  isForOthers(): boolean {
    if (this.#clock() - this.#liveAt < LIVE_EVERY_MS) return false;
    this.#liveAt = this.#clock();
    return true;
  }
}

function measureOf({ fraction, traces, bytesRead, phase }: JobProgress): Measure {
  return [fraction, traces.done, bytesRead, phase];
}
