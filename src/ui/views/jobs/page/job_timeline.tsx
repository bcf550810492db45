/** Which states a job went through: as one bar in their shares of time, and as a list. */
import type { JobEvent } from "../../../../shared/job/events.ts";
import { duration, fullMoment, logTime } from "../../../format/times.ts";
import { staysOf } from "../../../state/job_course.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { STATE_WORDS } from "../../../texts/states.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { StateIcon } from "../../../widgets/state_icon.tsx";

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
            {/* What is over does not turn. */}
            {state === "running" && ms !== null
              ? (
                <span class="state-icon">
                  <Icon name="play" size={14} />
                </span>
              )
              : <StateIcon state={state} />}
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
