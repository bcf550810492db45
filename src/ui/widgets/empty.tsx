/** What a place without anything says: what belongs here, why it is empty, what to do. */
import type { ComponentChildren } from "preact";
import "./empty.css";

export interface EmptyProps {
  readonly what: string;
  readonly why: string;
  readonly children?: ComponentChildren;
}

export function Empty({ what, why, children }: EmptyProps) {
  return (
    <div class="empty">
      <p>{what}</p>
      <p class="quiet">{why}</p>
      {children && <div class="empty-action">{children}</div>}
    </div>
  );
}
