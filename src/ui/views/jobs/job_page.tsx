/** The page of one job: what was asked, how it went, what it says, and the error with its fields. */
import { useEffect } from "preact/hooks";
import { ask, verbsOf } from "../../actions/jobs.ts";
import { selectedJobs } from "../../state/ended_filter.ts";
import { jobEntry } from "../../state/jobs.ts";
import { go } from "../../state/route.ts";
import { closeToastsAbout } from "../../state/toasts.ts";
import { JOBS } from "../../texts/jobs.ts";
import { Icon } from "../../widgets/icon.tsx";
import { StateIcon } from "../../widgets/state_icon.tsx";
import { JobError } from "./job_error.tsx";
import { JobFacts } from "./job_facts.tsx";
import { JobLog } from "./job_log.tsx";
import "./job_page.css";

export function JobPage({ id }: { readonly id: string }) {
  const entry = jobEntry(id), state = entry?.job.value.state;
  useEffect(() => closeToastsAbout(id), [state]);
  if (entry === undefined) {
    return (
      <aside class="job-page" aria-label={JOBS.noSuchJob}>
        <header class="job-page-head">
          <p class="second">{JOBS.noSuchJob}</p>
          <Close />
        </header>
      </aside>
    );
  }
  const job = entry.job.value;
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
        <Close />
      </header>
      {job.error !== null && <JobError error={job.error} />}
      <JobFacts entry={entry} />
      <JobLog job={job} />
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
