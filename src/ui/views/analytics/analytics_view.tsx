/** Analytics: figures of the jobs that ended in a period. */
import { useState } from "preact/hooks";
import { bytes, count, percent } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { Page } from "../../frame/page.tsx";
import { activeJobs, endedJobs, jobsInWorkspace } from "../../state/jobs.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { Empty } from "../../widgets/empty.tsx";
import { Segments } from "../../widgets/segments.tsx";
import type { ViewProps } from "../view_props.ts";
import { ByType } from "./by_type.tsx";
import { endedSince, type Period, PERIODS, quantile, totalsOf } from "./figures.ts";
import { TopErrors } from "./top_errors.tsx";
import "./analytics_view.css";

export function AnalyticsView(_: ViewProps) {
  const [period, setPeriod] = useState<Period>("month");
  const jobs = endedSince(endedJobs.value, period, Date.now());
  const there = endedJobs.value.length, total = jobsInWorkspace.value - activeJobs.value.length;
  const choices = PERIODS.map((one) => [one, ANALYTICS.periods[one]] as const);
  const action = <Segments label={ANALYTICS.period} choices={choices} chosen={period} onChoose={setPeriod} />;
  const about = there < total ? ANALYTICS.of(count(there), count(total)) : "";
  return (
    <Page title={ANALYTICS.title} about={about} action={action}>
      {jobs.length === 0
        ? <Empty what={ANALYTICS.emptyWhat} why={ANALYTICS.emptyWhy} />
        : (
          <div class="analytics">
            <Figures totals={totalsOf(jobs)} />
            <ByType jobs={jobs} />
            <TopErrors jobs={jobs} />
          </div>
        )}
    </Page>
  );
}

function Figures({ totals }: { readonly totals: ReturnType<typeof totalsOf> }) {
  const { ended, completed, times, bytesMoved } = totals;
  return (
    <div class="analytics-figures">
      <Figure value={count(ended)} name={ANALYTICS.jobs} />
      <Figure value={percent(completed / ended)} name={ANALYTICS.success} />
      <Figure
        value={times.length === 0 ? ANALYTICS.none : duration(quantile(times, 0.5))}
        name={ANALYTICS.median}
      />
      <Figure value={bytes(bytesMoved)} name={ANALYTICS.data} />
    </div>
  );
}

function Figure({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <p class="analytics-figure">
      <span>{value}</span>
      <span class="second small">{name}</span>
    </p>
  );
}
