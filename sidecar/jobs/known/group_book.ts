/** Groups of jobs: their summaries, and news when they go on. A group is looked at when one of its jobs changes. */
import { type GroupSummary, summaryOf } from "../../../src/shared/job/group.ts";
import { isEnded, type Job } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobStore } from "./job_store.ts";
import type { NewsStream } from "./news_stream.ts";

const TELL_EVERY_MS = 250;

export class GroupBook {
  /** Jobs of the groups that go on, by group and id: ended ones are not decoded again each time. */
  readonly #groups = new Map<string, Map<string, Job>>();
  readonly #parents = new Map<string, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #stop: () => void;

  constructor(readonly store: Pick<JobStore, "childrenOf" | "get" | "open">, readonly news: NewsStream) {
    this.#stop = news.subscribe((one) => this.#hear(one));
  }

  /** Undefined when no job belongs to it. */
  get(id: string): GroupSummary | undefined {
    const jobs = this.#jobsOf(id);
    return jobs.length === 0 ? undefined : summaryOf(id, jobs);
  }

  /** Groups of which a job has not ended, oldest first. */
  open(): GroupSummary[] {
    const ids = new Set(this.store.open().flatMap(({ parent }) => parent ?? []));
    return [...ids].sort().flatMap((id) => this.get(id) ?? []);
  }

  close(): void {
    this.#stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #hear(news: News): void {
    if (news.news === "job" && news.job.parent !== null) this.#changed(news.job.parent, news.job);
    if (news.news === "removed") this.#removed(news.job);
    if (news.news !== "progress") return;
    const parent = this.#parents.get(news.job), job = parent && this.#groups.get(parent)?.get(news.job);
    if (job) this.#changed(job.parent ?? "", { ...job, progress: news.progress });
  }

  #changed(parent: string, job: Job): void {
    this.#membersOf(parent).set(job.id, job);
    this.#parents.set(job.id, parent);
    this.#tellSoon(parent);
  }

  #removed(id: string): void {
    const parent = this.#parents.get(id);
    if (parent === undefined) return;
    this.#parents.delete(id);
    this.#groups.get(parent)?.delete(id);
    this.#tellSoon(parent);
  }

  #tellSoon(parent: string): void {
    if (this.#timers.has(parent)) return;
    this.#timers.set(parent, setTimeout(() => this.#tell(parent), TELL_EVERY_MS));
  }

  #tell(parent: string): void {
    this.#timers.delete(parent);
    const group = this.get(parent);
    if (group !== undefined) this.news.publish({ news: "group", group });
    if (group === undefined || group.endedAt !== null) this.#forget(parent);
  }

  /** Nothing more happens to it by itself. */
  #forget(parent: string): void {
    for (const id of this.#groups.get(parent)?.keys() ?? []) this.#parents.delete(id);
    this.#groups.delete(parent);
  }

  #jobsOf(parent: string): Job[] {
    const known = this.#groups.get(parent);
    if (known !== undefined) return [...known.values()];
    const jobs = this.#read(parent);
    if (jobs.some(({ state }) => !isEnded(state))) this.#remember(parent, jobs);
    return jobs;
  }

  #membersOf(parent: string): Map<string, Job> {
    return this.#groups.get(parent) ?? this.#remember(parent, this.#read(parent));
  }

  #remember(parent: string, jobs: readonly Job[]): Map<string, Job> {
    const members = new Map(jobs.map((job) => [job.id, job]));
    this.#groups.set(parent, members);
    for (const id of members.keys()) this.#parents.set(id, parent);
    return members;
  }

  #read(parent: string): Job[] {
    return this.store.childrenOf(parent).flatMap((id) => this.store.get(id) ?? []);
  }
}
