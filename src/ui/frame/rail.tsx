/** The way to the views. */
import { Icon } from "../widgets/icon.tsx";
import { activeJobs } from "../state/jobs.ts";
import { failuresUnseen } from "../state/alerts.ts";
import { addressOf, RAIL_IDS, type RailId, route } from "../state/route.ts";
import { FRAME } from "../texts/frame.ts";
import "./rail.css";

const ICONS: Readonly<Record<RailId, string>> = {
  data: "database",
  view: "activity",
  jobs: "list-checks",
  analytics: "chart-line",
  resources: "gauge",
  settings: "settings",
};

export function Rail() {
  return (
    <nav class="rail" aria-label={FRAME.rail}>
      {RAIL_IDS.map((id) => (
        <a
          key={id}
          class="rail-item"
          href={addressOf(id)}
          aria-current={route.value.view === id ? "page" : undefined}
        >
          <Icon name={ICONS[id]} size={18} />
          {FRAME.views[id]}
          {id === "jobs" && <Badge />}
        </a>
      ))}
    </nav>
  );
}

/** What waits for an eye: red for jobs that failed and that nobody acknowledged; a running job is only a dot. */
function Badge() {
  const count = failuresUnseen.value;
  if (count > 0) return <span class="rail-badge" aria-hidden="true">{count > 99 ? "99+" : count}</span>;
  const isBusy = activeJobs.value.some(({ job }) => job.value.state === "running");
  return isBusy ? <span class="rail-dot" aria-hidden="true" /> : null;
}
