/** The jobs of one drop as one card with one bar, opened to see each. */
import { useState } from "preact/hooks";
import type { GroupSummary } from "../../../../shared/job/group.ts";
import { JOB_STATES } from "../../../../shared/job/job.ts";
import { changeGroup, retryFailedOf } from "../../../actions/many_jobs.ts";
import { count, percent } from "../../../format/numbers.ts";
import { duration } from "../../../format/times.ts";
import type { JobEntry } from "../../../state/jobs.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { STATE_WORDS } from "../../../texts/states.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { ProgressBar } from "../../../widgets/progress_bar.tsx";
import { JobCard } from "./job_card.tsx";
import "./group_card.css";

export interface GroupCardProps {
  readonly group: GroupSummary;
  readonly entries: readonly JobEntry[];
}

export function GroupCard({ group, entries }: GroupCardProps) {
  const [open, setOpen] = useState(false);
  const { name, jobs, fraction, traces, secondsLeft } = group;
  return (
    <>
      <article class="job-card group-card" aria-label={name}>
        <div class="job-line">
          <button
            type="button"
            class="icon-button group-open"
            aria-expanded={open}
            aria-label={JOBS.showGroup(name)}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? "chevron-down" : "chevron-right"} />
          </button>
          <h2 class="job-name cut" title={name}>{name}</h2>
          <span class="job-what cut second">{statesOf(group)}</span>
          <span class="job-figures">
            <span class="job-share">
              <b>{percent(fraction)}</b> <span class="quiet">{JOBS.ofJobs(jobs)}</span>
            </span>
            <span class="job-left">{secondsLeft !== null && duration(secondsLeft * 1000)}</span>
          </span>
          <GroupButtons group={group} />
        </div>
        <ProgressBar fraction={fraction} label={name} />
        {traces.total > 0 && (
          <p class="job-place quiet small">{JOBS.tracesOf(count(traces.done), count(traces.total))}</p>
        )}
      </article>
      {open && entries.map((entry) => <JobCard key={entry.id} entry={entry} nested />)}
    </>
  );
}

/** `3 completed, 1 failed, 1 running, 5 queued`. */
export function statesOf({ states }: Pick<GroupSummary, "states">): string {
  return JOB_STATES.flatMap((state) => {
    const found = states[state] ?? 0;
    return found === 0 ? [] : [`${count(found)} ${STATE_WORDS[state]}`];
  }).join(", ");
}

function GroupButtons({ group: { id, states } }: { readonly group: GroupSummary }) {
  const among = (...wanted: readonly (keyof typeof states)[]) =>
    wanted.some((state) => (states[state] ?? 0) > 0);
  const failed = (states.failed ?? 0) + (states.timed_out ?? 0);
  return (
    <span class="job-buttons">
      {failed > 0 && (
        <button type="button" class="button" onClick={() => void retryFailedOf(id)}>
          <Icon name="rotate-ccw" /> {JOBS.retrySome(failed)}
        </button>
      )}
      {among("running", "queued") && <Verb id={id} verb="pause" label={JOBS.pause} icon="pause" />}
      {among("paused", "interrupted") && <Verb id={id} verb="resume" label={JOBS.resume} icon="play" />}
      <Verb id={id} verb="cancel" label={JOBS.cancel} icon="x" />
    </span>
  );
}

interface VerbProps {
  readonly id: string;
  readonly verb: "pause" | "resume" | "cancel";
  readonly label: string;
  readonly icon: string;
}

function Verb({ id, verb, label, icon }: VerbProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => void changeGroup(id, verb)}
    >
      <Icon name={icon} />
    </button>
  );
}
