/**
 * What is paused until a time: the queue for a reason, or single jobs. It outlives restarts; what came due meanwhile
 * goes on at the next start. A job that somebody resumes before is no longer in it.
 */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import type { News } from "../../../src/shared/job/news.ts";
import { isNumber } from "../../../src/shared/job/parse.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { NO_TIMES, type Times } from "../../../src/shared/job/progress.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { writingError } from "../../files/file_errors.ts";
import { ALL_PAUSED, type JobManager } from "../../jobs/manager.ts";

/** The longest time that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

export class Timetable {
  readonly #manager: JobManager;
  readonly #file: string;
  readonly #stop: () => void;
  #times: Times;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(manager: JobManager) {
    this.#manager = manager;
    this.#file = path.join(manager.workspace.root, "timetable.json");
    this.#times = readTimes(this.#file);
    for (const reason of Object.keys(this.#times.holds)) manager.holdQueue(reason);
    this.#stop = manager.news.subscribe((news) => this.#hear(news));
    this.#arm(this.#isLate() ? 0 : Infinity);
  }

  get now(): Times {
    return this.#times;
  }

  /** Keeps until when the queue is held for a reason; undefined: until it is released. */
  hold(reason: string, until: number | undefined): void {
    const { [reason]: _, ...others } = this.#times.holds;
    this.#keep({ ...this.#times, holds: until === undefined ? others : { ...others, [reason]: until } });
  }

  /** Keeps until when a job rests; undefined: until it is resumed. */
  rest(job: string, until: number | undefined): void {
    const { [job]: _, ...others } = this.#times.jobs;
    this.#keep({ ...this.#times, jobs: until === undefined ? others : { ...others, [job]: until } });
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
  }

  #hear(news: News): void {
    if (news.news === "removed" && news.job in this.#times.jobs) this.rest(news.job, undefined);
    if (news.news !== "job") return;
    const { state, id } = news.job;
    const rests = state === "running" || state === "pausing" || state === "paused";
    if (id in this.#times.jobs && !rests) this.rest(id, undefined);
    // What came due while the job still finished its blocks.
    if (state === "paused" && this.#isLate()) this.#arm(0);
  }

  #keep(times: Times): void {
    if (JSON.stringify(times) === JSON.stringify(this.#times)) return;
    try {
      replaceFile(this.#file, [new TextEncoder().encode(JSON.stringify(times) + "\n")]);
    } catch (cause) {
      throw writingError(this.#file, cause);
    }
    this.#times = times;
    this.#manager.news.publish({ news: "timetable", ...times });
    this.#arm();
  }

  /** Sleeps until the next time; what is late waits for a job that still finishes its blocks. */
  #arm(least = Infinity): void {
    clearTimeout(this.#timer);
    const { holds, jobs } = this.#times, now = Date.now();
    const waits = [...Object.values(holds), ...Object.values(jobs)].map((time) => time - now);
    const wait = Math.min(least, ...waits.filter((ms) => ms > 0));
    if (wait !== Infinity) this.#timer = setTimeout(() => void this.#goOn(), Math.min(LONGEST_MS, wait));
  }

  #isLate(): boolean {
    const { holds, jobs } = this.#times;
    return [...due(holds), ...due(jobs)].length > 0;
  }

  async #goOn(): Promise<void> {
    const pausing = new Set(
      this.#manager.underWay().flatMap(({ id, state }) => state === "pausing" ? id : []),
    );
    for (const reason of due(this.#times.holds)) {
      if (reason === ALL_PAUSED && pausing.size > 0) continue;
      this.hold(reason, undefined);
      await this.#manager.release(reason);
    }
    for (const job of due(this.#times.jobs)) {
      if (pausing.has(job)) continue;
      this.rest(job, undefined);
      await this.#manager.resume(job).catch(() => {});
    }
    this.#arm();
  }
}

function due(times: Readonly<Record<string, number>>): string[] {
  const now = Date.now();
  return Object.keys(times).filter((name) => times[name] <= now);
}

/** @throws protocol */
export function requireFuture(until: number | undefined): void {
  if (until === undefined || until > Date.now()) return;
  const reason = `until: expected a time to come, found ${new Date(until).toISOString()}`;
  throw new SeisProcError("protocol", `Cannot pause: ${reason}`, { reason });
}

function readTimes(file: string): Times {
  try {
    const written = parseLine(fs.readFileSync(file, "utf8"));
    if (!isRecord(written)) return NO_TIMES;
    return { holds: timesIn(written.holds), jobs: timesIn(written.jobs) };
  } catch {
    return NO_TIMES;
  }
}

function timesIn(value: unknown): Record<string, number> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, time]) => isNumber(time) ? [[name, time] as const] : []),
  );
}
