/** Gathers that came and may be wanted again: the present one and its neighbours, bounded in memory. */
import type { GatherRequest } from "../../../shared/protocol/gathers.ts";
import { type Panels, theSidecar } from "../../connection/sidecar.ts";

const MOST_BYTES = 160 << 20;
const MOST_GATHERS = 8;

const kept = new Map<string, Panels>();

/** From memory if it is there, else asked for. @throws what the sidecar says, or that it was aborted */
export async function fetchPanels(request: GatherRequest, signal?: AbortSignal): Promise<Panels> {
  const name = JSON.stringify(request), known = kept.get(name);
  const panels = known ?? await theSidecar().panels(request, signal);
  keep(name, panels);
  return panels;
}

export function isKept(request: GatherRequest): boolean {
  return kept.has(JSON.stringify(request));
}

/** Such as when a survey changed on disk. */
export function forgetPanels(): void {
  kept.clear();
}

function keep(name: string, panels: Panels): void {
  kept.delete(name);
  kept.set(name, panels);
  let bytes = 0;
  for (const { data } of kept.values()) bytes += data.byteLength;
  for (const [oldest, { data }] of kept) {
    if (oldest === name || (kept.size <= MOST_GATHERS && bytes <= MOST_BYTES)) break;
    kept.delete(oldest);
    bytes -= data.byteLength;
  }
}
