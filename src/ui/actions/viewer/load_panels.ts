/** Panels that come from the sidecar, put where they are shown. */
import type { GatherRequest, PanelName } from "../../../shared/protocol/gathers.ts";
import type { Panels } from "../../connection/sidecar.ts";
import {
  clearPanels,
  contentOf,
  failPanels,
  type PanelContent,
  putDetails,
  putPanels,
} from "../../state/viewer/panels.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { messageOf } from "../failure.ts";
import { fetchPanels } from "./gather_store.ts";
import { noteStamp } from "./stamps.ts";

/** Their reply, or in their places why there is none. */
export async function load(
  names: readonly PanelName[],
  request: GatherRequest,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now();
  try {
    const answer = await fetchPanels(request, signal);
    if (signal.aborted) return;
    putPanels(contentsOf(answer, request.firstTrace ?? 0), performance.now() - start);
    for (const { panel, reason } of answer.header.absent ?? []) clearPanels([panel], VIEWER.absent(reason));
    noteStamp(request.survey, answer.header.stamp);
  } catch (error) {
    if (!signal.aborted) failPanels(names, messageOf(error));
  }
}

/** A detail that cannot be had leaves the coarser picture. */
export async function loadDetail(request: GatherRequest, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetchPanels(request, signal);
    if (!signal.aborted) putDetails(contentsOf(answer, request.firstTrace ?? 0));
  } catch {
    return;
  }
}

function contentsOf({ header, data }: Panels, firstTrace: number): Map<PanelName, PanelContent> {
  return new Map(header.panels.map((panel) => [panel.panel, contentOf(panel, data, firstTrace)]));
}
