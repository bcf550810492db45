/** Many jobs with random faults and random verbs; what must hold afterwards is checked by the caller. */
import fs from "node:fs";
import type { JobManager } from "../../sidecar/jobs/manager.ts";
import { isAtRest, type Job } from "../../src/shared/job/job.ts";
import { type Bench, outputOf, type Script, wanted } from "./scripted_jobs.ts";

export async function runJobsWithFaults(
  bench: Bench,
  manager: JobManager,
  jobs: number,
  random: () => number,
): Promise<Job[]> {
  const below = (n: number) => Math.floor((random() + 1) / 2 * n);
  const ended: Job[] = [];
  const one = async () => {
    const { id } = await manager.submit(bench.submission(faultyScript(below)));
    if (below(3) === 0) await disturb(manager, id, below);
    let job = await manager.whenAtRest(id);
    // More than once: a job that was paused may then find the disk full.
    while (job.state === "interrupted" || job.state === "paused") {
      await manager.resume(id).catch(() => {});
      job = await manager.whenAtRest(id);
    }
    ended.push(job);
  };
  for (let done = 0; done < jobs; done += 4) {
    await Promise.all(Array.from({ length: Math.min(4, jobs - done) }, one));
  }
  return ended;
}

function faultyScript(below: (n: number) => number): Script {
  const blocks = 2 + below(6);
  const script = { blocks, msPerBlock: 2, checkpointEvery: 1 + below(2) };
  const at = below(blocks);
  const faults: Partial<Script>[] = [
    {},
    { dieOnceAt: at },
    { failAt: at },
    { transientOnceAt: at },
    { noiseAt: at, tornWrites: true },
    { diskFullOnceAt: at },
    { stderrAt: at, dieOnceAt: at },
  ];
  return { ...script, ...faults[below(faults.length)] };
}

/** Something that a user does at a bad moment; being too late is fine. */
async function disturb(manager: JobManager, id: string, below: (n: number) => number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, below(150)));
  const verbs = [
    () => manager.pause(id),
    () => manager.cancel(id),
    () => manager.cancel(id, { keepPartial: true }),
    () => manager.rename(id, "x"),
    // deno-lint-ignore require-await -- a runner that is just gone rejects like the other verbs
    async () => manager.runners().forEach(({ pid }) => process.kill(pid, "SIGKILL")),
  ];
  await verbs[below(verbs.length)]().catch(() => {});
}

/** What is wrong with a workspace after everything came to rest; empty when nothing is. */
export function inconsistencies(manager: JobManager): string[] {
  const wrong: string[] = manager.problems().map((problem) => problem.error.message);
  for (const job of manager.list()) {
    const output = outputOf(manager, job.id);
    if (!isAtRest(job.state)) wrong.push(`${job.id} is ${job.state}`);
    if (job.damage.length > 0) wrong.push(`${job.id}: ${job.damage}`);
    const there = fs.existsSync(output);
    if (there !== (job.state === "completed")) {
      wrong.push(`${job.id} is ${job.state}, output there: ${there}`);
    }
    if (there && fs.readFileSync(output, "utf8") !== wanted(job.plan?.blocks ?? 0)) {
      wrong.push(`${job.id}: wrong bytes`);
    }
    if (job.state === "cancelled" && job.partialOutput === "removed" && fs.existsSync(`${output}.part`)) {
      wrong.push(`${job.id}: partial output stayed`);
    }
  }
  return wrong;
}
