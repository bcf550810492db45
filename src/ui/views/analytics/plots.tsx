/** Jobs per day, how fast they were, what they moved, and what their time went into. */
import type { Job } from "../../../shared/job/job.ts";
import { bytes, count, shortRate } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { type Days, daysOf, perDay, rateTrend } from "../../state/ended/by_day.ts";
import { PlotBox } from "./plot_box.tsx";

export interface PlotsProps {
  readonly jobs: readonly Job[];
  /** Where the period begins, in milliseconds since 1970; minus infinity: with the first job. */
  readonly since: number;
  readonly now: number;
}

export function Plots({ jobs, since, now }: PlotsProps) {
  const days = daysOf(jobs, since, now);
  return (
    <div class="plots">
      <PerDay days={days} jobs={jobs} />
      <Rates jobs={jobs} since={since} now={now} />
      <Volume days={days} jobs={jobs} />
      <Spent days={days} jobs={jobs} />
    </div>
  );
}

interface DaysProps {
  readonly days: Days;
  readonly jobs: readonly Job[];
}

function PerDay({ days, jobs }: DaysProps) {
  const { ends } = ANALYTICS;
  const among = (...states: readonly Job["state"][]) =>
    perDay(days, ({ state }) => states.includes(state) ? 1 : 0);
  return (
    <PlotBox
      label={ANALYTICS.perDay}
      kind="stacked_bars"
      x={days.starts}
      series={[
        { name: ends.completed, values: among("completed"), colour: "accent" },
        { name: ends.failed, values: among("failed", "timed_out"), colour: "danger" },
        { name: ends.cancelled, values: among("cancelled"), colour: "text-3" },
      ]}
      format={count}
      jobs={jobs}
    />
  );
}

function Rates({ jobs, since, now }: PlotsProps) {
  const { x, rates, jobs: shown } = rateTrend(jobs);
  return (
    <PlotBox
      label={ANALYTICS.rates}
      kind="points"
      x={x}
      across={Number.isFinite(since) ? [since / 1000, now / 1000] : undefined}
      series={[{ name: ANALYTICS.rates, values: rates, colour: "accent" }]}
      format={shortRate}
      jobs={shown}
    />
  );
}

function Volume({ days, jobs }: DaysProps) {
  const moved = jobs.filter(({ result }) => result !== null);
  return (
    <PlotBox
      label={ANALYTICS.volume}
      kind="stacked_bars"
      x={days.starts}
      series={[
        { name: ANALYTICS.read, values: perDay(days, ({ result }) => result?.bytesRead ?? 0), colour: "in" },
        {
          name: ANALYTICS.written,
          values: perDay(days, ({ result }) => result?.bytesWritten ?? 0),
          colour: "out",
        },
      ]}
      format={bytes}
      jobs={moved}
    />
  );
}

function Spent({ days, jobs }: DaysProps) {
  const { spentIn } = ANALYTICS;
  return (
    <PlotBox
      label={ANALYTICS.spent}
      kind="stacked_bars"
      x={days.starts}
      series={[
        { name: spentIn.running, values: perDay(days, ({ ranMs }) => ranMs), colour: "accent" },
        { name: spentIn.waiting, values: perDay(days, ({ waitedMs }) => waitedMs), colour: "text-3" },
        { name: spentIn.paused, values: perDay(days, ({ pausedMs }) => pausedMs), colour: "warn" },
      ]}
      format={duration}
      jobs={jobs}
    />
  );
}
