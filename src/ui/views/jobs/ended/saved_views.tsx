/** Filters that have a name: to be shown, saved and removed. */
import { useEffect } from "preact/hooks";
import { loadViews, removeView, saveView, showView } from "../../../actions/history/saved_views.ts";
import { savedViews, viewsChanged } from "../../../state/ended/saved_views.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { Menu, MenuItem } from "../../../widgets/menu.tsx";

export function SavedViews() {
  const changed = viewsChanged.value;
  useEffect(() => void loadViews(), [changed]);
  return (
    <Menu label={JOBS.views} icon="funnel">
      {savedViews.value.map((view) => (
        <div key={view.name} class="saved-view">
          <MenuItem icon="eye" onClick={() => showView(view)}>{view.name}</MenuItem>
          <button
            type="button"
            class="icon-button"
            aria-label={JOBS.removeView(view.name)}
            onClick={() => void removeView(view.name)}
          >
            <Icon name="x" />
          </button>
        </div>
      ))}
      <form
        class="field-row"
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
          if (name !== "") void saveView(name);
          event.currentTarget.reset();
        }}
      >
        <input
          class="input"
          name="name"
          aria-label={JOBS.saveView}
          placeholder={JOBS.saveView}
          autocomplete="off"
        />
        <button type="submit" class="icon-button" aria-label={JOBS.saveThisView}>
          <Icon name="save" />
        </button>
      </form>
    </Menu>
  );
}
