/** The head of Jobs: how many run, wait and failed today, and all work in one bar. */
import { computed } from "@preact/signals";
import { count } from "../../format/numbers.ts";
import { duration, moment } from "../../format/times.ts";
import { activeJobs, endedJobs } from "../../state/jobs.ts";
import { overallWork } from "../../state/overall.ts";
import { JOBS } from "../../texts/jobs.ts";
import { ProgressBar } from "../../widgets/progress_bar.tsx";
import "./jobs_head.css";

const running = computed(() => activeJobs.value.filter(({ job }) => job.value.state === "running").length);
const queued = computed(() => activeJobs.value.filter(({ job }) => job.value.state === "queued").length);
const failedToday = computed(() => {
  const midnight = new Date().setHours(0, 0, 0, 0);
  return endedJobs.value.filter(({ state, endedAt }) => isFailure(state) && (endedAt ?? 0) >= midnight)
    .length;
});

export function JobsHead() {
  return (
    <div class="jobs-head">
      <Figure value={running.value} name={JOBS.running} />
      <Figure value={queued.value} name={JOBS.queued} />
      {failedToday.value > 0 && <Figure value={failedToday.value} name={JOBS.failedToday} class="danger" />}
      {running.value > 0 && <AllWork />}
    </div>
  );
}

function Figure({ value, name, class: className = "" }: { value: number; name: string; class?: string }) {
  return (
    <p class="jobs-figure">
      <span class={`figure ${className}`}>{count(value)}</span>
      <span class="second small">{name}</span>
    </p>
  );
}

function AllWork() {
  const { fraction, msLeft } = overallWork.value;
  return (
    <div class="jobs-all">
      <p>
        <span class="second">{JOBS.allWork}</span>
        {msLeft !== null && <span>{JOBS.left(duration(msLeft), moment(Date.now() + msLeft))}</span>}
      </p>
      <ProgressBar fraction={fraction} label={JOBS.allWork} />
    </div>
  );
}

function isFailure(state: string): boolean {
  return state === "failed" || state === "timed_out";
}
