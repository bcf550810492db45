/** How the window stands with its sidecar. */
import { signal } from "@preact/signals";
import type { Hello } from "../../shared/protocol/commands.ts";

export type Link =
  /** The page was opened without a token. */
  | { readonly state: "signed_out" }
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  /** It was there and is gone; `attempt` counts the tries to reach it again. */
  | { readonly state: "lost"; readonly since: number; readonly attempt: number }
  /** It is there and does not know this page's token any more. */
  | { readonly state: "refused" };

export const link = signal<Link>({ state: "connecting" });

/** Who answers; null until it has. */
export const sidecar = signal<Hello | null>(null);

export function setLink(next: Link): void {
  link.value = next;
}
