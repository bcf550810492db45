/** How strong a survey is, from traces all over it: what the clip over the survey is counted from. */
import { computed, effect } from "@preact/signals";
import { CountedMagnitudes } from "../../canvas/picture/quantile.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { setSurveyMagnitudes } from "../../state/viewer/drawn_panels.ts";
import { look } from "../../state/viewer/look.ts";

/** Runs of neighbouring traces, evenly spread. */
const RUNS = 16;
const TRACES = 8;

const wanted = computed(() => {
  const survey = chosenSurvey.value?.survey;
  return look.value.scaling === "survey" && survey?.state === "ready" ? survey.value : null;
});

/** Counts whenever the clip over the survey is wanted; returns how to stop. */
export function followSurveyClip(): () => void {
  return effect(() => {
    const survey = wanted.value;
    setSurveyMagnitudes(null);
    if (survey === null) return;
    const abort = new AbortController();
    void samplesOf(survey.path, survey.traces, abort.signal).then((samples) => {
      if (!abort.signal.aborted) setSurveyMagnitudes(new CountedMagnitudes(samples));
    }, () => {
      // Until it can be counted the clip is that of the gather.
    });
    return () => abort.abort();
  });
}

async function samplesOf(survey: string, traces: number, signal: AbortSignal): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (let run = 0; run < RUNS; run++) {
    const firstTrace = Math.floor(Math.max(0, traces - TRACES) * run / (RUNS - 1));
    const rows = 16_384, request = { survey, firstTrace, traces: TRACES, columns: TRACES, rows };
    const { header: { panels: [panel] }, data } = await theSidecar().panels(request, signal);
    const lines = panel.kind === "envelope" ? 2 : 1;
    parts.push(data.subarray(panel.offset, panel.offset + panel.columns * panel.rows * lines));
  }
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((place, part) => {
    all.set(part, place);
    return place + part.length;
  }, 0);
  return all;
}
