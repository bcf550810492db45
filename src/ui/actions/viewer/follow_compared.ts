/** Fetches the gather of a second survey that has the header values of the shown one, and subtracts it. */
import { untracked } from "@preact/signals";
import type { PanelHeader, PanelName } from "../../../shared/protocol/gathers.ts";
import { full } from "../../format/numbers.ts";
import { fileName } from "../../format/paths.ts";
import { comparedArrangement } from "../../state/viewer/compared.ts";
import {
  clearPanels,
  contentOf,
  failPanels,
  type PanelContent,
  panels,
  putPanels,
  waitForPanels,
} from "../../state/viewer/panels.ts";
import { type Arrangement, gatherFacts, shownGather } from "../../state/viewer/shown_gather.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { messageOf } from "../failure.ts";
import { gatherOf, numberOf } from "./gather_pages.ts";
import { fetchPanels } from "./gather_store.ts";
import { inputRequest } from "./requests.ts";

const BESIDE: readonly PanelName[] = ["processed", "noise"];

/** Runs as an effect as long as a second survey is chosen. */
export function followCompared(): (() => void) | void {
  const now = comparedArrangement.value, input = panels.input.value, { values } = shownGather.value;
  const facts = gatherFacts.value;
  if (now === null) return;
  if (input.state !== "ready" || facts.state !== "ready" || values === null) {
    return untracked(() => waitForPanels(BESIDE, "loading"));
  }
  const abort = new AbortController();
  untracked(() => void loadBeside(now, facts.value.keys, values, input.content, abort.signal));
  return () => abort.abort();
}

async function loadBeside(
  now: Arrangement,
  keys: readonly string[],
  values: readonly number[],
  input: PanelContent,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now();
  try {
    const number = keys.length === 0 ? 0 : await numberOf(now, keys, keys[0], values[0]);
    if (signal.aborted) return;
    if (number === undefined) {
      const name = keys.map((key, i) => `${key} ${full(values[i])}`).join(", ");
      return clearPanels(BESIDE, VIEWER.notInCompared(fileName(now.survey), name));
    }
    const content = await fetchGather(now, number, input, signal);
    if (signal.aborted) return;
    putPanels(new Map([["processed", content]]), performance.now() - start);
    const difference = subtracted(input, content);
    if (difference === undefined) clearPanels(["noise"], VIEWER.otherShape);
    else putPanels(new Map([["noise", difference]]), performance.now() - start);
  } catch (error) {
    if (!signal.aborted) failPanels(BESIDE, messageOf(error));
  }
}

async function fetchGather(
  now: Arrangement,
  gather: number,
  input: PanelContent,
  signal: AbortSignal,
): Promise<PanelContent> {
  const { traces } = await gatherOf(now, gather);
  const request = inputRequest({
    arrangement: now,
    gather,
    traces,
    samples: input.header.samples,
    words: [],
  });
  const { header, data } = await fetchPanels(request, signal);
  return contentOf(header.panels[0], data);
}

/** Input minus the other, sample by sample; undefined where they are not of one shape. */
function subtracted(input: PanelContent, other: PanelContent): PanelContent | undefined {
  const a = input.header, b = other.header;
  const same: readonly (keyof PanelHeader)[] = [
    "kind",
    "columns",
    "rows",
    "traces",
    "samples",
    "intervalUs",
    "startMs",
  ];
  if (a.kind !== "traces" || same.some((field) => a[field] !== b[field])) return undefined;
  const data = input.picture.data.map((sample, i) => sample - other.picture.data[i]);
  return contentOf({ ...a, panel: "noise", offset: 0, words: {} }, data);
}
