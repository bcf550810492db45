/** One figure of the machine over the last ten minutes. */
import type { ComponentChildren } from "preact";
import { RESOURCES } from "../../texts/resources.ts";
import { Sparkline } from "../../widgets/sparkline.tsx";

export interface StripProps {
  readonly name: string;
  readonly value: string;
  readonly why?: string;
  readonly values: readonly number[];
  /** The value at the top. */
  readonly most: number;
  /** From where an alert speaks, the mildest first. */
  readonly limits: readonly { readonly at: number; readonly text: string }[];
  readonly children?: ComponentChildren;
}

const SLOTS = 600;

export function Strip({ name, value, why, values, most, limits, children }: StripProps) {
  return (
    <section class="strip" aria-label={name}>
      <header>
        <h2 class="section-title">{name}</h2>
        <p>{value}</p>
        {why !== undefined && <p class="quiet small">{why}</p>}
        {children}
        {limits.length > 0 && (
          <p class="strip-limits small">{limits.map(({ text }) => <span key={text}>{text}</span>)}</p>
        )}
      </header>
      <Sparkline
        values={values}
        most={most}
        slots={SLOTS}
        label={`${name}, ${RESOURCES.minutes}: ${value}`}
        limits={limits.map(({ at }) => at)}
      />
    </section>
  );
}
