/** The one emitter: numbers all news, keeps the latest for readers that come back after a gap, limits progress. */
import type { News, NewsItem } from "../../../src/shared/job/news.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";

const KEPT = 2048;
const PROGRESS_EVERY_MS = 100;

export type NewsListener = (news: News) => void;

interface Throttle {
  lastAt: number;
  waiting: JobProgress | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class NewsStream {
  readonly #listeners = new Set<NewsListener>();
  readonly #kept: News[] = [];
  readonly #throttles = new Map<string, Throttle>();
  #sequence = 0;

  get sequence(): number {
    return this.#sequence;
  }

  /** Calls the listener for all news from now on; a listener that throws is dropped. Returns how to stop. */
  subscribe(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(item: NewsItem): void {
    const news: News = { sequence: ++this.#sequence, at: Date.now(), ...item };
    this.#kept.push(news);
    if (this.#kept.length >= 2 * KEPT) this.#kept.splice(0, KEPT);
    for (const listener of this.#listeners) this.#call(listener, news);
  }

  /** News after this number, or undefined when some of them are no longer kept: then ask for the whole state. */
  after(sequence: number): readonly News[] | undefined {
    if (sequence > this.#sequence) return undefined;
    const missed = this.#sequence - sequence;
    return missed <= this.#kept.length ? this.#kept.slice(this.#kept.length - missed) : undefined;
  }

  /** Publishes progress at once or, when the last was just now, the latest of it a little later. */
  progress(job: string, progress: JobProgress): void {
    const throttle = this.#throttles.get(job) ?? { lastAt: -Infinity, waiting: undefined, timer: undefined };
    this.#throttles.set(job, throttle);
    throttle.waiting = progress;
    if (throttle.timer !== undefined) return;
    const wait = throttle.lastAt + PROGRESS_EVERY_MS - performance.now();
    if (wait <= 0) this.#flush(job, throttle);
    else throttle.timer = setTimeout(() => this.#flush(job, throttle), wait);
  }

  /** Publishes progress that still waits: the job is about to change state. */
  endProgress(job: string): void {
    const throttle = this.#throttles.get(job);
    if (throttle === undefined) return;
    clearTimeout(throttle.timer);
    this.#flush(job, throttle);
    this.#throttles.delete(job);
  }

  #flush(job: string, throttle: Throttle): void {
    throttle.timer = undefined;
    if (throttle.waiting === undefined) return;
    throttle.lastAt = performance.now();
    const progress = throttle.waiting;
    throttle.waiting = undefined;
    this.publish({ news: "progress", job, progress });
  }

  #call(listener: NewsListener, news: News): void {
    try {
      listener(news);
    } catch (error) {
      this.#listeners.delete(listener);
      console.error("a listener to job news failed and was dropped:", error);
    }
  }
}
