/** All work in one bar, for the status bar, the title and the head of Jobs. */
import { computed } from "@preact/signals";
import { activeJobs } from "./jobs.ts";

export interface OverallWork {
  /** 0 to 1 over what runs and waits, each job weighted by its estimated time. */
  readonly fraction: number;
  /** Null until every running job knows its rate. */
  readonly msLeft: number | null;
}

export const overallWork = computed<OverallWork>(() => {
  let done = 0, total = 0, msLeft: number | null = 0;
  for (const { job, progress } of activeJobs.value) {
    const { state, estimate } = job.value;
    if (state === "paused" || state === "interrupted") continue;
    const weight = Math.max(1, estimate?.seconds ?? 1);
    const fraction = progress.value?.fraction ?? 0;
    done += weight * fraction;
    total += weight;
    const left = state === "queued" || state === "created" ? weight : progress.value?.secondsLeft ?? null;
    msLeft = msLeft === null || left === null ? null : msLeft + left * 1000;
  }
  return { fraction: total === 0 ? 0 : done / total, msLeft: total === 0 ? null : msLeft };
});
