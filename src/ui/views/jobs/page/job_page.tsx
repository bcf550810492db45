/** The page of one job: what was asked, how it went, what it says, and the error with its fields. */
import { useEffect } from "preact/hooks";
import { ask, verbsOf } from "../../../actions/jobs.ts";
import { selectedJobs } from "../../../state/ended/filter.ts";
import { type JobEntry, jobEntry } from "../../../state/jobs.ts";
import { go } from "../../../state/route.ts";
import { closeToastsAbout } from "../../../state/toasts.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { ProgressBar } from "../../../widgets/progress_bar.tsx";
import { StateIcon } from "../../../widgets/state_icon.tsx";
import { JobError } from "./job_error.tsx";
import { JobFacts } from "./job_facts.tsx";
import { JobLog } from "./job_log.tsx";
import { JobMenu } from "./job_menu.tsx";
import { JobOutputs } from "./job_outputs.tsx";
import { JobTimeline } from "./job_timeline.tsx";
import { Throughput } from "./throughput.tsx";
import { Rerun } from "./rerun.tsx";
import { useJournal, useRequest } from "./use_job.ts";
import "./job_page.css";

export function JobPage({ id }: { readonly id: string }) {
  const entry = jobEntry(id), state = entry?.job.value.state;
  useEffect(() => closeToastsAbout(id), [state]);
  return entry === undefined ? <NoJob /> : <Sheet id={id} entry={entry} />;
}

function Sheet({ id, entry }: { readonly id: string; readonly entry: JobEntry }) {
  const job = entry.job.value;
  const request = useRequest(id), journal = useJournal(job);
  return (
    <aside class="job-page" aria-label={job.name}>
      <header class="job-page-head">
        <StateIcon state={job.state} />
        <h2 class="cut">{job.name}</h2>
        {verbsOf(job.state).includes("retry_job") && (
          <button
            type="button"
            class={selectedJobs.value.has(id) ? "button primary is-twice" : "button primary"}
            onClick={() => void ask("retry_job", id)}
          >
            <Icon name="rotate-ccw" /> {JOBS.retry}
          </button>
        )}
        <Rerun job={job} />
        <JobMenu job={job} request={request} events={journal} />
        <Close />
      </header>
      {job.error !== null && <JobError error={job.error} input={job.inputs[0] ?? null} />}
      <Reached entry={entry} />
      <JobFacts entry={entry} request={request} />
      <JobOutputs job={job} />
      <JobTimeline events={journal} />
      <Throughput events={journal} />
      <JobLog name={job.name} events={journal} />
    </aside>
  );
}

/** How far a job is, or came before it ended otherwise. */
function Reached({ entry: { job, progress } }: { readonly entry: JobEntry }) {
  const { state, name } = job.value, reached = progress.value;
  if (state === "completed" || reached === null) return null;
  const label = JOBS.reachedBar(name);
  return <ProgressBar class={`job-reached is-${state}`} fraction={reached.fraction} label={label} />;
}

function NoJob() {
  return (
    <aside class="job-page" aria-label={JOBS.noSuchJob}>
      <header class="job-page-head">
        <p class="second">{JOBS.noSuchJob}</p>
        <Close />
      </header>
    </aside>
  );
}

function Close() {
  return (
    <button type="button" class="icon-button" aria-label={JOBS.closePage} onClick={() => go("jobs")}>
      <Icon name="x" />
    </button>
  );
}
