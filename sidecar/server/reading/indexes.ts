/**
 * Indexes of gathers, made aside and kept in the workspace. Each is made once however many ask for it; what is found so
 * far can be looked at. An index that nobody has asked for in a while is given up.
 */
import { givenUp } from "./asked_worker.ts";
import { type Kept, KeptIndexes } from "./kept_indexes.ts";
import type { Line } from "./line.ts";
import type { IndexNote, IndexPlace, IndexView } from "./questions.ts";
import type { GatherOrder } from "../../../src/shared/protocol/commands.ts";

/** How long an index is made on when nobody asks for it any more. */
const WANTED_MS = 30_000;

/** An index as it is now. */
export interface IndexState {
  /** What can be looked at; null while nothing can. */
  readonly view: IndexView | null;
  readonly complete: boolean;
  /** Traces whose place is known, of how many. */
  readonly done: number;
  readonly total: number;
}

/** Told whenever an index in the making went on, and when it ended: `error` is null when it is whole. */
export interface IndexWatch {
  wentOn(order: GatherOrder, state: IndexState, before: number): void;
  ended(order: GatherOrder, state: IndexState, error: unknown): void;
}

/** Which index somebody waits for, and for how long. */
export interface Wish {
  readonly place: IndexPlace;
  readonly order: GatherOrder;
  readonly enough: (state: IndexState) => boolean;
  readonly signal?: AbortSignal;
  readonly patienceMs?: number;
}

interface Making {
  state: IndexState;
  readonly stop: AbortController;
  /** Resolved and renewed whenever the state changes. */
  changed: PromiseWithResolvers<void>;
  wantedTimer: ReturnType<typeof setTimeout>;
  waiting: number;
  error: unknown;
}

const NOTHING: IndexState = { view: null, complete: false, done: 0, total: 0 };

export class Indexes {
  readonly #kept: KeptIndexes;
  readonly #making = new Map<string, Making>();

  /** `lineOf`: where a survey of so many bytes is read for its index. */
  constructor(
    folder: string,
    readonly lineOf: (bytes: number) => Line,
    readonly watch: IndexWatch,
    readonly wantedMs = WANTED_MS,
  ) {
    this.#kept = new KeptIndexes(folder);
  }

  /**
   * The index as soon as `enough` says so of its state, or it is whole, or the patience is over. The making begins with
   * the first who asks.
   * @throws what went wrong in the making; given-up
   */
  async until(
    { place, order, enough, signal, patienceMs = Infinity }: Wish,
  ): Promise<IndexState> {
    const kept = this.#kept.find(place.name);
    if (kept !== undefined) return stateOf(kept);
    const making = this.#making.get(place.name) ?? this.#begin(place, order);
    const end = performance.now() + patienceMs;
    making.waiting++;
    try {
      for (;;) {
        if (signal?.aborted) throw givenUp();
        if (making.error !== undefined) throw making.error;
        const left = end - performance.now();
        if (making.state.complete || enough(making.state) || left <= 0) return making.state;
        await changeOrEnd(making.changed.promise, signal, left);
      }
    } finally {
      making.waiting--;
      this.#wanted(making);
    }
  }

  close(): void {
    for (const { stop, wantedTimer } of this.#making.values()) {
      clearTimeout(wantedTimer);
      stop.abort();
    }
  }

  #begin(place: IndexPlace, order: GatherOrder): Making {
    const making: Making = {
      state: NOTHING,
      stop: new AbortController(),
      changed: Promise.withResolvers(),
      wantedTimer: setTimeout(() => {}),
      waiting: 0,
      error: undefined,
    };
    this.#making.set(place.name, making);
    void this.#make(place, order, making);
    return making;
  }

  async #make({ name, bytes }: IndexPlace, order: GatherOrder, making: Making): Promise<void> {
    let before = 0;
    try {
      const folder = this.#kept.newFolder(name);
      const view = await this.lineOf(bytes).ask("index", { order, folder }, {
        signal: making.stop.signal,
        size: bytes,
        onNote: (note) => this.#wentOn(order, making, stateSoFar(note), before),
        onPlace: (place) => this.#wentOn(order, making, making.state, before = place),
      });
      making.state = stateOf({ view });
      this.#kept.keep(name, view);
    } catch (error) {
      making.error = error;
    }
    this.#making.delete(name);
    clearTimeout(making.wantedTimer);
    making.changed.resolve();
    this.watch.ended(order, making.state, making.error ?? null);
  }

  #wentOn(order: GatherOrder, making: Making, state: IndexState, before: number): void {
    making.state = state;
    making.changed.resolve();
    making.changed = Promise.withResolvers();
    this.watch.wentOn(order, state, before);
  }

  #wanted(making: Making): void {
    clearTimeout(making.wantedTimer);
    if (making.waiting === 0) making.wantedTimer = setTimeout(() => making.stop.abort(), this.wantedMs);
  }
}

function stateOf({ view }: Kept): IndexState {
  return { view, complete: true, done: view.traces, total: view.traces };
}

function stateSoFar({ view, traces, total }: IndexNote): IndexState {
  return { view: view ?? null, complete: false, done: traces, total };
}

/** Resolves when something changed, nobody waits any more, or the time is over. */
async function changeOrEnd(
  change: Promise<void>,
  signal: AbortSignal | undefined,
  ms: number,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
  const end = () => resolve();
  signal?.addEventListener("abort", end);
  try {
    await Promise.race([change, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}
