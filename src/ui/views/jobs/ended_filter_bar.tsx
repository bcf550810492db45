/** The bar over the ended jobs: text and states to filter by, and what can be done with those selected. */
import { askAll, verbsOf } from "../../actions/jobs.ts";
import { count } from "../../format/numbers.ts";
import {
  endedCounts,
  type EndedGroup,
  endedGroups,
  endedText,
  filterEndedText,
  selectedJobs,
  toggleEndedGroup,
} from "../../state/ended_filter.ts";
import { endedJobs } from "../../state/jobs.ts";
import { JOBS } from "../../texts/jobs.ts";
import { Icon } from "../../widgets/icon.tsx";

const GROUPS: readonly EndedGroup[] = ["failed", "completed", "cancelled"];

export function EndedFilter() {
  return (
    <div class="ended-bar">
      <label class="ended-search">
        <span class="unseen">{JOBS.filter}</span>
        <Icon name="search" />
        <input
          class="input"
          type="search"
          placeholder={JOBS.filter}
          value={endedText.value}
          onInput={(event) => filterEndedText(event.currentTarget.value)}
        />
      </label>
      {GROUPS.filter((group) => endedCounts.value[group] > 0 || endedGroups.value.has(group)).map((group) => (
        <button
          key={group}
          type="button"
          class="chip"
          aria-pressed={endedGroups.value.has(group)}
          onClick={() => toggleEndedGroup(group)}
        >
          {JOBS.states[group]} {count(endedCounts.value[group])}
        </button>
      ))}
      <span class="ended-space" />
      <Selected />
    </div>
  );
}

function Selected() {
  const jobs = endedJobs.value.filter(({ id }) => selectedJobs.value.has(id));
  if (jobs.length === 0) return null;
  const canRetry = jobs.some(({ state }) => verbsOf(state).includes("retry_job"));
  return (
    <>
      <span class="quiet">{JOBS.selected(jobs.length)}</span>
      <button
        type="button"
        class="button"
        disabled={!canRetry}
        onClick={() => void askAll("retry_job", jobs)}
      >
        <Icon name="rotate-ccw" /> {JOBS.retry}
      </button>
      <button type="button" class="button" onClick={() => void askAll("remove_job", jobs)}>
        <Icon name="trash-2" /> {JOBS.remove}
      </button>
    </>
  );
}
