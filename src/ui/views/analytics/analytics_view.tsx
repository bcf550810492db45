/** Analytics: figures of the jobs that ended in a period. */
import { useMemo, useState } from "preact/hooks";
import { attempt } from "../../actions/failure.ts";
import { loadAllJobs } from "../../actions/jobs.ts";
import { savePeriodReport } from "../../actions/history/save_report.ts";
import { bytes, count, percent } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { Page } from "../../frame/page.tsx";
import { activeJobs, endedJobs, jobsInWorkspace } from "../../state/jobs.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { REPORT } from "../../texts/report.ts";
import { JOBS } from "../../texts/jobs.ts";
import { TYPE_WORDS } from "../../texts/states.ts";
import { Empty } from "../../widgets/empty.tsx";
import { Segments } from "../../widgets/segments.tsx";
import type { ViewProps } from "../view_props.ts";
import { Durations } from "./durations.tsx";
import {
  byProcess,
  byType,
  endedSince,
  type Period,
  PERIODS,
  quantile,
  sinceOf,
  totalsOf,
} from "../../state/ended/figures.ts";
import { Plots } from "./plots.tsx";
import { TopErrors } from "./top_errors.tsx";
import "./analytics_view.css";

export function AnalyticsView(_: ViewProps) {
  const [period, setPeriod] = useState<Period>("month");
  const all = endedJobs.value, now = useMemo(() => Date.now(), [all, period]);
  const jobs = useMemo(() => endedSince(all, period, now), [all, period, now]);
  const total = jobsInWorkspace.value - activeJobs.value.length;
  const choices = PERIODS.map((one) => [one, ANALYTICS.periods[one]] as const);
  const action = (
    <>
      {all.length < total && (
        <button type="button" class="button" onClick={() => void attempt(loadAllJobs)}>{JOBS.loadAll}</button>
      )}
      {jobs.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => void savePeriodReport(jobs, ANALYTICS.periods[period], sinceOf(period, now))}
        >
          {REPORT.save}
        </button>
      )}
      <Segments label={ANALYTICS.period} choices={choices} chosen={period} onChoose={setPeriod} />
    </>
  );
  const about = all.length < total ? ANALYTICS.of(count(all.length), count(total)) : "";
  return (
    <Page title={ANALYTICS.title} about={about} action={action}>
      {jobs.length === 0
        ? <Empty what={ANALYTICS.emptyWhat} why={ANALYTICS.emptyWhy} />
        : (
          <div class="analytics">
            <Figures totals={totalsOf(jobs)} />
            <Plots jobs={jobs} since={sinceOf(period, now)} now={now} />
            <Durations
              title={ANALYTICS.byType}
              column={ANALYTICS.columns.type}
              rows={byType(jobs).map(([type, totals]) => [TYPE_WORDS[type], totals])}
            />
            <Durations
              title={ANALYTICS.byProcess}
              column={ANALYTICS.columns.process}
              rows={byProcess(jobs)}
            />
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
