/** Which view is shown: the address's fragment is `#/name/rest`, so that the page works at any address. */
import { signal } from "@preact/signals";

/** The views of the rail, in its order. */
export const RAIL_IDS = ["data", "view", "jobs", "analytics", "resources", "settings"] as const;
export type RailId = typeof RAIL_IDS[number];
/** The bell leads to the alerts. */
export const VIEW_IDS = [...RAIL_IDS, "alerts"] as const;
export type ViewId = typeof VIEW_IDS[number];

export interface Route {
  readonly view: ViewId;
  /** What the view shows, such as a job's id; empty when nothing is named. */
  readonly rest: string;
}

export const route = signal<Route>(parseRoute(globalThis.location?.hash ?? ""));

export function parseRoute(hash: string): Route {
  const [, name = "", ...rest] = hash.replace(/^#/, "").split("/");
  const view = VIEW_IDS.find((one) => one === name) ?? "data";
  return { view, rest: decoded(rest.join("/")) };
}

export function addressOf(view: ViewId, rest = ""): string {
  return rest === "" ? `#/${view}` : `#/${view}/${encodeURIComponent(rest)}`;
}

/** Shows a view; the address's change does the rest. */
export function go(view: ViewId, rest = ""): void {
  location.hash = addressOf(view, rest);
}

/** Follows the address from now on. */
export function followAddress(): void {
  const follow = () => route.value = parseRoute(location.hash);
  addEventListener("hashchange", follow);
  follow();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
