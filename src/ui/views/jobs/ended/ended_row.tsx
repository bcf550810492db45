/** One row of the ended jobs: a job, or the head of those that failed for one reason. */
import type { Job } from "../../../../shared/job/job.ts";
import { retryAll } from "../../../actions/many_jobs.ts";
import { count, shortRate } from "../../../format/numbers.ts";
import { fileName } from "../../../format/paths.ts";
import { duration, fullMoment, moment } from "../../../format/times.ts";
import { selectedJobs } from "../../../state/ended/filter.ts";
import { type EndedRow, type ErrorGroup, rateOf, tracesOf } from "../../../state/ended/listed.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { STATE_WORDS, TYPE_WORDS } from "../../../texts/states.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { StateIcon } from "../../../widgets/state_icon.tsx";
import { pick } from "./select_rows.ts";

export interface EndedRowProps {
  readonly row: EndedRow;
  /** The job whose page is open. */
  readonly shown: string;
  /** Where the focus goes when no row is selected. */
  readonly focusable: boolean;
}

export function EndedRowOf({ row, shown, focusable }: EndedRowProps) {
  if (row.kind === "error") return <ErrorRow error={row.error} />;
  return <JobRow job={row.job} isShown={row.job.id === shown} focusable={focusable} />;
}

interface JobRowProps {
  readonly job: Job;
  readonly isShown: boolean;
  readonly focusable: boolean;
}

function JobRow({ job, isShown, focusable }: JobRowProps) {
  const { id, name, state, type, inputs, ranMs, endedAt, tags, error } = job;
  const traces = tracesOf(job), rate = rateOf(job), selected = selectedJobs.value.has(id);
  return (
    <tr
      data-job={id}
      class={isShown ? "is-shown" : ""}
      tabIndex={selected || focusable ? 0 : -1}
      aria-selected={selected}
      onClick={(event) => pick(id, event)}
    >
      <td class="ended-icon">
        <StateIcon state={state} />
        <span class="unseen">{STATE_WORDS[state]}</span>
      </td>
      <td title={error?.message ?? name}>
        {name}
        {tags.map((tag) => <span key={tag} class="job-tag">{tag}</span>)}
        {error !== null && <span class="quiet small ended-error">{error.tag}</span>}
      </td>
      <td class="ended-input second" title={inputs.join("\n")}>{fileName(inputs[0] ?? "")}</td>
      <td class="second">{TYPE_WORDS[type]}</td>
      <td class="number second">{traces === null ? JOBS.none : count(traces)}</td>
      <td class="number second">{duration(ranMs)}</td>
      <td class="number second">{rate === null ? JOBS.none : shortRate(rate)}</td>
      <td class="number second" title={endedAt === null ? "" : fullMoment(endedAt)}>
        {endedAt === null ? JOBS.none : moment(endedAt)}
      </td>
    </tr>
  );
}

function ErrorRow({ error: { tag, message, jobs, first, last } }: { readonly error: ErrorGroup }) {
  return (
    <tr class="error-row">
      <td class="ended-icon">
        <Icon name="octagon-x" />
      </td>
      <td colSpan={7}>
        <span class="error-row-line">
          <b>{tag}</b>
          <span class="second cut" title={message}>{reasonOf(message)}</span>
          <span class="quiet">{JOBS.errorGroup(jobs.length, moment(first), moment(last))}</span>
          <button type="button" class="button" onClick={() => void retryAll(jobs)}>
            <Icon name="rotate-ccw" /> {JOBS.retryGroup}
          </button>
        </span>
      </td>
    </tr>
  );
}

/** The grammar of messages puts what could not be done before the first colon, and what was found after it. */
function reasonOf(message: string): string {
  const cut = message.indexOf(": ");
  return cut < 0 ? message : message.slice(cut + 2);
}
