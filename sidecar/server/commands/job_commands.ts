/** Commands about jobs: thin callers of the job manager. */
import type { JobFilter, JobPage, LogLine } from "../../../src/shared/protocol/commands.ts";
import { ALL_PAUSED, type JobManager } from "../../jobs/manager.ts";
import { givenUp } from "../reading/asked_worker.ts";
import { requireFuture } from "../user/timetable.ts";
import type { Handlers } from "./command_context.ts";

const PAGE = 200;
const LINES = 1000;

/** Why the user holds the queue, beside the reasons of others. */
const BY_USER = "by the user";

export const JOB_COMMANDS = {
  list_jobs: ({ manager }, filter) => listJobs(manager, filter),
  get_job: ({ manager }, { job }) => ({ job: manager.get(job) }),
  list_job_stamps: ({ manager }) => ({ stamps: manager.stamps() }),
  get_jobs: ({ manager }, { jobs }) => {
    const found = jobs.map((id) => manager.ifThere(id));
    return {
      jobs: found.flatMap((job) => job ?? []),
      missing: jobs.filter((_, i) => found[i] === undefined),
    };
  },
  job_request: ({ manager }, { job }) => ({ request: manager.request(job) }),
  job_history: ({ manager }, { job, after = 0, limit = LINES }) => {
    const { events, unknownLines } = manager.history(job);
    return { events: events.slice(after, after + limit), total: events.length, unknownLines };
  },
  job_log: ({ manager }, { job, after = 0, limit = LINES, text }) => {
    const lines = manager.history(job).events.flatMap((event): LogLine[] =>
      event.event === "log" ? [{ at: event.at, level: event.level, text: event.text }] : []
    ).filter((line) => text === undefined || contains(line.text, text));
    return { lines: lines.slice(after, after + limit), total: lines.length };
  },
  read_log: ({ manager }, { job, from, back = true, limit = PAGE, text, context = 0 }, hungUp) =>
    manager.logPage(job, { from, back, limit, text, context }, () => {
      if (hungUp.aborted) throw givenUp();
    }),
  preflight: async ({ preflight, grants, settings }, { work }) => {
    const { workOf } = await import("./submissions.ts");
    const { estimate, warnings } = await preflight(workOf(work, grants, settings.now).work);
    return { estimate, warnings };
  },
  submit: async ({ manager, grants, settings }, { work }) => {
    const { workOf } = await import("./submissions.ts");
    return { job: await manager.submit(workOf(work, grants, settings.now)) };
  },
  rerun_job: async ({ manager, grants }, { job, ...how }) => {
    const { workAgain } = await import("./submissions.ts");
    return { job: await manager.submit(workAgain(manager.request(job), how, grants)) };
  },
  pause_job: async ({ manager, timetable }, { job, until }) => {
    requireFuture(until);
    await manager.pause(job);
    return done(timetable.rest(job, until));
  },
  resume_job: async ({ manager }, { job }) => done(await manager.resume(job)),
  finish_job: async ({ manager }, { job }) => done(await manager.finishAndStop(job)),
  cancel_job: async ({ manager }, { job, keepPartial }) => done(await manager.cancel(job, { keepPartial })),
  retry_job: async ({ manager }, { job }) => done(await manager.retry(job)),
  remove_job: async ({ manager }, { job }) => done(await manager.remove(job)),
  rename_job: async ({ manager }, { job, name }) => done(await manager.rename(job, name)),
  set_priority: async ({ manager }, { job, priority }) => done(await manager.setPriority(job, priority)),
  reorder_job: async ({ manager }, { job, before }) => done(await manager.reorder(job, before)),
  tag_job: async ({ manager }, { job, tags }) => done(await manager.tag(job, tags)),
  pause_all: async ({ manager, timetable }, { until }) => {
    requireFuture(until);
    await manager.pauseAll();
    return done(timetable.hold(ALL_PAUSED, until));
  },
  resume_all: async ({ manager, timetable }) => {
    timetable.hold(ALL_PAUSED, undefined);
    return done(await manager.resumeAll());
  },
  cancel_all: async ({ manager }, { keepPartial }) => done(await manager.cancelAll({ keepPartial })),
  hold_queue: ({ manager, timetable }, { until }) => {
    requireFuture(until);
    manager.holdQueue(BY_USER);
    return done(timetable.hold(BY_USER, until));
  },
  release_queue: ({ manager, timetable }) => {
    timetable.hold(BY_USER, undefined);
    return done(manager.releaseQueue(BY_USER));
  },
  get_timetable: ({ timetable }) => timetable.now,
  set_limits: ({ settings }, { heavy, light }) => {
    settings.change({ heavy, light });
    return {};
  },
} satisfies Partial<Handlers>;

function done(_: void): Record<never, never> {
  return {};
}

function listJobs(manager: JobManager, filter: JobFilter): JobPage {
  return {
    ...manager.find(filter, filter.limit ?? PAGE),
    queue: manager.queue().map((job) => job.id),
    problems: manager.problems(),
  };
}

function contains(whole: string, part: string): boolean {
  return whole.toLowerCase().includes(part.toLowerCase());
}
