/** A job that has not ended: what it does, how far it is, and what can be asked of it. */
import { fileName } from "../../../format/paths.ts";
import type { JobEntry } from "../../../state/jobs.ts";
import { STATE_WORDS } from "../../../texts/states.ts";
import { ProgressBar } from "../../../widgets/progress_bar.tsx";
import { StateIcon } from "../../../widgets/state_icon.tsx";
import { CardButtons } from "./card_buttons.tsx";
import { CardFigures, CardPlace } from "./card_figures.tsx";
import { Lanes } from "./lanes.tsx";
import { QueueGrip } from "./queue_grip.tsx";
import "./job_card.css";

export interface JobCardProps {
  readonly entry: JobEntry;
  /** Inside a group: without what the group says already. */
  readonly nested?: boolean;
}

export function JobCard({ entry, nested = false }: JobCardProps) {
  const job = entry.job.value;
  const { id, name, state, inputs, outputs, reason } = job;
  const input = inputs[0] ?? "", output = outputs[0] ?? "";
  return (
    <article class={nested ? "job-card is-nested" : "job-card"} aria-label={name} data-job={id}>
      <div class="job-line">
        {state === "queued" ? <QueueGrip job={job} /> : <StateIcon state={state} />}
        <h2 class="job-name cut" title={name}>{name}</h2>
        <span class="job-what cut">
          <span class="job-state">
            {STATE_WORDS[state]}
            {reason !== null && state !== "running" && <span class="quiet">, {reason}</span>}
          </span>
          {output !== "" && (
            <span class="quiet cut" title={`${input} → ${output}`}>
              {fileName(input)} → {fileName(output)}
            </span>
          )}
        </span>
        <CardFigures entry={entry} />
        <CardButtons job={job} />
      </div>
      <Progress entry={entry} />
    </article>
  );
}

function Progress({ entry }: { readonly entry: JobEntry }) {
  const progress = entry.progress.value, { state, name } = entry.job.value;
  return (
    <>
      <ProgressBar fraction={progress?.fraction ?? 0} label={name} class={`is-${state}`} />
      {progress !== null && progress.lanes.length > 1 && state === "running" && <Lanes progress={progress} />}
      {progress !== null && <CardPlace entry={entry} progress={progress} />}
    </>
  );
}
