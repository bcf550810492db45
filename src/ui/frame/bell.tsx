/** The way to the alerts, with how many nobody has looked at. */
import { unacknowledged, worst } from "../state/alerts.ts";
import { addressOf, route } from "../state/route.ts";
import { ALERTS } from "../texts/alerts.ts";
import { Icon } from "../widgets/icon.tsx";
import "./bell.css";

export function Bell() {
  const open = unacknowledged.value;
  return (
    <a
      class="bell"
      href={addressOf("alerts")}
      aria-label={ALERTS.bell(open)}
      aria-current={route.value.view === "alerts" ? "page" : undefined}
      title={ALERTS.bell(open)}
    >
      <Icon name="bell" />
      {open > 0 && (
        <span class={`bell-count is-${worst.value}`} aria-hidden="true">{open > 99 ? "99+" : open}</span>
      )}
    </a>
  );
}
