/** What ended: a filter, and a table of which only the rows in sight exist. */
import { useState } from "preact/hooks";
import { attempt } from "../../actions/failure.ts";
import { askAll, loadAllJobs } from "../../actions/jobs.ts";
import type { Job } from "../../../shared/job/job.ts";
import { count, shortRate } from "../../format/numbers.ts";
import { duration, fullMoment, moment } from "../../format/times.ts";
import { listedJobs, selectedJobs, selectJobs } from "../../state/ended_filter.ts";
import { activeJobs, endedJobs, jobsInWorkspace } from "../../state/jobs.ts";
import { go } from "../../state/route.ts";
import { JOBS } from "../../texts/jobs.ts";
import { STATE_WORDS, TYPE_WORDS } from "../../texts/states.ts";
import { Empty } from "../../widgets/empty.tsx";
import { StateIcon } from "../../widgets/state_icon.tsx";
import { VirtualRows } from "../../widgets/virtual_rows.tsx";
import { EndedFilter } from "./ended_filter_bar.tsx";
import "./ended_jobs.css";

export function EndedJobs({ shown }: { readonly shown: string }) {
  const jobs = listedJobs.value;
  if (endedJobs.value.length === 0) return <Empty what={JOBS.endedEmptyWhat} why={JOBS.endedEmptyWhy} />;
  return (
    <div class="ended">
      <EndedFilter />
      {jobs.length === 0 && <p class="ended-nothing second">{JOBS.nothingFits}</p>}
      {jobs.length > 0 && (
        <VirtualRows
          class="ended-rows"
          label={JOBS.ended}
          items={jobs}
          multiselectable
          columns={<Columns />}
          row={(job, i) => <Row key={job.id} job={job} shown={job.id === shown} first={i === 0} />}
          onKeyDown={onKey}
        />
      )}
      <MoreThere />
    </div>
  );
}

function Columns() {
  const { columns } = JOBS;
  return (
    <thead>
      <tr>
        <th class="ended-icon">
          <span class="unseen">{JOBS.facts.state}</span>
        </th>
        <th>{columns.name}</th>
        <th class="ended-type">{columns.type}</th>
        <th class="ended-figure number">{columns.traces}</th>
        <th class="ended-figure number">{columns.took}</th>
        <th class="ended-figure number">{columns.rate}</th>
        <th class="ended-figure number">{columns.ended}</th>
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly job: Job;
  readonly shown: boolean;
  readonly first: boolean;
}

function Row({ job, shown, first }: RowProps) {
  const { id, name, state, type, result, progress, ranMs, endedAt } = job;
  const traces = result?.tracesRead ?? progress?.traces.done ?? null;
  const selected = selectedJobs.value.has(id);
  const rate = traces !== null && result !== null && result.seconds > 0 ? traces / result.seconds : null;
  return (
    <tr
      data-job={id}
      class={shown ? "is-shown" : ""}
      tabIndex={selected || (first && selectedJobs.value.size === 0) ? 0 : -1}
      aria-selected={selected}
      onClick={(event) => pick(id, event)}
    >
      <td class="ended-icon">
        <StateIcon state={state} />
        <span class="unseen">{STATE_WORDS[state]}</span>
      </td>
      <td title={name}>{name}</td>
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

/** A click selects and shows; with Ctrl it adds or takes away, with Shift it selects up to here. */
function pick(id: string, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  const ids = listedJobs.value.map((job) => job.id);
  const selected = [...selectedJobs.value];
  if (ctrlKey || metaKey) {
    toggle(id);
  } else if (shiftKey && selected.length > 0) {
    const [from, to] = [ids.indexOf(selected[0]), ids.indexOf(id)].sort((a, b) => a - b);
    selectJobs([selected[0], ...ids.slice(from, to + 1)]);
  } else {
    selectJobs([id]);
    go("jobs", id);
  }
}

function toggle(id: string): void {
  const selected = [...selectedJobs.value];
  selectJobs(selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id]);
}

function onKey(event: KeyboardEvent): void {
  const row = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
  const id = row?.dataset.job;
  if (id === undefined) return;
  const ids = listedJobs.value.map((job) => job.id);
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  if (event.key in steps) {
    const next = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(id) + steps[event.key]))];
    if (event.shiftKey) selectJobs([...selectedJobs.value, next]);
    else selectJobs([next]);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`tr[data-job="${next}"]`)?.focus());
  } else if (event.key === "Enter") go("jobs", id);
  else if (event.key === " ") toggle(id);
  else if (event.key === "Delete") {
    void askAll(
      "remove_job",
      endedJobs.value.filter((job) => selectedJobs.value.has(job.id)),
    );
  } else if (event.key === "a" && event.ctrlKey) selectJobs(ids);
  else return;
  event.preventDefault();
}

/** The list is cut to what the stream began with: that is said, with a way to the rest. */
function MoreThere() {
  const [loading, setLoading] = useState(false);
  const there = endedJobs.value.length, total = jobsInWorkspace.value - activeJobs.value.length;
  if (there >= total) return null;
  const load = async () => {
    setLoading(true);
    await attempt(loadAllJobs);
    setLoading(false);
  };
  return (
    <p class="ended-more second small">
      {JOBS.cut(count(there), count(total))}
      <button type="button" class="button" disabled={loading} onClick={() => void load()}>
        {JOBS.loadAll}
      </button>
    </p>
  );
}
