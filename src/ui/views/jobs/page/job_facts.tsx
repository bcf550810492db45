/** What was asked of a job and how it went, as names and values. */
import { Fragment } from "preact";
import { isActive, type Job, type JobRequest } from "../../../../shared/job/job.ts";
import type { JobProgress } from "../../../../shared/job/progress.ts";
import { bytes, count, memory, percent } from "../../../format/numbers.ts";
import { duration, fullMoment } from "../../../format/times.ts";
import type { JobEntry } from "../../../state/jobs.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { PRIORITY_WORDS, STATE_WORDS, TYPE_WORDS } from "../../../texts/states.ts";

export interface JobFactsProps {
  readonly entry: JobEntry;
  readonly request: JobRequest | null;
}

export function JobFacts({ entry, request }: JobFactsProps) {
  const job = entry.job.value, progress = entry.progress.value;
  return (
    <dl class="pairs">
      {[...askedOf(job, request), ...wentOf(job, progress)].map(([name, value]) =>
        value !== null && value !== "" && (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        )
      )}
    </dl>
  );
}

type Row = readonly [string, string | null];

function askedOf(job: Job, request: JobRequest | null): readonly Row[] {
  const { facts } = JOBS;
  return [
    [facts.state, STATE_WORDS[job.state]],
    [facts.reason, job.reason],
    [facts.type, TYPE_WORDS[job.type]],
    [facts.flow, request && flowOf(request)],
    [facts.input, request && inputOf(request)],
    [facts.part, request && partOf(request)],
    [facts.priority, job.priority === "normal" ? null : PRIORITY_WORDS[job.priority]],
    [facts.tags, job.tags.join(", ")],
    [facts.timeout, job.timeoutSeconds === null ? null : duration(job.timeoutSeconds * 1000)],
  ];
}

function wentOf(job: Job, progress: JobProgress | null): readonly Row[] {
  const { facts } = JOBS, { result } = job;
  const reached = progress && JOBS.reachedOf(
    count(progress.traces.done),
    count(progress.traces.total),
    percent(progress.fraction),
  );
  return [
    [facts.attempt, JOBS.attemptOf(job.attempt, job.maxAttempts)],
    [facts.reached, reached],
    [facts.checkpoint, checkpointOf(job)],
    [facts.took, isActive(job.state) ? null : duration(job.ranMs)],
    [facts.waited, duration(job.waitedMs)],
    [facts.paused, job.pausedMs > 0 ? duration(job.pausedMs) : null],
    [facts.memory, result && memory(result.peakMemoryBytes)],
    [facts.data, result && `${bytes(result.bytesRead)}, ${bytes(result.bytesWritten)}`],
    [facts.skipped, result && result.skipped.length > 0 ? count(result.skipped.length) : null],
    [facts.created, fullMoment(job.createdAt)],
    [facts.ended, job.endedAt === null ? null : fullMoment(job.endedAt)],
  ];
}

function checkpointOf({ state, plan, blocksOnDisk }: Job): string | null {
  if (state === "completed" || plan === null || blocksOnDisk === 0) return null;
  return JOBS.checkpointOf(count(blocksOnDisk), count(plan.blocks));
}

/** Processes with what was set of them, as a flow is told aloud. */
function flowOf({ work }: JobRequest): string | null {
  if (work.kind !== "flow") return null;
  const steps = work.flow.processes.map(({ process, parameters }) => {
    const set = Object.entries(parameters).map(([name, value]) => `${name} ${shown(value)}`);
    return set.length === 0 ? process : `${process} (${set.join(", ")})`;
  });
  return timesOf(steps).join(", ") || JOBS.copyOnly;
}

/** What stands several times in a row is told once, with how often. */
function timesOf(steps: readonly string[]): readonly string[] {
  return steps.flatMap((step, i) => {
    if (step === steps[i - 1]) return [];
    const next = steps.findIndex((other, j) => j > i && other !== step);
    const times = (next < 0 ? steps.length : next) - i;
    return times === 1 ? [step] : [`${step} × ${times}`];
  });
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function inputOf({ work }: JobRequest): string {
  return work.kind === "flow" ? work.flow.input.path : work.input;
}

/** Which traces, in which order. */
function partOf({ work }: JobRequest): string | null {
  if (work.kind !== "flow") return null;
  const { order, select, traces } = work.flow.input;
  const parts = [
    order.length > 0 && JOBS.orderedBy(order.join(", ")),
    select !== undefined && select,
    traces !== undefined && JOBS.tracesFrom(traces.map((trace) => count(trace)).join("–")),
  ];
  return parts.filter((part) => part !== false).join("; ") || null;
}
