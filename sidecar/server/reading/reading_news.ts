/** Tells how far long readings are, a few times a second each. What is over in a moment is not told at all. */
import { hasTag, toWireError } from "../../../src/shared/errors.ts";
import type { GatherOrder } from "../../../src/shared/protocol/commands.ts";
import type { ReadingProgress } from "../../../src/shared/job/reading_progress.ts";
import type { IndexState, IndexWatch } from "./indexes.ts";

const EVERY_MS = 250;

type About = Pick<ReadingProgress, "what" | "survey" | "order" | "key">;
type Now = Partial<Omit<ReadingProgress, keyof About>>;

/** One reading from its place in line to its end. */
class Telling {
  #lastAt = performance.now();
  #told = false;
  #now: Omit<ReadingProgress, keyof About> = {
    state: "waiting",
    before: 0,
    traces: { done: 0, total: 0 },
    gathers: 0,
    error: null,
  };

  constructor(readonly about: About, readonly tell: (progress: ReadingProgress) => void) {}

  update(now: Now): void {
    this.#now = { ...this.#now, ...now };
    if (performance.now() - this.#lastAt >= EVERY_MS) this.#say();
  }

  end(error: unknown): void {
    const givenUp = hasTag(error, "given-up");
    const state = error === null ? "done" : givenUp ? "given_up" : "failed";
    this.#now = { ...this.#now, state, before: 0, error: error === null ? null : toWireError(error) };
    if (this.#told) this.#say();
  }

  #say(): void {
    this.#told = true;
    this.#lastAt = performance.now();
    this.tell({ ...this.about, ...this.#now });
  }
}

export class ReadingNews implements IndexWatch {
  readonly #finding = new Map<string, Telling>();

  constructor(readonly tell: (progress: ReadingProgress) => void) {}

  ofScan(survey: string) {
    const telling = new Telling({ what: "scan", survey }, this.tell);
    return {
      waits: (before: number) => telling.update({ before, state: before > 0 ? "waiting" : "reading" }),
      wentOn: (done: number, total: number) => telling.update({ state: "reading", traces: { done, total } }),
      ended: (error: unknown) => telling.end(error),
    };
  }

  wentOn(order: GatherOrder, { view, done, total }: IndexState, before: number): void {
    const state = before > 0 ? "waiting" : "reading";
    const name = JSON.stringify(order);
    const telling = this.#finding.get(name) ?? this.#begin(name, order);
    telling.update({ state, before, traces: { done, total }, gathers: view?.gathers ?? 0 });
  }

  ended(order: GatherOrder, { view, done, total }: IndexState, error: unknown): void {
    const name = JSON.stringify(order), telling = this.#finding.get(name);
    this.#finding.delete(name);
    telling?.update({ traces: { done, total }, gathers: view?.gathers ?? 0 });
    telling?.end(error);
  }

  #begin(name: string, { survey, order, key }: GatherOrder): Telling {
    const telling = new Telling({ what: "gathers", survey, order, key }, this.tell);
    this.#finding.set(name, telling);
    return telling;
  }
}
