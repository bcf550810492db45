/**
 * Streams news to many readers. A reader is a place in the manager's ring of news and has no queue of its own: it is
 * encoded what it has not had when its connection takes more. So a slow reader costs neither memory nor time; when the
 * ring has gone past its place it gets a snapshot instead, and when it takes nothing for long it is dropped.
 */
import type { JobManager } from "../jobs/manager.ts";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { News } from "../../src/shared/job/news.ts";
import type { Alert } from "../../src/shared/monitor/alert.ts";
import { BOUNDS } from "../../src/shared/protocol/envelope.ts";
import type { ResetReason, ServerEvent, Snapshot } from "../../src/shared/protocol/events.ts";

const HEARTBEAT_MS = 5000;
const DROP_AFTER_MS = 60_000;
/** Several news within this time travel in one piece. */
const GATHER_MS = 5;
/** News in one piece. */
const PIECE = 256;
/** From so many news behind, a progress that a newer one follows is left out. */
const LAG = 1024;
const ENDED_IN_SNAPSHOT = 200;
const KEPT_LINES = 512;

export interface HubTimes {
  readonly heartbeatMs: number;
  readonly dropAfterMs: number;
}

export class EventHub {
  readonly #readers = new Set<Reader>();
  readonly #waiting = new Set<() => void>();
  /** Lines of the latest news, so that ten readers cost one encoding. */
  readonly #lines = new Map<number, string>();
  readonly #unsubscribe: () => void;
  #wakeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly manager: JobManager,
    readonly alerts: () => readonly Alert[],
    readonly times: HubTimes = { heartbeatMs: HEARTBEAT_MS, dropAfterMs: DROP_AFTER_MS },
  ) {
    this.#unsubscribe = manager.news.subscribe(() => {
      if (this.#waiting.size > 0) this.#wakeTimer ??= setTimeout(() => this.#wake(), GATHER_MS);
    });
  }

  get readers(): number {
    return this.#readers.size;
  }

  /**
   * `after`: the last number that the reader has had, within this `stream` (the manager's id). `view` is called when
   * the reader comes, what it returns when the reader leaves.
   */
  open(
    after: number | undefined,
    stream: string | undefined,
    view: () => (() => void) | undefined = () => undefined,
  ): ReadableStream<Uint8Array> {
    if (this.#readers.size >= BOUNDS.readers) {
      const message = `Cannot stream events: expected at most ${BOUNDS.readers} readers, found that many`;
      throw new SeisProcError("busy", message, { what: "event streams", limit: BOUNDS.readers });
    }
    const reader = new Reader(this, after, stream, view());
    this.#readers.add(reader);
    return reader.stream();
  }

  close(): void {
    this.#unsubscribe();
    clearTimeout(this.#wakeTimer);
    for (const reader of [...this.#readers]) reader.end();
    this.#wake();
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
  }

  /** Resolves true when there is news, false after the time of a heartbeat. */
  wait(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const wake = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      this.#waiting.delete(wake);
      resolve(false);
    }, this.times.heartbeatMs);
    this.#waiting.add(wake);
    return promise;
  }

  line(news: News): string {
    const known = this.#lines.get(news.sequence);
    if (known !== undefined) return known;
    const line = lineOf({ event: "news", news });
    this.#lines.set(news.sequence, line);
    if (this.#lines.size > KEPT_LINES) this.#lines.delete(this.#lines.keys().next().value ?? 0);
    return line;
  }

  snapshot(): Snapshot {
    const { manager } = this;
    const { held } = manager;
    return {
      ...manager.latest(ENDED_IN_SNAPSHOT),
      held,
      alerts: this.alerts(),
      groups: manager.groups.open(),
    };
  }

  #wake(): void {
    this.#wakeTimer = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

class Reader {
  readonly #encoder = new TextEncoder();
  #place = 0;
  #first: ResetReason | "hello";
  #greeted = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #dropTimer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(
    readonly hub: EventHub,
    after: number | undefined,
    stream: string | undefined,
    readonly onLeave: (() => void) | undefined,
  ) {
    if (after === undefined) this.#first = "start";
    else if (stream !== undefined && stream !== hub.manager.id) this.#first = "other_run";
    else if (hub.manager.news.after(after) === undefined) this.#first = "gap";
    else {
      this.#first = "hello";
      this.#place = after;
    }
  }

  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: async (controller) => {
        clearTimeout(this.#dropTimer);
        const piece = await this.#next();
        if (this.#ended) return;
        controller.enqueue(this.#encoder.encode(piece));
        this.#dropTimer = setTimeout(() => this.end(), this.hub.times.dropAfterMs);
      },
      cancel: () => this.#leave(),
    }, { highWaterMark: 0 });
  }

  end(): void {
    if (this.#ended) return;
    this.#leave();
    try {
      this.#controller?.close();
    } catch {
      // The connection was closed from the other side.
    }
  }

  #leave(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.onLeave?.();
    clearTimeout(this.#dropTimer);
    this.hub.leave(this);
  }

  async #next(): Promise<string> {
    const first = this.#first;
    if (first !== "hello") return this.#reset(first);
    if (!this.#greeted) return this.#greet();
    while (!this.#ended) {
      const missed = this.hub.manager.news.after(this.#place);
      if (missed === undefined) return this.#reset("gap");
      const lines = this.#take(missed);
      if (lines !== "") return lines;
      if (missed.length > 0 || await this.hub.wait() || this.#ended) continue;
      return lineOf({ event: "heartbeat", sequence: this.#place, at: Date.now() });
    }
    return "";
  }

  #greet(): string {
    this.#greeted = true;
    return lineOf({ event: "hello", stream: this.hub.manager.id, sequence: this.#place });
  }

  #reset(why: ResetReason): string {
    this.#first = "hello";
    this.#greeted = true;
    this.#place = this.hub.manager.news.sequence;
    const { id } = this.hub.manager;
    return lineOf({ event: "reset", stream: id, sequence: this.#place, why, snapshot: this.hub.snapshot() });
  }

  #take(missed: readonly News[]): string {
    const overtaken = missed.length > LAG ? overtakenProgress(missed) : undefined;
    const piece = missed.slice(0, PIECE);
    this.#place = piece.at(-1)?.sequence ?? this.#place;
    const sent = overtaken === undefined ? piece : piece.filter((news) => !overtaken.has(news.sequence));
    return sent.map((news) => this.hub.line(news)).join("");
  }
}

/** Numbers of progress that a later one of the same job follows. */
function overtakenProgress(missed: readonly News[]): ReadonlySet<number> {
  const overtaken = new Set<number>(), later = new Set<string>();
  for (const news of missed.toReversed()) {
    if (news.news !== "progress") continue;
    if (later.has(news.job)) overtaken.add(news.sequence);
    later.add(news.job);
  }
  return overtaken;
}

function lineOf(event: ServerEvent): string {
  return JSON.stringify(event) + "\n";
}
