/**
 * Questions in line for a few workers. Smaller ones go first, equal ones as they came. Workers start when they are
 * needed and end when they have had nothing to do for a while.
 */
import { AskedWorker, closing, givenUp } from "./asked_worker.ts";
import type { AnswerTo, Ask, Note, QuestionName } from "./questions.ts";

const IDLE_MS = 60_000;

/** What may be said with a question. */
export interface Asking<Q extends QuestionName> {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** How much there is to read, in any measure: the less the sooner. */
  readonly size?: number;
  readonly onNote?: (note: Note<Q>) => void;
  /** How many come before, whenever that changes; 0 when it begins. */
  readonly onPlace?: (before: number) => void;
}

interface Waiting {
  readonly size: number;
  readonly onPlace: (before: number) => void;
  begin(worker: AskedWorker): void;
  refuse(error: Error): void;
}

export class Line {
  readonly #workers: AskedWorker[] = [];
  readonly #waiting: Waiting[] = [];
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** At most so many workers. */
  constructor(readonly most: number) {}

  ask<Q extends QuestionName>(question: Q, ask: Ask<Q>, asking: Asking<Q> = {}): Promise<AnswerTo<Q>> {
    const { signal = new AbortController().signal, size = 0, onNote = () => {}, onPlace = () => {} } = asking;
    const { promise, resolve, reject } = Promise.withResolvers<AnswerTo<Q>>();
    const leave = () => {
      this.#leave(waiting);
      reject(givenUp());
    };
    const begin = (worker: AskedWorker) => {
      signal.removeEventListener("abort", leave);
      resolve(worker.ask(question, ask, signal, onNote));
    };
    const waiting: Waiting = { size, onPlace, begin, refuse: reject };
    if (this.#closed) reject(closing());
    else if (signal.aborted) reject(givenUp());
    else {
      signal.addEventListener("abort", leave, { once: true });
      this.#enter(waiting);
    }
    return promise;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    for (const { refuse } of this.#waiting.splice(0)) refuse(closing());
    for (const worker of this.#workers.splice(0)) worker.close();
  }

  #enter(waiting: Waiting): void {
    const after = this.#waiting.findIndex((other) => other.size > waiting.size);
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, waiting);
    this.#next();
  }

  #leave(waiting: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    this.#tellPlaces();
  }

  /** Lets the first in line begin while there is a worker for it. */
  #next(): void {
    clearTimeout(this.#idleTimer);
    if (this.#closed) return;
    for (;;) {
      const worker = this.#waiting.length > 0 ? this.#freeWorker() : undefined;
      if (worker === undefined) break;
      const first = this.#waiting.shift();
      first?.onPlace(0);
      first?.begin(worker);
    }
    this.#tellPlaces();
    this.#idleTimer = setTimeout(() => this.#rest(), IDLE_MS);
  }

  #freeWorker(): AskedWorker | undefined {
    const idle = this.#workers.find((worker) => worker.isIdle);
    if (idle !== undefined || this.#workers.length >= this.most) return idle;
    const worker = new AskedWorker(() => this.#next());
    this.#workers.push(worker);
    return worker;
  }

  #tellPlaces(): void {
    this.#waiting.forEach(({ onPlace }, before) => onPlace(before + 1));
  }

  /** Workers cost memory: those with nothing to do end. */
  #rest(): void {
    for (const worker of this.#workers.filter((one) => one.isIdle)) {
      this.#workers.splice(this.#workers.indexOf(worker), 1);
      worker.close();
    }
  }
}
