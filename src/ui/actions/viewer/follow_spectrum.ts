/** Asks for the spectra of what is on the screen, while they are shown and once the view rests. */
import { untracked } from "@preact/signals";
import type { SpectrumRequest } from "../../../shared/protocol/gathers.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { activeSteps } from "../../state/flow_draft.ts";
import { panels } from "../../state/viewer/panels.ts";
import { view } from "../../state/viewer/position.ts";
import { arrangement, gatherNumber } from "../../state/viewer/shown_gather.ts";
import { isSpectrumShown, putSpectra } from "../../state/viewer/spectrum.ts";
import { messageOf } from "../failure.ts";

const REST_MS = 150;

/** Runs as an effect. */
export function followSpectrum(): (() => void) | void {
  const request = isSpectrumShown.value ? requestNow() : null;
  if (request === null) return untracked(() => putSpectra([]));
  const abort = new AbortController(), timer = setTimeout(() => void load(request, abort.signal), REST_MS);
  return () => {
    clearTimeout(timer);
    abort.abort();
  };
}

/** Of the traces and times in view; through the flow as well when there is one. */
function requestNow(): SpectrumRequest | null {
  const now = arrangement.value, place = view.value, input = panels.input.value, steps = activeSteps.value;
  const gather = gatherNumber.value;
  if (now === null || place === null || input.state !== "ready") return null;
  const { startMs, intervalMs, samples, traces } = input.content.picture;
  const first = Math.max(0, Math.floor(place.firstTrace)), end = Math.ceil(place.firstTrace + place.traces);
  const top = Math.max(0, Math.ceil((place.startMs - startMs) / intervalMs));
  const bottom = Math.min(samples, Math.floor((place.startMs + place.lengthMs - startMs) / intervalMs) + 1);
  const { survey, order, key } = now;
  return {
    ...{ survey, gather, firstTrace: first, traces: Math.max(1, Math.min(traces, end) - first) },
    ...(order.length > 0 ? { order } : key !== null && { key }),
    ...(bottom - top < samples && { firstSample: top, samples: Math.max(1, bottom - top) }),
    ...(steps.length > 0 ? { processes: steps, panels: ["input", "processed"] as const } : {}),
  };
}

async function load(request: SpectrumRequest, signal: AbortSignal): Promise<void> {
  try {
    const { header, data } = await theSidecar().spectrum(request, signal);
    if (signal.aborted) return;
    putSpectra(header.panels.map(({ panel, offset, rows, stepHz = 1 }) => ({
      ...{ panel, stepHz },
      values: data.subarray(offset, offset + rows),
    })));
  } catch (error) {
    if (!signal.aborted) putSpectra([], messageOf(error));
  }
}
