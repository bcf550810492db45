/** A job is the sum of its events: pure functions, used for folders that are read and for jobs that run here. */
import { assertUnreachable } from "../assert.ts";
import { isActive, type Job } from "./job.ts";
import type { JobEvent } from "./events.ts";
import { causeOf } from "./happenings.ts";
import { transition } from "./transition.ts";

type Created = Extract<JobEvent, { event: "created" }>;
type StateEvent = Extract<JobEvent, { event: "state" }>;

/**
 * The job after all events; undefined when the first is not its creation. Events that cannot follow are named in
 * `damage` and skipped; but the last change of state counts even then: lines before it were lost.
 */
export function replay(id: string, events: Iterable<JobEvent>): Job | undefined {
  let job: Job | undefined, skipped: StateEvent | undefined;
  for (const event of events) {
    if (job === undefined) {
      if (event.event !== "created") return undefined;
      job = createdJob(id, event);
      continue;
    }
    const next = applyOrNote(job, event);
    if (event.event === "state") skipped = next.damage === job.damage ? undefined : event;
    job = next;
  }
  return job === undefined || skipped === undefined ? job : entered(job, skipped, job.attempt);
}

function applyOrNote(job: Job, event: JobEvent): Job {
  try {
    return applyEvent(job, event);
  } catch (error) {
    return { ...job, damage: [...job.damage, error instanceof Error ? error.message : String(error)] };
  }
}

export function createdJob(id: string, event: Created): Job {
  const { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program, format } =
    event;
  const { inputs = [], outputs = [], processes = [], group = null } = event;
  return {
    ...{ inputs, outputs, processes, group },
    ...{ id, name, type, state: "created", priority, tags, parent, children: [], createdAt: event.at },
    ...{ queuedAt: null, startedAt: null, pausedAt: null, endedAt: null },
    ...{
      attempt: 1,
      maxAttempts,
      repeats: 0,
      round: 0,
      queuedWhy: null,
      order: event.at,
      timeoutSeconds,
      estimate,
    },
    ...{ plan: null, progress: null, blocksOnDisk: 0, result: null, error: null, reason: null },
    ...{
      cancelLevel: null,
      partialOutput: null,
      warnings: 0,
      waitedMs: 0,
      ranMs: 0,
      attemptRanMs: 0,
      pausedMs: 0,
    },
    ...{ manager: null, program, format, damage: [] },
  };
}

/**
 * The job after one more event.
 * @throws job-transition
 */
export function applyEvent(job: Job, event: JobEvent): Job {
  switch (event.event) {
    case "created":
      return job;
    case "state":
      return applyState(job, event);
    case "planned": {
      const { blocks, blocksKept, gathers, traces, workers, phases, outputs, warnings } = event;
      const plan = { blocks, blocksKept, gathers, traces, workers, phases, outputs, warnings };
      return { ...job, plan, blocksOnDisk: blocksKept, warnings: job.warnings + warnings.length };
    }
    case "progress":
      return { ...job, progress: event.progress };
    case "checkpoint":
      return { ...job, blocksOnDisk: event.blocksDone };
    case "log":
      return event.level === "info" ? job : { ...job, warnings: job.warnings + 1 };
    case "adopted":
      return { ...job, manager: event.manager };
    case "renamed":
      return { ...job, name: event.name };
    case "priority":
      return { ...job, priority: event.priority };
    case "order":
      return { ...job, order: event.order };
    case "tags":
      return { ...job, tags: event.tags };
    default:
      return assertUnreachable(event);
  }
}

function applyState(job: Job, event: StateEvent): Job {
  return entered(job, event, transition(job, event.to).attempt);
}

/** The job in the state that the event tells. */
function entered(job: Job, event: StateEvent, attempt: number): Job {
  const moved: Job = {
    ...addTime(job, event),
    state: event.to,
    attempt,
    reason: null,
    pauseCause: undefined,
  };
  switch (event.to) {
    case "queued":
      return queued(moved, event);
    case "running":
      return { ...moved, startedAt: event.at, manager: event.manager };
    case "pausing":
      return { ...moved, reason: event.why, pauseCause: causeOf(event) };
    case "paused":
      return {
        ...moved,
        pausedAt: event.at,
        reason: event.why,
        pauseCause: causeOf(event),
        error: event.error ?? null,
      };
    case "cancelling":
      return { ...moved, partialOutput: event.keepPartial ? "kept" : "removed" };
    case "cancelled":
      return {
        ...ended(moved, event),
        cancelLevel: event.level,
        partialOutput: event.partialOutput,
        blocksOnDisk: event.partialOutput === "kept" ? moved.blocksOnDisk : 0,
      };
    case "interrupted":
      return { ...moved, reason: event.why, error: event.error ?? null };
    case "completed":
      return {
        ...ended(moved, event),
        result: event.result,
        warnings: moved.warnings + newWarnings(moved, event),
      };
    case "failed":
    case "timed_out":
      return { ...ended(moved, event), error: event.error };
    default:
      return assertUnreachable(event);
  }
}

/** What a job had to say at its end besides what its plan said. */
function newWarnings({ plan }: Job, { result }: Extract<StateEvent, { to: "completed" }>): number {
  return Math.max(0, result.warnings.length - (plan?.warnings.length ?? 0));
}

function ended(job: Job, event: StateEvent): Job {
  return { ...job, endedAt: event.at };
}

function queued(job: Job, event: Extract<StateEvent, { to: "queued" }>): Job {
  const { at, manager, order, why } = event;
  const attemptRanMs = why === "resumed" ? job.attemptRanMs : 0;
  const repeats = why === "repeated" ? job.repeats + 1 : 0;
  const fresh = { queuedAt: at, endedAt: null, pausedAt: null, error: null, cancelLevel: null, result: null };
  return {
    ...job,
    ...fresh,
    queuedWhy: why,
    partialOutput: null,
    manager,
    order,
    repeats,
    attemptRanMs,
    round: job.round + 1,
  };
}

/** Adds the time that the job was in the state it leaves; the wall's clock may have jumped back meanwhile. */
function addTime(job: Job, event: StateEvent): Job {
  const since = job.state === "queued" ? job.queuedAt : job.state === "paused" ? job.pausedAt : null;
  const ms = event.ms ?? (since === null ? 0 : Math.max(0, event.at - since));
  if (job.state === "queued") return { ...job, waitedMs: job.waitedMs + ms };
  if (job.state === "paused") return { ...job, pausedMs: job.pausedMs + ms };
  if (!isActive(job.state)) return job;
  return { ...job, ranMs: job.ranMs + ms, attemptRanMs: job.attemptRanMs + ms };
}
