/** The figures of a job that has not ended. Each has its place, so that nothing moves as they change. */
import type { JobProgress } from "../../../../shared/job/progress.ts";
import { count, megabyteRate, percent, traceRate } from "../../../format/numbers.ts";
import { durationRange, fullMoment, moment } from "../../../format/times.ts";
import type { JobEntry } from "../../../state/jobs.ts";
import { timeLeft } from "../../../state/pace.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { Sparkline } from "../../../widgets/sparkline.tsx";

const SLOTS = 60;

export function CardFigures({ entry }: { readonly entry: JobEntry }) {
  const progress = entry.progress.value;
  if (progress === null) return <span class="job-figures" />;
  const { fraction, traces, tracesPerSecond, megabytesPerSecond } = progress;
  const runs = entry.job.value.state === "running";
  const { rates } = entry.pace.value, left = runs ? timeLeft(progress, entry.pace.value) : null;
  return (
    <span class="job-figures">
      <span class="job-share">
        <b>{percent(fraction)}</b> <span class="quiet">{JOBS.of(count(traces.total))}</span>
      </span>
      <span class="job-spark">
        {runs && (
          <Sparkline
            values={rates}
            most={Math.max(1, ...rates)}
            slots={SLOTS}
            label={JOBS.rateLine}
          />
        )}
      </span>
      <span class="job-rate quiet" title={runs ? JOBS.now(traceRate(tracesPerSecond.now)) : ""}>
        {runs && `${traceRate(tracesPerSecond.smoothed)} · ${megabyteRate(megabytesPerSecond.smoothed)}`}
      </span>
      <span class="job-left">{left !== null && durationRange(left.fromMs, left.toMs)}</span>
    </span>
  );
}

interface CardPlaceProps {
  readonly entry: JobEntry;
  readonly progress: JobProgress;
}

/** Where the job is: its phase, what is done of how much, what went wrong, and when it will end. */
export function CardPlace({ entry, progress }: CardPlaceProps) {
  const { phase, phases, traces, gathers, warnings, stalled } = progress;
  const runs = entry.job.value.state === "running";
  const left = runs ? timeLeft(progress, entry.pace.value) : null;
  const end = left && Date.now() + left.toMs;
  return (
    <p class="job-place quiet small">
      <span>{JOBS.phaseOf(phase, phases.indexOf(phase) + 1, phases.length)}</span>
      <span>{JOBS.tracesOf(count(traces.done), count(traces.total))}</span>
      {gathers.total > 0 && <span>{JOBS.gathersOf(count(gathers.done), count(gathers.total))}</span>}
      {stalled && runs && <Warning text={JOBS.stalled} />}
      {warnings > 0 && <Warning text={JOBS.warnings(warnings)} />}
      {end !== null && <span class="job-end" title={fullMoment(end)}>{JOBS.doneAbout(moment(end))}</span>}
    </p>
  );
}

function Warning({ text }: { readonly text: string }) {
  return (
    <span class="warn">
      <Icon name="triangle-alert" size={12} /> {text}
    </span>
  );
}
