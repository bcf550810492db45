/** The bar over the ended jobs: what they are filtered by, and what can be done with those selected. */
import { JOB_TYPES } from "../../../../shared/job/job.ts";
import { count } from "../../../format/numbers.ts";
import {
  clearEndedFilter,
  ENDED_DAYS,
  ENDED_GROUPS,
  endedFilter,
  filterEnded,
  isFiltering,
  selectedJobs,
  toggleEndedGroup,
} from "../../../state/ended/filter.ts";
import { endedCounts, endedTags } from "../../../state/ended/listed.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { TYPE_WORDS } from "../../../texts/states.ts";
import { Choice } from "../../../widgets/choice.tsx";
import { Icon } from "../../../widgets/icon.tsx";
import { SavedViews } from "./saved_views.tsx";
import { SelectedJobs } from "./selected_jobs.tsx";

export function EndedFilterBar() {
  const { text } = endedFilter.value;
  return (
    <div class={selectedJobs.value.size > 0 ? "ended-bar has-selection" : "ended-bar"}>
      <label class="ended-search">
        <span class="unseen">{JOBS.filter}</span>
        <Icon name="search" />
        <input
          class="input"
          type="search"
          placeholder={JOBS.filter}
          value={text}
          onInput={(event) => filterEnded({ text: event.currentTarget.value })}
        />
      </label>
      <States />
      <Choices />
      <SavedViews />
      <span class="ended-space" />
      <SelectedJobs />
    </div>
  );
}

function States() {
  const { groups, byError } = endedFilter.value, counts = endedCounts.value;
  return (
    <>
      {ENDED_GROUPS.filter((group) => counts[group] > 0 || groups.includes(group)).map((group) => (
        <button
          key={group}
          type="button"
          class="chip"
          aria-pressed={groups.includes(group)}
          onClick={() => toggleEndedGroup(group)}
        >
          {JOBS.states[group]} {count(counts[group])}
        </button>
      ))}
      {(counts.failed > 0 || byError) && (
        <button
          type="button"
          class="chip"
          aria-pressed={byError}
          onClick={() => filterEnded({ byError: !byError })}
        >
          {JOBS.byError}
        </button>
      )}
    </>
  );
}

function Choices() {
  const { type, tag, days, ids } = endedFilter.value, tags = endedTags.value;
  return (
    <>
      <Choice
        label={JOBS.filterType}
        none={JOBS.anyType}
        choices={JOB_TYPES.map((one) => [one, TYPE_WORDS[one]])}
        chosen={type}
        onChoose={(type) => filterEnded({ type })}
      />
      <Choice
        label={JOBS.filterTime}
        none={JOBS.anyTime}
        choices={ENDED_DAYS.map((one) => [one, JOBS.lastDays(one)])}
        chosen={days}
        onChoose={(days) => filterEnded({ days })}
      />
      {(tags.length > 0 || tag !== null) && (
        <Choice
          label={JOBS.filterTag}
          none={JOBS.anyTag}
          choices={[...new Set([...tags, ...(tag === null ? [] : [tag])])].map((one) => [one, one])}
          chosen={tag}
          onChoose={(tag) => filterEnded({ tag })}
        />
      )}
      {ids !== null && <span class="chip" aria-pressed="true">{JOBS.onlyThese(ids.length)}</span>}
      {isFiltering(endedFilter.value) && (
        <button type="button" class="ended-clear" onClick={clearEndedFilter}>{JOBS.clearFilter}</button>
      )}
    </>
  );
}
