/** A job that has not ended: what it does, how far it is, and what can be asked of it. */
import { ask, type JobVerb, verbsOf } from "../../actions/jobs.ts";
import { count, megabyteRate, percent, traceRate } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import type { JobEntry } from "../../state/jobs.ts";
import { go } from "../../state/route.ts";
import { JOBS } from "../../texts/jobs.ts";
import { STATE_WORDS } from "../../texts/states.ts";
import { Icon } from "../../widgets/icon.tsx";
import { ProgressBar } from "../../widgets/progress_bar.tsx";
import { StateIcon } from "../../widgets/state_icon.tsx";
import { Lanes } from "./lanes.tsx";
import "./job_card.css";

const BUTTONS: readonly { readonly verb: JobVerb; readonly label: string; readonly icon: string }[] = [
  { verb: "pause_job", label: JOBS.pause, icon: "pause" },
  { verb: "resume_job", label: JOBS.resume, icon: "play" },
  { verb: "finish_job", label: JOBS.finish, icon: "circle-stop" },
  { verb: "cancel_job", label: JOBS.cancel, icon: "x" },
];

export function JobCard({ entry }: { readonly entry: JobEntry }) {
  const { id, name, state, plan, reason } = entry.job.value;
  const output = plan?.outputs[0]?.path ?? "";
  return (
    <article class="job-card" aria-label={name}>
      <div class="job-line">
        <StateIcon state={state} />
        <h2 class="job-name cut">{name}</h2>
        <span class="job-what cut">
          <span class="job-state">
            {STATE_WORDS[state]}
            {reason !== null && state !== "running" && <span class="quiet">, {reason}</span>}
          </span>
          {output !== "" && <span class="quiet cut" title={output}>→ {fileName(output)}</span>}
        </span>
        <Figures entry={entry} />
        <Buttons id={id} verbs={verbsOf(state)} />
      </div>
      <Progress entry={entry} />
    </article>
  );
}

/** The figures of a running job; each has its place, so that nothing moves as they change. */
function Figures({ entry }: { readonly entry: JobEntry }) {
  const progress = entry.progress.value;
  if (progress === null) return <span class="job-figures" />;
  const { fraction, traces, tracesPerSecond, megabytesPerSecond, secondsLeft, stalled, warnings } = progress;
  const runs = entry.job.value.state === "running";
  return (
    <span class="job-figures">
      {warnings > 0 && <span class="warn">{JOBS.warnings(warnings)}</span>}
      {stalled && runs && <span class="warn">{JOBS.stalled}</span>}
      <span class="job-share">
        <b>{percent(fraction)}</b> <span class="quiet">{JOBS.of(count(traces.total))}</span>
      </span>
      <span class="job-rate quiet">
        {runs && `${traceRate(tracesPerSecond.smoothed)} · ${megabyteRate(megabytesPerSecond.smoothed)}`}
      </span>
      <span class="job-left">{runs && secondsLeft !== null && duration(secondsLeft * 1000)}</span>
    </span>
  );
}

function Progress({ entry }: { readonly entry: JobEntry }) {
  const progress = entry.progress.value;
  return (
    <>
      <ProgressBar fraction={progress?.fraction ?? 0} label={entry.job.value.name} />
      {progress !== null && progress.lanes.length > 1 && <Lanes progress={progress} />}
    </>
  );
}

function Buttons({ id, verbs }: { readonly id: string; readonly verbs: readonly JobVerb[] }) {
  return (
    <span class="job-buttons">
      {BUTTONS.filter(({ verb }) => verbs.includes(verb)).map(({ verb, label, icon }) => (
        <button
          key={verb}
          type="button"
          class="icon-button"
          aria-label={label}
          title={label}
          onClick={() => void ask(verb, id)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <button
        type="button"
        class="icon-button"
        aria-label={JOBS.details}
        title={JOBS.details}
        onClick={() => go("jobs", id)}
      >
        <Icon name="chevron-right" />
      </button>
    </span>
  );
}

function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
