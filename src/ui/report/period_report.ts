/** The report of a period: figures, plots, and the jobs that ended in it. */
import type { Job } from "../../shared/job/job.ts";
import { bytes, count, percent, shortRate } from "../format/numbers.ts";
import { duration, fullMoment } from "../format/times.ts";
import { type Days, daysOf, perDay, rateTrend } from "../state/ended/by_day.ts";
import { byProcess, byType, quantile, type Totals, totalsOf } from "../state/ended/figures.ts";
import { errorGroups, rateOf, tracesOf } from "../state/ended/listed.ts";
import { REPORT } from "../texts/report.ts";
import { STATE_WORDS, TYPE_WORDS } from "../texts/states.ts";
import { documentOf, pairs, section, table } from "./document.ts";
import { lines, stackedBars } from "./svg.ts";

export interface PeriodReport {
  readonly jobs: readonly Job[];
  /** What the period is called. */
  readonly period: string;
  readonly since: number;
  readonly now: number;
  readonly workspace: string;
}

/** More than these make a file that no printer wants; how many there are is said. */
const MOST_JOBS = 2000;
const BLUE = "#135aba", RED = "#a20615", GREY = "#8f9298", TEAL = "#0d70a4", ORANGE = "#a85a19";

export function periodReport({ jobs, period, since, now, workspace }: PeriodReport): string {
  const about = [period, workspace, REPORT.made(fullMoment(now))];
  return documentOf({ title: REPORT.ofJobs, about }, [
    section(REPORT.figures, pairs(figuresOf(totalsOf(jobs)))),
    section(REPORT.plots, `<div class="plots">${plotsOf(jobs, daysOf(jobs, since, now))}</div>`),
    section(REPORT.byType, durations(byType(jobs).map(([type, totals]) => [TYPE_WORDS[type], totals]))),
    section(REPORT.byProcess, durations(byProcess(jobs))),
    section(REPORT.errors, errorsOf(jobs)),
    section(REPORT.jobs(count(jobs.length), jobs.length > MOST_JOBS ? count(MOST_JOBS) : null), jobsOf(jobs)),
  ]);
}

function figuresOf({ ended, completed, failed, cancelled, times, bytesMoved }: Totals) {
  const { facts } = REPORT;
  return [
    [facts.ended, count(ended)],
    [facts.completed, ended === 0 ? count(0) : `${count(completed)} (${percent(completed / ended)})`],
    [facts.failed, count(failed)],
    [facts.cancelled, count(cancelled)],
    [facts.median, times.length === 0 ? null : duration(quantile(times, 0.5))],
    [facts.moved, bytes(bytesMoved)],
  ] as const;
}

function plotsOf(jobs: readonly Job[], days: Days): string {
  const { ends, spentIn, read, written } = REPORT;
  const span = [dayOf(days.starts[0]), dayOf(days.starts.at(-1))] as const;
  const among = (...states: readonly Job["state"][]) =>
    perDay(days, ({ state }) => states.includes(state) ? 1 : 0);
  const trend = rateTrend(jobs);
  return [
    stackedBars({
      title: REPORT.perDay,
      ends: span,
      format: count,
      series: [
        { name: ends.completed, values: among("completed"), colour: BLUE },
        { name: ends.failed, values: among("failed", "timed_out"), colour: RED },
        { name: ends.cancelled, values: among("cancelled"), colour: GREY },
      ],
    }),
    stackedBars({
      title: REPORT.volume,
      ends: span,
      format: bytes,
      series: [
        { name: read, values: perDay(days, ({ result }) => result?.bytesRead ?? 0), colour: TEAL },
        { name: written, values: perDay(days, ({ result }) => result?.bytesWritten ?? 0), colour: ORANGE },
      ],
    }),
    stackedBars({
      title: REPORT.spent,
      ends: span,
      format: duration,
      series: [
        { name: spentIn.running, values: perDay(days, ({ ranMs }) => ranMs), colour: BLUE },
        { name: spentIn.waiting, values: perDay(days, ({ waitedMs }) => waitedMs), colour: GREY },
        { name: spentIn.paused, values: perDay(days, ({ pausedMs }) => pausedMs), colour: ORANGE },
      ],
    }),
    trend.x.length < 2 ? "" : lines({
      title: REPORT.tracesPerSecond,
      ends: [dayOf(trend.x[0]), dayOf(trend.x.at(-1))],
      format: shortRate,
      series: [{ name: REPORT.tracesPerSecond, values: trend.rates, colour: BLUE }],
    }, trend.x),
  ].join("\n");
}

function durations(rows: readonly (readonly [string, Totals])[]): string {
  const { name, completed, failed, median, p95, longest, rate } = REPORT.columns;
  return table(
    [name, completed, failed, median, p95, longest, rate],
    6,
    rows.map(([name, { completed, failed, times, tracesPerSecond }]) => [
      name,
      count(completed),
      count(failed),
      ...[0.5, 0.95, 1].map((share) => times.length === 0 ? "–" : duration(quantile(times, share))),
      tracesPerSecond === null ? "–" : shortRate(tracesPerSecond),
    ]),
  );
}

function errorsOf(jobs: readonly Job[]): string {
  const { error, message, jobs: number } = REPORT.columns;
  const rows = errorGroups(jobs).map(({ tag, message, jobs }) => [tag, message, count(jobs.length)]);
  return table([error, message, number], 1, rows);
}

function jobsOf(jobs: readonly Job[]): string {
  const { name, state, traces, took, rate, at } = REPORT.columns;
  const rows = jobs.slice(0, MOST_JOBS).map((job) => {
    const read = tracesOf(job), speed = rateOf(job);
    return [
      job.name,
      STATE_WORDS[job.state],
      read === null ? "–" : count(read),
      duration(job.ranMs),
      speed === null ? "–" : shortRate(speed),
      job.endedAt === null ? "–" : fullMoment(job.endedAt),
    ];
  });
  return table([name, state, traces, took, rate, at], 4, rows);
}

function dayOf(seconds: number | undefined): string {
  return seconds === undefined ? "" : new Date(seconds * 1000).toLocaleDateString();
}
