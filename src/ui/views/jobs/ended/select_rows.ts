/** How rows of the ended jobs are selected: by pointer and by keys, as in any list of files. */
import { removeAll, retryAll } from "../../../actions/many_jobs.ts";
import { selectedJobs, selectJobs } from "../../../state/ended/filter.ts";
import { listedJobs, listedRows } from "../../../state/ended/listed.ts";
import { endedJobs } from "../../../state/jobs.ts";
import { go } from "../../../state/route.ts";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** A click selects and shows; with Ctrl it adds or takes away, with Shift it selects up to here. */
export function pick(id: string, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  const ids = idsInOrder(), selected = [...selectedJobs.value];
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

export function onRowKey(event: KeyboardEvent): void {
  const row = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
  const id = row?.dataset.job;
  if (id === undefined || event.target !== row) return;
  const ids = idsInOrder();
  if (event.key in STEPS) step(ids, id, STEPS[event.key], event.shiftKey);
  else if (event.key === "Home") step(ids, id, -ids.length, event.shiftKey);
  else if (event.key === "End") step(ids, id, ids.length, event.shiftKey);
  else if (event.key === "Enter") go("jobs", id);
  else if (event.key === " ") toggle(id);
  else if (event.key === "Delete") void removeAll(selected());
  else if (event.key === "r") void retryAll(selected());
  else if (event.key === "a" && (event.ctrlKey || event.metaKey)) selectJobs(ids);
  else return;
  event.preventDefault();
}

function step(ids: readonly string[], id: string, by: number, isAdding: boolean): void {
  const next = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(id) + by))];
  selectJobs(isAdding ? [...selectedJobs.value, next] : [next]);
  const rows = listedRows.value;
  const at = rows.findIndex((row) => row.kind === "job" && row.job.id === next);
  bringIntoSight(at);
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`tr[data-job="${CSS.escape(next)}"]`)?.focus()
  );
}

/** A row that is far away does not exist until the list is scrolled there. */
function bringIntoSight(row: number): void {
  const box = document.querySelector<HTMLElement>(".ended-rows");
  const height = box?.querySelector<HTMLElement>("tr[data-job]")?.offsetHeight ?? 0;
  if (box === null || height === 0) return;
  const top = row * height, room = box.clientHeight - 2 * height;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
}

function toggle(id: string): void {
  const chosen = [...selectedJobs.value];
  selectJobs(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
}

function idsInOrder(): readonly string[] {
  return listedRows.value.length === listedJobs.value.length
    ? listedJobs.value.map(({ id }) => id)
    : listedRows.value.flatMap((row) => row.kind === "job" ? [row.job.id] : []);
}

function selected() {
  return endedJobs.value.filter(({ id }) => selectedJobs.value.has(id));
}
