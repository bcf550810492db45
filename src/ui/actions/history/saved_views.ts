/** Filters of the ended jobs under names of the user's, kept in the workspace. */
import { theSidecar } from "../../connection/sidecar.ts";
import { endedFilter, filterEnded, parseEndedFilter } from "../../state/ended/filter.ts";
import { type SavedView, setViews } from "../../state/ended/saved_views.ts";
import { attempt } from "../failure.ts";

const kind = "view";

export function loadViews(): Promise<boolean> {
  return attempt(async () => {
    const { documents } = await theSidecar().ask("list_documents", { kind });
    const views = documents.map(async ({ name }): Promise<SavedView> => {
      const { value } = await theSidecar().ask("get_document", { kind, name });
      return { name, filter: parseEndedFilter(value) };
    });
    setViews(await Promise.all(views));
  });
}

/** What is listed now, under this name; one of the same name is replaced. */
export function saveView(name: string): Promise<boolean> {
  const { ids: _, ...value } = endedFilter.value;
  return attempt(async () => {
    await theSidecar().ask("put_document", { kind, name, value });
    await loadViews();
  });
}

export function removeView(name: string): Promise<boolean> {
  return attempt(async () => {
    await theSidecar().ask("remove_document", { kind, name });
    await loadViews();
  });
}

export function showView({ filter }: SavedView): void {
  filterEnded(filter);
}
