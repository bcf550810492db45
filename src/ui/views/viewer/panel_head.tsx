/** The line above a panel: its identity, and in few words what it holds. */
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { count, full } from "../../format/numbers.ts";
import { look } from "../../state/viewer/look.ts";
import { panels, type PanelState } from "../../state/viewer/panels.ts";
import { VIEWER } from "../../texts/viewer.ts";

export function PanelHead({ name }: { readonly name: PanelName }) {
  const now = panels[name].value, notFinite = now.content?.header.notFinite ?? 0;
  const { scaling, agcMs } = look.value;
  return (
    <header class="panel-head">
      <i class="panel-chip" aria-hidden="true" />
      <h2 class="panel-title">{VIEWER.panels[name]}</h2>
      {scaling === "trace" && <span class="panel-mark">{VIEWER.evened.trace}</span>}
      {scaling === "agc" && <span class="panel-mark">{VIEWER.evened.agc(full(agcMs))}</span>}
      {notFinite > 0 && <span class="panel-mark">{VIEWER.notFinite(count(notFinite))}</span>}
      <span class="panel-about cut" aria-live="off">{aboutOf(name, now)}</span>
      {(now.state === "loading" || now.state === "stale") && <i class="panel-waiting" aria-hidden="true" />}
    </header>
  );
}

function aboutOf(name: PanelName, now: PanelState): string {
  if (now.content === null) return "";
  const { traces, tracesPerColumn, samplesPerRow } = now.content.header;
  if (now.state === "stale") return VIEWER.stale;
  if (tracesPerColumn > 1 || samplesPerRow > 1) {
    return `${VIEWER.traces(count(traces))}, ${VIEWER.reduced(count(tracesPerColumn), count(samplesPerRow))}`;
  }
  if (name === "processed" && now.state === "ready") return VIEWER.live(count(now.tookMs));
  return traces === 1 ? VIEWER.oneTrace : VIEWER.traces(count(traces));
}
