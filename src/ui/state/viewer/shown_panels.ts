/** Which panels are seen: side by side, or one in the place of the other. */
import { computed, signal } from "@preact/signals";
import type { PanelName } from "../../../shared/protocol/gathers.ts";
import { look, setLook } from "./look.ts";
import { panels } from "./panels.ts";

const NAMES: readonly PanelName[] = ["input", "processed", "noise"];

/** Panels that the user put away by their digits. */
const away = signal<ReadonlySet<PanelName>>(new Set());
const front = signal<PanelName>("input");

/** Panels that hold something, or say why they do not. */
export const there = computed(() =>
  NAMES.filter((name) => {
    const now = panels[name].value;
    return name === "input" || now.state !== "absent" || now.why !== null;
  })
);

/** In their order; never none. */
export const shownPanels = computed<readonly PanelName[]>(() => {
  const left = there.value.filter((name) => !away.value.has(name));
  return left.length > 0 ? left : there.value.slice(0, 1);
});

/** The one that lies in front when they lie over each other; null: all are seen. */
export const flipped = computed<PanelName | null>(() => {
  if (look.value.layout === "side") return null;
  return shownPanels.value.includes(front.value) ? front.value : shownPanels.value[0];
});

/** Lays the panels over each other with processed in front, then turns input and processed about. */
export function flip(): void {
  if (flipped.value === null) {
    front.value = "processed";
    setLook({ layout: "flip" });
  } else front.value = flipped.value === "processed" ? "input" : "processed";
}

/** Side by side puts a panel away or brings it back; over each other it comes to the front. */
export function turnTo(name: PanelName): void {
  if (!there.value.includes(name)) return;
  if (flipped.value !== null) {
    front.value = name;
    return;
  }
  const next = new Set(away.value);
  if (!next.delete(name)) next.add(name);
  away.value = next;
}
