/** `kill -9` at random moments: whatever dies, the job is resumed and its output has the bytes of a quiet run. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Work } from "../../src/shared/job/work.ts";
import { randomNumbers } from "../test_steps.ts";
import { type CrashJob, liveOnce, type Moment, SIGNS, survivors, type Victim } from "./crash_run.ts";
import { bytesOf, differences, JobYard, outputOf, SLOW, SLOW_STACK } from "./real_jobs.ts";

/** Kills in all; many more by hand. */
const CRASHES = Number(process.env.SEISPROC_CRASHES ?? 15);
const VICTIMS: readonly Victim[] = ["group", "runner", "manager"];
/** In a row on one job, which then runs to its end. */
const KILLS_PER_JOB = 3;

const yard = new JobYard();
/** Kills that were tried, and those that met a living process: a job that is resumed may end before its sign. */
const tried: Victim[] = [], met: Victim[] = [];
afterAll(() => yard.remove());

const CASES: Readonly<Record<string, (output: string) => Work>> = {
  "a SEG-Y file": (name) => yard.flow(`${name}.sgy`, SLOW),
  "a stored dataset": (name) => yard.flow(`${name}.zarr`, SLOW),
  "a sorted stack as SEG-Y": (name) =>
    yard.flow(`${name}.sgy`, SLOW_STACK, { order: ["cdp", "offset"], workers: 2 }),
  "a sorted stored dataset and its noise": (name) =>
    yard.flow(`${name}.zarr`, SLOW, { order: ["offset", "-cdp"], mode: "both" }),
  "an import of headers": (name) => yard.headerScan(`${name}.zarr`),
};
const kinds = Object.keys(CASES);
const jobsPerKind = Math.ceil(CRASHES / KILLS_PER_JOB / kinds.length);

describe.each(kinds)("%s", (kind) => {
  // One name for all runs of a kind: an output tells the flow that made it, with its name.
  const work = CASES[kind](`out ${kinds.indexOf(kind)}`);
  const quiet = yard.file(`quiet ${kinds.indexOf(kind)}`);
  /** When the quiet run had its job, and when it ended. */
  let [namedMs, endedMs] = [0, 0];

  beforeAll(async () => {
    const life = await liveOnce(job(`quiet ${kind}`, work));
    expect(life.said.get("rest")).toBe("completed ");
    fs.renameSync(outputOf(work), quiet);
    [namedMs, endedMs] = [life.namedMs, life.endedMs];
  });

  test.each(Array.from({ length: jobsPerKind }, (_, i) => i))("survives kills, job %i", async (round) => {
    const seed = kinds.indexOf(kind) * 1000 + round;
    const random = randomNumbers(seed * 7919 + 104729);
    for (let kill = 0; kill < KILLS_PER_JOB; kill++) {
      const victim = VICTIMS[Math.floor((random() + 1) / 2 * VICTIMS.length)];
      const moment = momentOf(random, victim, kill);
      await dieAndCheck(job(`crash ${seed}`, work), victim, moment);
    }
    await endAndCheck(job(`crash ${seed}`, work), quiet);
  }, 60_000);

  /** Delays shrink with the kills: less is left to do after each. */
  function momentOf(random: () => number, victim: Victim, kill: number): Moment {
    if (kill === KILLS_PER_JOB - 1 && random() < 0) return { sign: "renamed", ms: 0 };
    // There is no runner to meet when the process starts.
    const signs = SIGNS.filter((sign) => sign !== "renamed" && (sign !== "started" || victim !== "runner"));
    const sign = signs[Math.floor((random() + 1) / 2 * signs.length)];
    const share = (random() + 1) / 2 / (kill + 1);
    return { sign, ms: share * (sign === "started" ? namedMs : 0.6 * (endedMs - namedMs)) };
  }
});

function job(name: string, work: Work): CrashJob {
  return { workspace: yard.workspace, name, work };
}

async function dieAndCheck(what: CrashJob, victim: Victim, moment: Moment): Promise<void> {
  const life = await liveOnce(what, victim, moment);
  tried.push(victim);
  if (life.killed) met.push(victim);
  const where = `${what.name}, ${victim} ${moment.ms} ms after ${moment.sign}`;
  expect(life.said.get("problem"), where).toBeUndefined();
  const found = life.said.get("found") ?? "nothing";
  expect(["nothing", "queued", "interrupted", "completed"], where).toContain(found);
  const rest = life.said.get("rest")?.split(" ")[0] ?? "none";
  expect(["none", "interrupted", "completed"], `${where}: ${life.said.get("rest")}`).toContain(rest);
}

async function endAndCheck(what: CrashJob, quiet: string): Promise<void> {
  const life = await liveOnce(what);
  expect(life.said.get("rest"), what.name).toBe("completed ");
  const output = outputOf(what.work);
  expect(differences(bytesOf(quiet), bytesOf(output)), what.name).toEqual([]);
  expect(fs.existsSync(`${output}.part`), what.name).toBe(false);
  expect(survivors(life.group), what.name).toEqual([]);
  fs.rmSync(output, { recursive: true });
}

test("kills met a living process of each kind", () => {
  console.log(`${met.length} of ${tried.length} kills met a living process`);
  expect([...new Set(met)].sort()).toEqual([...new Set(tried)].sort());
});
