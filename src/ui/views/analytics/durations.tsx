/** How jobs fared by a property of theirs, such as their type or a process in their flow. */
import { count, percent, shortRate } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { quantile, type Totals } from "../../state/ended/figures.ts";

export interface DurationsProps {
  readonly title: string;
  readonly column: string;
  readonly rows: readonly (readonly [string, Totals])[];
}

export function Durations({ title, column, rows }: DurationsProps) {
  const { columns } = ANALYTICS;
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 class="section-title">{title}</h2>
      <table class="table" aria-label={title}>
        <thead>
          <tr>
            <th>{column}</th>
            <th class="number">{columns.completed}</th>
            <th class="number">{columns.failed}</th>
            <th class="number">{columns.cancelled}</th>
            <th class="number">{columns.success}</th>
            <th class="number">{columns.average}</th>
            <th class="number">{columns.median}</th>
            <th class="number">{columns.p95}</th>
            <th class="number">{columns.max}</th>
            <th class="number">{columns.rate}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, totals]) => (
            <tr key={name}>
              <td>{name}</td>
              <td class="number">{count(totals.completed)}</td>
              <td class={totals.failed > 0 ? "number danger" : "number quiet"}>{count(totals.failed)}</td>
              <td class="number second">{count(totals.cancelled)}</td>
              <td class="number second">{percent(totals.completed / totals.ended)}</td>
              <Times totals={totals} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Times({ totals: { times, tracesPerSecond } }: { readonly totals: Totals }) {
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const shown = times.length === 0
    ? Array.from({ length: 4 }, () => ANALYTICS.none)
    : [average, quantile(times, 0.5), quantile(times, 0.95), times[times.length - 1]].map(duration);
  return (
    <>
      {shown.map((text, i) => <td key={i} class="number second">{text}</td>)}
      <td class="number second">{tracesPerSecond === null ? ANALYTICS.none : shortRate(tracesPerSecond)}</td>
    </>
  );
}
