/** Jobs with random faults: none is lost, none ends in a state that cannot be. */
import { expect, test } from "vitest";
import { randomNumbers } from "../test_steps.ts";
import { inconsistencies, runJobsWithFaults } from "./faults.ts";
import { newBench } from "./new_bench.ts";

const bench = newBench();
/** More by hand. */
const JOBS = Number(process.env.SEISPROC_FAULT_JOBS ?? 32);

test(
  "after jobs with random faults the workspace is consistent and a new manager sees the same",
  async () => {
    const manager = bench().manager({ limits: { heavy: 2, light: 2 }, freeBytes: () => 1e9 });
    const jobs = await runJobsWithFaults(bench(), manager, JOBS, randomNumbers(3));
    expect(inconsistencies(manager)).toEqual([]);
    expect(new Set(jobs.map((job) => job.state)).size).toBeGreaterThan(1);
    expect(manager.runners()).toEqual([]);
    const brief = (list: typeof jobs) => list.map((job) => `${job.id} ${job.state} ${job.attempt}`).sort();
    await bench().close(manager);
    expect(brief(bench().manager().list())).toEqual(brief(jobs));
  },
  60_000 + JOBS * 1000,
);
