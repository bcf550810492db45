/** The head of Jobs: how many run, wait and failed today, all work in one bar, and what can be asked of all. */
import { computed } from "@preact/signals";
import { useState } from "preact/hooks";
import { cancelAll } from "../../actions/jobs.ts";
import { count } from "../../format/numbers.ts";
import { durationRange, moment } from "../../format/times.ts";
import { filterEnded } from "../../state/ended/filter.ts";
import { activeJobs, endedJobs } from "../../state/jobs.ts";
import { overallWork } from "../../state/overall.ts";
import { JOBS } from "../../texts/jobs.ts";
import { Confirm } from "../../widgets/confirm.tsx";
import { Icon } from "../../widgets/icon.tsx";
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
      {failedToday.value > 0 && <FailedToday />}
      {running.value + queued.value > 0 && <AllWork />}
      {activeJobs.value.length > 0 && <CancelAll />}
    </div>
  );
}

function Figure({ value, name }: { readonly value: number; readonly name: string }) {
  return (
    <p class="jobs-figure">
      <span class="figure">{count(value)}</span>
      <span class="second small">{name}</span>
    </p>
  );
}

/** Leads to them: what failed is what somebody has to look at. */
function FailedToday() {
  const show = () => filterEnded({ groups: ["failed"], days: 1, text: "", type: null, tag: null, ids: null });
  return (
    <button type="button" class="jobs-figure" onClick={show}>
      <span class="figure danger">{count(failedToday.value)}</span>
      <span class="second small">{JOBS.failedToday}</span>
    </button>
  );
}

function AllWork() {
  const { fraction, left } = overallWork.value;
  return (
    <div class="jobs-all">
      <p>
        <span class="second">{JOBS.allWork}</span>
        {left !== null && (
          <span>
            <b>{durationRange(left.fromMs, left.toMs)}</b>{" "}
            <span class="second">{JOBS.leftUntil(moment(Date.now() + left.toMs))}</span>
          </span>
        )}
      </p>
      <ProgressBar fraction={fraction} label={JOBS.allWork} />
    </div>
  );
}

function CancelAll() {
  const [asking, setAsking] = useState(false), [keep, setKeep] = useState(false);
  return (
    <>
      <button type="button" class="jobs-cancel" onClick={() => setAsking(true)}>
        <Icon name="x" /> {JOBS.cancelAll}
      </button>
      {asking && (
        <Confirm
          title={JOBS.cancelAllTitle(activeJobs.value.length)}
          verb={JOBS.cancelAll}
          onClose={() => setAsking(false)}
          onDo={() => void cancelAll(keep)}
        >
          <p class="second">{JOBS.cancelAllWhat}</p>
          <label class="jobs-keep">
            <input
              type="checkbox"
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
            />
            {JOBS.keepPartial}
          </label>
        </Confirm>
      )}
    </>
  );
}

function isFailure(state: string): boolean {
  return state === "failed" || state === "timed_out";
}
