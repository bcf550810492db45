/** What can be done with the ended jobs that are selected. */
import type { Job } from "../../../../shared/job/job.ts";
import { tagAll, verbsOf } from "../../../actions/jobs.ts";
import { removeAll, retryAll } from "../../../actions/many_jobs.ts";
import { copyJobs, saveJobs } from "../../../actions/history/export_jobs.ts";
import { selectedJobs } from "../../../state/ended/filter.ts";
import { endedJobs } from "../../../state/jobs.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { Menu, MenuItem } from "../../../widgets/menu.tsx";

/** The tag of jobs that no retention removes. */
const PINNED = "pinned";

export function SelectedJobs() {
  const jobs = endedJobs.value.filter(({ id }) => selectedJobs.value.has(id));
  if (jobs.length === 0) return null;
  const failed = jobs.filter(({ state }) => verbsOf(state).includes("retry_job"));
  return (
    <>
      <span class="quiet">{JOBS.selected(jobs.length)}</span>
      <button
        type="button"
        class="button"
        disabled={failed.length === 0}
        onClick={() => void retryAll(jobs)}
      >
        <Icon name="rotate-ccw" /> {failed.length > 1 ? JOBS.retrySome(failed.length) : JOBS.retry}
      </button>
      <button type="button" class="button" onClick={() => void removeAll(jobs)}>
        <Icon name="trash-2" /> {jobs.length > 1 ? JOBS.removeSome(jobs.length) : JOBS.remove}
      </button>
      <Menu label={JOBS.tags} icon="tag">
        <Tags jobs={jobs} />
      </Menu>
      <Menu label={JOBS.exportSome} icon="download">
        <MenuItem icon="copy" onClick={() => void copyJobs(jobs)}>{JOBS.copyTable}</MenuItem>
        <MenuItem icon="save" onClick={() => saveJobs(jobs, "csv")}>{JOBS.saveCsv}</MenuItem>
        <MenuItem icon="save" onClick={() => saveJobs(jobs, "json")}>{JOBS.saveJson}</MenuItem>
      </Menu>
    </>
  );
}

function Tags({ jobs }: { readonly jobs: readonly Job[] }) {
  const there = [...new Set(jobs.flatMap(({ tags }) => tags))].filter((tag) => tag !== PINNED).sort();
  const arePinned = jobs.every(({ tags }) => tags.includes(PINNED));
  return (
    <>
      <MenuItem icon="pin" onClick={() => void tagAll(jobs, PINNED, !arePinned)}>
        {arePinned ? JOBS.unpin : JOBS.pin}
      </MenuItem>
      <form
        class="field-row"
        onSubmit={(event) => {
          event.preventDefault();
          const tag = String(new FormData(event.currentTarget).get("tag") ?? "").trim();
          if (tag !== "") void tagAll(jobs, tag, true);
          event.currentTarget.reset();
        }}
      >
        <input
          class="input"
          name="tag"
          aria-label={JOBS.addTag}
          placeholder={JOBS.addTag}
          autocomplete="off"
        />
        <button type="submit" class="icon-button" aria-label={JOBS.addTag}>
          <Icon name="plus" />
        </button>
      </form>
      {there.map((tag) => (
        <MenuItem key={tag} icon="x" onClick={() => void tagAll(jobs, tag, false)}>
          {JOBS.removeTag(tag)}
        </MenuItem>
      ))}
    </>
  );
}
