/** The line above a panel: its identity, and in few words what it holds. */
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { count, full } from "../../format/numbers.ts";
import { fileName } from "../../format/paths.ts";
import { comparedSurvey } from "../../state/viewer/compared.ts";
import { look } from "../../state/viewer/look.ts";
import { panels, type PanelState } from "../../state/viewer/panels.ts";
import { VIEWER } from "../../texts/viewer.ts";

export function PanelHead({ name }: { readonly name: PanelName }) {
  const now = panels[name].value, notFinite = now.content?.header.notFinite ?? 0;
  const failed = now.content?.header.failed ?? [];
  const { scaling, agcMs } = look.value;
  return (
    <header class="panel-head">
      <i class="panel-chip" aria-hidden="true" />
      <h2 class="panel-title">{titleOf(name)}</h2>
      {name === "processed" && comparedSurvey.value !== null && (
        <span class="second cut">{fileName(comparedSurvey.value)}</span>
      )}
      {scaling === "trace" && <span class="panel-mark">{VIEWER.evened.trace}</span>}
      {scaling === "agc" && <span class="panel-mark">{VIEWER.evened.agc(full(agcMs))}</span>}
      {notFinite > 0 && <span class="panel-mark">{VIEWER.notFinite(count(notFinite))}</span>}
      {failed.length > 0 && (
        <span class="panel-mark is-failed" title={failed[0].reason}>
          {VIEWER.failed(count(failed.length))}
        </span>
      )}
      <span class="panel-about cut" aria-live="off">{aboutOf(name, now)}</span>
      {(now.state === "loading" || now.state === "stale") && <i class="panel-waiting" aria-hidden="true" />}
    </header>
  );
}

/** A second survey is no result of the flow. */
export function titleOf(name: PanelName): string {
  return name === "processed" && comparedSurvey.value !== null ? VIEWER.compared : VIEWER.panels[name];
}

function aboutOf(name: PanelName, now: PanelState): string {
  if (now.content === null) return "";
  const { traces, tracesPerColumn, samplesPerRow } = now.content.header;
  if (now.state === "stale") return VIEWER.stale;
  if (tracesPerColumn > 1 || samplesPerRow > 1) {
    return `${VIEWER.traces(count(traces))}, ${VIEWER.reduced(count(tracesPerColumn), count(samplesPerRow))}`;
  }
  if (name === "processed" && now.state === "ready" && comparedSurvey.value === null) {
    return VIEWER.live(count(now.tookMs));
  }
  return traces === 1 ? VIEWER.oneTrace : VIEWER.traces(count(traces));
}
