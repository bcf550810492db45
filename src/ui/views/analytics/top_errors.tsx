/** What went wrong most often. */
import type { Job } from "../../../shared/job/job.ts";
import { count } from "../../format/numbers.ts";
import { fullMoment, moment } from "../../format/times.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { topErrors } from "./figures.ts";

export function TopErrors({ jobs }: { readonly jobs: readonly Job[] }) {
  const errors = topErrors(jobs);
  if (errors.length === 0) return null;
  const { errorColumns } = ANALYTICS;
  return (
    <section class="analytics-errors" aria-label={ANALYTICS.errors}>
      <h2 class="section-title">{ANALYTICS.errors}</h2>
      <table class="table">
        <thead>
          <tr>
            <th>{errorColumns.error}</th>
            <th class="number">{errorColumns.count}</th>
            <th class="number">{errorColumns.last}</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ tag, jobs, last }) => (
            <tr key={tag}>
              <td>{tag}</td>
              <td class="number">{count(jobs)}</td>
              <td class="number second" title={fullMoment(last)}>{moment(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
