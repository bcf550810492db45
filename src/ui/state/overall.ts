/** All work in one bar, for the status bar, the title and the head of Jobs. */
import { computed } from "@preact/signals";
import { activeJobs } from "./jobs.ts";

import { type TimeLeft, timeLeft } from "./pace.ts";

export interface OverallWork {
  /** 0 to 1 over what runs and waits, each job weighted by its estimated time. */
  readonly fraction: number;
  /** Null until every running job knows its rate. */
  readonly left: TimeLeft | null;
}

export const overallWork = computed<OverallWork>(() => {
  let done = 0, total = 0, left: TimeLeft | null = { fromMs: 0, toMs: 0 };
  for (const { job, progress, pace } of activeJobs.value) {
    const { state, estimate } = job.value;
    if (state === "paused" || state === "interrupted") continue;
    const weight = Math.max(1, estimate?.seconds ?? 1);
    done += weight * (progress.value?.fraction ?? 0);
    total += weight;
    const waits = state === "queued" || state === "created";
    const one = waits ? { fromMs: weight * 1000, toMs: weight * 1000 } : timeLeft(progress.value, pace.value);
    left = left && one && { fromMs: left.fromMs + one.fromMs, toMs: left.toMs + one.toMs };
  }
  return { fraction: total === 0 ? 0 : done / total, left: total === 0 ? null : left };
});
