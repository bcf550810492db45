/** From gather to gather. */
import { messageOf, sayFailure } from "../failure.ts";
import {
  arrange,
  type Arrangement,
  arrangement,
  gatherFacts,
  setGatherFacts,
  showGather,
  type ShownGather,
  shownGather,
} from "../../state/viewer/shown_gather.ts";
import { showToast } from "../../state/toasts.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { factsOf, gatherOf, numberOf } from "./gather_pages.ts";

/** How long until one asks again how many gathers were found. */
const AGAIN_MS = 500;

/** Finds out how many gathers there are and what the shown one is called, and goes on until all are found. */
export async function findOut(asked: Arrangement, signal: AbortSignal): Promise<void> {
  const isOver = () => signal.aborted || arrangement.peek() !== asked;
  try {
    for (;;) {
      const { gathers, largest, keys, soFar } = await factsOf(asked);
      if (isOver()) return;
      const found = soFar === undefined ? null : soFar.done / Math.max(1, soFar.total);
      if (gathers > 0 || found === null) {
        setGatherFacts({ state: "ready", value: { gathers, largest, keys, found } });
      }
      const { number, values } = shownGather.peek();
      if (values === null && number < gathers) {
        const named = await gatherOf(asked, number);
        if (!isOver() && shownGather.peek().number === number) showGather(named);
      }
      if (found === null) return;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      if (isOver()) return;
    }
  } catch (error) {
    if (!isOver()) setGatherFacts({ state: "failed", message: messageOf(error) });
  }
}

/** To a gather by its number from 0; beyond the ends to the last there. */
export async function goToGather(number: number): Promise<void> {
  const now = arrangement.peek(), facts = gatherFacts.peek();
  if (now === null || facts.state !== "ready") return;
  const bounded = Math.max(0, Math.min(facts.value.gathers - 1, Math.round(number)));
  if (bounded === shownGather.peek().number) return;
  try {
    const found = await gatherOf(now, bounded);
    if (arrangement.peek() === now) showGather(found);
  } catch (error) {
    sayFailure(error);
  }
}

/** To the gather that a word and its value name, such as `cdp 412`. */
export async function goToNamed(text: string): Promise<void> {
  const now = arrangement.peek(), facts = gatherFacts.peek();
  if (now === null || facts.state !== "ready") return;
  const [, word = "", value = ""] = /^\s*([a-z]\w*)\s*[= ]\s*(-?[\d,.]+)\s*$/i.exec(text) ?? [];
  try {
    const number = await numberOf(now, facts.value.keys, word.toLowerCase(), Number(value.replace(/,/g, "")));
    if (number === undefined) showToast("warning", VIEWER.noSuchGather(text));
    else await goToGather(number);
  } catch (error) {
    sayFailure(error);
  }
}

export function stepGather(steps: number): void {
  void goToGather(shownGather.peek().number + steps);
}

export function firstGather(): void {
  void goToGather(0);
}

export function lastGather(): void {
  const facts = gatherFacts.peek();
  if (facts.state === "ready") void goToGather(facts.value.gathers - 1);
}

/** Sorts by these words, the first of which makes the gathers; without any in the order of the file. */
export function sortBy(order: readonly string[]): void {
  const now = arrangement.peek();
  if (now !== null && String(order) !== String(now.order)) arrange({ ...now, order });
}

/** The gathers beside one, the next before the previous. */
export async function neighbours(now: Arrangement, number: number): Promise<readonly ShownGather[]> {
  const facts = gatherFacts.peek();
  if (facts.state !== "ready") return [];
  const near = [number + 1, number - 1].filter((one) => one >= 0 && one < facts.value.gathers);
  return await Promise.all(near.map((one) => gatherOf(now, one)));
}
