/** Which states a job went through: as one bar in their shares of time, and as a list. */
import type { JobEvent } from "../../../../shared/job/events.ts";
import type { JobState } from "../../../../shared/job/job.ts";
import { duration, fullMoment, logTime } from "../../../format/times.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { STATE_WORDS } from "../../../texts/states.ts";
import { StateIcon } from "../../../widgets/state_icon.tsx";

export interface Stay {
  readonly state: JobState;
  readonly at: number;
  /** Null: still there, or it ended with this state. */
  readonly ms: number | null;
  readonly attempt: number;
}

export function JobTimeline({ events }: { readonly events: readonly JobEvent[] }) {
  const stays = staysOf(events);
  if (stays.length === 0) return null;
  const attempts = stays[stays.length - 1].attempt;
  return (
    <section class="job-part" aria-label={JOBS.timeline}>
      <h3 class="section-title">{JOBS.timeline}</h3>
      <div class="stays" aria-hidden="true">
        {stays.filter(({ ms }) => ms !== null && ms > 0).map(({ state, at, ms }) => (
          <i key={at} class={`stay is-${state}`} style={{ flexGrow: Math.sqrt(ms ?? 0) }} />
        ))}
      </div>
      <ol class="stay-list small">
        {stays.map(({ state, at, ms, attempt }, i) => (
          <li key={i}>
            <StateIcon state={state} />
            <span>
              {STATE_WORDS[state]}
              {attempts > 1 && state === "queued" && (
                <span class="quiet">, {JOBS.attemptNumber(attempt)}</span>
              )}
            </span>
            <span class="quiet" title={fullMoment(at)}>{logTime(at)}</span>
            <span class="second stay-time">{ms !== null && duration(ms)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The states of a journal in order; measured durations where there are any, else by the clock of the wall. */
export function staysOf(events: readonly JobEvent[]): readonly Stay[] {
  const changes = events.flatMap((event) => event.event === "state" ? [event] : []);
  let attempt = 1;
  return changes.map(({ to, at, ...change }, i) => {
    if ("why" in change && (change.why === "retried" || change.why === "repeated")) attempt++;
    const next = changes[i + 1];
    const ms = next === undefined ? null : next.ms ?? Math.max(0, next.at - at);
    return { state: to, at, ms, attempt };
  });
}
