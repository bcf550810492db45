/** What went wrong most often. */
import type { Job } from "../../../shared/job/job.ts";
import { count } from "../../format/numbers.ts";
import { fullMoment, moment } from "../../format/times.ts";
import { listOnly } from "../../state/ended/filter.ts";
import { errorGroups } from "../../state/ended/listed.ts";
import { go } from "../../state/route.ts";
import { ANALYTICS } from "../../texts/analytics.ts";

export function TopErrors({ jobs }: { readonly jobs: readonly Job[] }) {
  const errors = errorGroups(jobs);
  if (errors.length === 0) return null;
  const { errorColumns } = ANALYTICS;
  return (
    <section class="analytics-errors" aria-label={ANALYTICS.errors}>
      <h2 class="section-title">{ANALYTICS.errors}</h2>
      <table class="table" aria-label={ANALYTICS.errors}>
        <thead>
          <tr>
            <th>{errorColumns.error}</th>
            <th class="number">{errorColumns.count}</th>
            <th class="number">{errorColumns.last}</th>
            <th>
              <span class="unseen">{ANALYTICS.showJobs}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ tag, message, jobs, last }) => (
            <tr key={tag}>
              <td title={message}>{tag}</td>
              <td class="number">{count(jobs.length)}</td>
              <td class="number second" title={fullMoment(last)}>{moment(last)}</td>
              <td>
                <button
                  type="button"
                  onClick={() => {
                    listOnly(jobs.map(({ id }) => id));
                    go("jobs");
                  }}
                >
                  {ANALYTICS.showJobs}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
