/** A part of the view with a head; what is not there yet is said. */
import type { ComponentChildren } from "preact";
import type { Part } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";

export interface BoxProps<T> {
  readonly title: string;
  readonly more?: ComponentChildren;
  readonly part: Part<T>;
  readonly waits?: string;
  readonly class?: string;
  readonly children: (value: T) => ComponentChildren;
}

export function Box<T>(
  { title, more, part, waits = DATA.loading, class: className = "", children }: BoxProps<T>,
) {
  return (
    <section class={`box ${className}`} aria-label={title} aria-busy={part.state === "loading"}>
      <header class="box-head">
        <h2 class="section-title">{title}</h2>
        {more}
      </header>
      {part.state === "loading" && <p class="box-body quiet">{waits}</p>}
      {part.state === "failed" && <p class="box-body danger">{part.message}</p>}
      {part.state === "ready" && children(part.value)}
    </section>
  );
}
