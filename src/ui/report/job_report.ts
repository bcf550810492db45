/** The report of one job: what was asked, how it went, its states, its throughput, its log. */
import type { JobEvent } from "../../shared/job/events.ts";
import type { Job, JobRequest } from "../../shared/job/job.ts";
import { bytes, count, memory, shortRate } from "../format/numbers.ts";
import { duration, fullMoment } from "../format/times.ts";
import { rateOf, tracesOf } from "../state/ended/listed.ts";
import { staysOf, throughputOf } from "../state/job_course.ts";
import { REPORT } from "../texts/report.ts";
import { STATE_WORDS, TYPE_WORDS } from "../texts/states.ts";
import { documentOf, pairs, section, table } from "./document.ts";
import { escaped, lines } from "./svg.ts";

export interface JobReport {
  readonly job: Job;
  readonly request: JobRequest | null;
  readonly events: readonly JobEvent[];
  readonly workspace: string;
  readonly now: number;
}

const LEAST_POINTS = 3;

export function jobReport({ job, request, events, workspace, now }: JobReport): string {
  const about = [
    `${TYPE_WORDS[job.type]}, ${STATE_WORDS[job.state]}`,
    workspace,
    REPORT.made(fullMoment(now)),
  ];
  return documentOf({ title: job.name, about }, [
    errorOf(job),
    section(REPORT.went, pairs(factsOf(job))),
    section(REPORT.results, resultsOf(job)),
    section(REPORT.states, statesOf(events)),
    section(REPORT.throughput, throughputPlot(events)),
    section(
      REPORT.asked,
      request === null ? "" : `<pre>${escaped(JSON.stringify(request.work, null, 2))}</pre>`,
    ),
    section(REPORT.log, logOf(events)),
  ]);
}

function errorOf({ error }: Job): string {
  return error === null ? "" : `<div class="error"><b>${error.tag}</b><p>${escaped(error.message)}</p></div>`;
}

function factsOf(job: Job): readonly (readonly [string, string | null])[] {
  const { facts } = REPORT, { result } = job, traces = tracesOf(job), rate = rateOf(job);
  return [
    [facts.id, job.id],
    [facts.inputs, job.inputs.join("\n")],
    [facts.processes, job.processes.join(", ")],
    [facts.tags, job.tags.join(", ")],
    [facts.attempt, String(job.attempt)],
    [facts.created, fullMoment(job.createdAt)],
    [facts.ended, job.endedAt === null ? null : fullMoment(job.endedAt)],
    [facts.took, duration(job.ranMs)],
    [facts.waited, duration(job.waitedMs)],
    [facts.paused, job.pausedMs > 0 ? duration(job.pausedMs) : null],
    [facts.traces, traces === null ? null : count(traces)],
    [facts.rate, rate === null ? null : shortRate(rate)],
    [facts.read, result && bytes(result.bytesRead)],
    [facts.written, result && bytes(result.bytesWritten)],
    [facts.memory, result && memory(result.peakMemoryBytes)],
    [facts.program, job.program],
  ];
}

function resultsOf({ result }: Job): string {
  const { file, traces, size } = REPORT.columns;
  const rows = (result?.outputs ?? []).map((
    output,
  ) => [output.path, count(output.traces), bytes(output.bytes)]);
  return table([file, traces, size], 2, rows);
}

function statesOf(events: readonly JobEvent[]): string {
  const { state, at, took } = REPORT.columns;
  const rows = staysOf(events).map((stay) => [
    STATE_WORDS[stay.state],
    fullMoment(stay.at),
    stay.ms === null ? "" : duration(stay.ms),
  ]);
  return table([state, at, took], 1, rows);
}

function throughputPlot(events: readonly JobEvent[]): string {
  const { x, rates } = throughputOf(events);
  if (x.length < LEAST_POINTS) return "";
  return lines({
    title: REPORT.tracesPerSecond,
    series: [{ name: REPORT.tracesPerSecond, values: rates, colour: "#135aba" }],
    ends: [fullMoment(x[0] * 1000), fullMoment(x[x.length - 1] * 1000)],
    format: shortRate,
  }, x);
}

function logOf(events: readonly JobEvent[]): string {
  const text = events.flatMap((event) =>
    event.event === "log"
      ? [`${new Date(event.at).toISOString()} ${event.level.padEnd(7)} ${event.text}`]
      : []
  ).join("\n");
  return text === "" ? "" : `<pre>${escaped(text)}</pre>`;
}
