/** Commands about many jobs at once: groups of them, and one verb for all that match. */
import { SeisProcError, toWireError, type WireError } from "../../../src/shared/errors.ts";
import type { GroupSummary } from "../../../src/shared/job/group.ts";
import type { Job, JobEstimate } from "../../../src/shared/job/job.ts";
import type { ManyVerb, PreflightAnswer, WorkSubmission } from "../../../src/shared/protocol/commands.ts";
import { newJobId } from "../../jobs/folder/job_folder.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { Context, Handlers } from "./command_context.ts";

export const MANY_COMMANDS = {
  preflight_group: async (context, { works }) => {
    const answers: (PreflightAnswer | { error: WireError })[] = [];
    for (const work of works) answers.push(await orError(preflightOf(context, work), (error) => ({ error })));
    return { estimate: together(answers), works: answers };
  },
  submit_group: async ({ manager, grants, settings }, { name, works }) => {
    const { workOf } = await import("./submissions.ts");
    const parent = newJobId(Date.now());
    const jobs: Job[] = [], refused: { work: number; error: WireError }[] = [];
    for (const [i, work] of works.entries()) {
      const submit = async () =>
        await manager.submit({ ...workOf(work, grants, settings.now), parent, group: name });
      const job = await orError(submit(), (error) => void refused.push({ work: i, error }));
      if (job !== undefined) jobs.push(job);
    }
    return { group: manager.groups.get(parent) ?? emptyGroup(parent, name), jobs, refused };
  },
  list_groups: ({ manager }) => ({ groups: manager.groups.open() }),
  get_group: ({ manager }, { group }) => ({ group: groupOf(manager, group) }),
  change_jobs: async ({ manager }, { verb, jobs, filter = {}, keepPartial }) => {
    const ids = jobs ?? manager.matching(filter);
    const refused: { job: string; error: WireError }[] = [];
    for (const job of ids) {
      await orError(VERBS[verb](manager, job, keepPartial), (error) => void refused.push({ job, error }));
    }
    return { changed: ids.length - refused.length, refused };
  },
} satisfies Partial<Handlers>;

const VERBS: Readonly<
  Record<ManyVerb, (manager: JobManager, id: string, keepPartial?: boolean) => Promise<void>>
> = {
  pause: (manager, id) => manager.pause(id),
  finish: (manager, id) => manager.finishAndStop(id),
  resume: (manager, id) => manager.resume(id),
  cancel: (manager, id, keepPartial) => manager.cancel(id, { keepPartial }),
  retry: (manager, id) => manager.retry(id),
  remove: (manager, id) => manager.remove(id),
};

async function preflightOf(
  { preflight, grants, settings }: Context,
  asked: WorkSubmission,
): Promise<PreflightAnswer> {
  const { workOf } = await import("./submissions.ts");
  const { estimate, warnings } = await preflight(workOf(asked, grants, settings.now).work);
  return { estimate, warnings };
}

/** What one of many refuses is told beside what the others do; a defect is one for all. */
async function orError<T, E>(act: Promise<T>, refuse: (error: WireError) => E): Promise<T | E> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof SeisProcError)) throw error;
    return refuse(toWireError(error));
  }
}

/** One after the other: time and disk add up, memory is that of the largest. */
function together(answers: readonly (PreflightAnswer | { readonly error: WireError })[]): JobEstimate {
  const estimates = answers.flatMap((answer) => "estimate" in answer ? [answer.estimate] : []);
  return {
    seconds: estimates.reduce((sum, { seconds }) => sum + seconds, 0),
    memoryBytes: estimates.reduce((most, { memoryBytes }) => Math.max(most, memoryBytes), 0),
    diskBytes: estimates.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
  };
}

function groupOf(manager: JobManager, id: string): GroupSummary {
  const group = manager.groups.get(id);
  if (group !== undefined) return group;
  const message =
    `Cannot find group ${id}: expected one with jobs, found none: list_groups shows those that go on`;
  throw new SeisProcError("job-not-found", message, { job: id });
}

/** None of its works became a job. */
function emptyGroup(id: string, name: string): GroupSummary {
  const now = Date.now();
  return {
    ...{ id, name, jobs: 0, states: {}, fraction: 1, traces: { done: 0, total: 0 }, secondsLeft: 0 },
    createdAt: now,
    endedAt: now,
  };
}
