/**
 * Fetches what View shows, as long as it is shown: the gather, the same through the flow, the visible part of a wide one
 * when the view rests, and then the neighbours. Whatever is asked for anew ends what was asked before.
 */
import { computed, effect, untracked } from "@preact/signals";
import type { SurveyView } from "../../../shared/protocol/commands.ts";
import type { GatherRequest, PanelName } from "../../../shared/protocol/gathers.ts";
import { activeSteps } from "../../state/flow_draft.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { wordsAbove } from "../../state/viewer/look.ts";
import { clearPanels, panels, waitForPanels } from "../../state/viewer/panels.ts";
import { comparedArrangement } from "../../state/viewer/compared.ts";
import { view } from "../../state/viewer/position.ts";
import {
  arrange,
  type Arrangement,
  arrangement,
  gatherFacts,
  gatherNumber,
  gatherTraces,
  shownGather,
} from "../../state/viewer/shown_gather.ts";
import { followCompared } from "./follow_compared.ts";
import { fetchPanels, isKept } from "./gather_store.ts";
import { findOut, neighbours } from "./navigation.ts";
import { load, loadDetail } from "./load_panels.ts";
import { followSpectrum } from "./follow_spectrum.ts";
import { followSurveyClip } from "./survey_clip.ts";
import { watchStamps } from "./stamps.ts";
import { detailRequest, type GatherWish, inputRequest, previewRequest, wantsDetail } from "./requests.ts";

const REST_MS = 100;
const PREVIEW: readonly PanelName[] = ["processed", "noise"];

const FOLLOWED = [
  followSurvey,
  followFacts,
  followGather,
  followFlow,
  followCompared,
  followPlace,
  followNeighbours,
  followSpectrum,
];

/** Starts; returns how to stop. */
export function followView(): () => void {
  const stops = FOLLOWED.map((follow) => effect(follow));
  const stopWatching = watchStamps(), stopCounting = followSurveyClip();
  return () => {
    for (const stop of stops) stop();
    stopWatching();
    stopCounting();
  };
}

/** A survey that was opened or chosen is shown from its first gather on. */
function followSurvey(): void {
  const survey = chosenSurvey.value;
  if (survey === null || survey.survey.state !== "ready" || survey.gather.state === "loading") return;
  const key = survey.gather.state === "ready" ? survey.gather.value.key?.word ?? null : null;
  const { path } = survey;
  untracked(() => {
    if (arrangement.value?.survey === path) return;
    clearPanels(["input", ...PREVIEW]);
    arrange({ survey: path, order: [], key });
  });
}

/** What the shown survey is, once that is known. */
const description = computed<SurveyView | null>(() => {
  const survey = chosenSurvey.value?.survey;
  return survey?.state === "ready" ? survey.value : null;
});

function followGather(): (() => void) | void {
  const now = arrangement.value, words = wordsAbove.value, number = gatherNumber.value;
  const traces = gatherTraces.value, wish = wishOf(now);
  if (now === null || wish === null) return;
  // The first gather may have come without an index, and whole: then nothing changes when its size is known.
  const shown = untracked(() => panels.input.value);
  const isSame = loaded?.now === now && loaded.words === words && loaded.number === number;
  if (isSame && shown.state === "ready" && shown.content.picture.traces === traces) return;
  loaded = { now, words, number };
  const abort = new AbortController();
  untracked(() => void loadInput({ ...wish, words: words.split(" ") }, abort.signal));
  return () => abort.abort();
}

/** What was asked for last. */
let loaded: { readonly now: Arrangement; readonly words: string; readonly number: number } | undefined;

/** How many gathers there are is found out once for each order, beside whatever is shown. */
function followFacts(): (() => void) | void {
  const now = arrangement.value;
  if (now === null) return;
  const abort = new AbortController();
  untracked(() => void findOut(now, abort.signal));
  return () => abort.abort();
}

/** What is wanted now; null before a survey is there. */
function wishOf(now: Arrangement | null): GatherWish | null {
  const described = description.value;
  if (now === null || described?.path !== now.survey) return null;
  const { number, traces } = shownGather.peek(), { samplesPerTrace: samples } = described;
  return { arrangement: now, gather: number, traces, samples, words: [] };
}

async function loadInput(wish: GatherWish, signal: AbortSignal): Promise<void> {
  const request = firstRun(wish) ?? inputRequest(wish);
  if (!isKept(request)) waitForPanels(["input"], "loading");
  await load(["input"], request, signal);
}

/** Before gathers are known the first one is read without an index, so that nothing waits for it. */
function firstRun(wish: GatherWish): GatherRequest | undefined {
  if (wish.traces !== null || wish.gather > 0 || wish.arrangement.order.length > 0) return undefined;
  if (wish.arrangement.key === null) return undefined;
  return { ...inputRequest(wish), gather: "first" };
}

/** The same gather through the flow, whenever either changes. */
function followFlow(): (() => void) | void {
  const steps = activeSteps.value, input = panels.input.value;
  const wish = untracked(() => wishOf(arrangement.value));
  if (comparedArrangement.value !== null) return;
  if (steps.length === 0 || wish === null) return untracked(() => clearPanels(PREVIEW));
  if (input.state !== "ready") return untracked(() => waitForPanels(PREVIEW, "loading"));
  const abort = new AbortController();
  untracked(() => {
    const request = previewRequest({ ...wish, traces: input.content.picture.traces }, steps, PREVIEW);
    if (!isKept(request)) waitForPanels(PREVIEW, "stale");
    void load(PREVIEW, request, abort.signal);
  });
  return () => abort.abort();
}

/** Once the view has rested, what it shows of a gather that came reduced is asked for in full. */
function followPlace(): (() => void) | void {
  const now = view.value, steps = activeSteps.value;
  const wish = untracked(() => wishOf(arrangement.value));
  if (now === null || wish === null || !untracked(() => wantsDetail(now, ...panelPixels()))) return;
  const abort = new AbortController();
  const timer = setTimeout(() => {
    const traces = panels.input.peek().content?.picture.traces ?? wish.traces;
    const whole = { ...wish, traces };
    void loadDetail(detailRequest(whole, now, inputRequest(whole)), abort.signal);
    if (steps.length > 0) {
      void loadDetail(detailRequest(whole, now, previewRequest(whole, steps, PREVIEW)), abort.signal);
    }
  }, REST_MS);
  return () => {
    clearTimeout(timer);
    abort.abort();
  };
}

/** Of one panel; the exact size does not matter, only whether the screen could show more. */
function panelPixels(): [number, number] {
  return [innerWidth * devicePixelRatio / 3, innerHeight * devicePixelRatio];
}

/** The gathers beside the shown one are fetched when that is there, so that the next step is at once. */
function followNeighbours(): (() => void) | void {
  const isBusy = [panels.input, panels.processed].some(({ value }) => /loading|stale/.test(value.state));
  const wish = untracked(() => wishOf(arrangement.value)), words = wordsAbove.value.split(" ");
  if (isBusy || wish === null || gatherFacts.value.state !== "ready") return;
  const abort = new AbortController();
  const { arrangement: now } = wish, number = gatherNumber.value;
  void neighbours(now, number).then(async (gathers) => {
    for (const { number: gather, traces } of gathers) {
      if (abort.signal.aborted || traces === null) return;
      await fetchPanels(inputRequest({ ...wish, gather, traces, words }), abort.signal);
    }
  }).catch(() => {
    // A neighbour that cannot be had is asked for again, and its failure said, when one goes there.
  });
  return () => abort.abort();
}
