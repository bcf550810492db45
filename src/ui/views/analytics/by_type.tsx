/** How each type of job fared. */
import type { Job } from "../../../shared/job/job.ts";
import { count, shortRate } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { TYPE_WORDS } from "../../texts/states.ts";
import { byType, quantile, type Totals } from "./figures.ts";

export function ByType({ jobs }: { readonly jobs: readonly Job[] }) {
  const { columns } = ANALYTICS;
  return (
    <section aria-label={ANALYTICS.byType}>
      <h2 class="section-title">{ANALYTICS.byType}</h2>
      <table class="table">
        <thead>
          <tr>
            <th>{columns.type}</th>
            <th class="number">{columns.completed}</th>
            <th class="number">{columns.failed}</th>
            <th class="number">{columns.cancelled}</th>
            <th class="number">{columns.average}</th>
            <th class="number">{columns.median}</th>
            <th class="number">{columns.p95}</th>
            <th class="number">{columns.max}</th>
            <th class="number">{columns.rate}</th>
          </tr>
        </thead>
        <tbody>
          {byType(jobs).map(([type, totals]) => (
            <tr key={type}>
              <td>{TYPE_WORDS[type]}</td>
              <td class="number">{count(totals.completed)}</td>
              <td class={totals.failed > 0 ? "number danger" : "number quiet"}>{count(totals.failed)}</td>
              <td class="number second">{count(totals.cancelled)}</td>
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
