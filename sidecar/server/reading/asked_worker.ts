/**
 * A worker that reads surveys beside the server: it answers one question at a time. A question whose client hung up is
 * given up at once on this side; the worker notices between two blocks of what it reads.
 */
import { fromWireError, SeisProcError, toWireError } from "../../../src/shared/errors.ts";
import type { AnswerTo, Ask, Note, QuestionName, ReadingAnswer, WorkerSetup } from "./questions.ts";

interface Current {
  readonly number: number;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
  note(note: unknown): void;
}

export class AskedWorker {
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;
  /** The question that the worker is at, also when it was given up. */
  #current: Current | undefined;
  #number = 0;

  /** `onIdle`: the worker takes another question. */
  constructor(readonly onIdle: () => void) {}

  get isIdle(): boolean {
    return this.#current === undefined;
  }

  /** Asks an idle worker. Rejects as soon as the signal says that nobody waits any more. */
  async ask<Q extends QuestionName>(
    question: Q,
    ask: Ask<Q>,
    signal: AbortSignal,
    onNote: (note: Note<Q>) => void,
  ): Promise<AnswerTo<Q>> {
    const number = ++this.#number;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#worker ??= this.#start();
    // Both ends of the worker's messages are this program's own, typed by `Questions`.
    this.#current = { number, resolve, reject, note: (note) => onNote(note as Note<Q>) };
    const giveUp = () => {
      Atomics.store(this.#flag, 0, number);
      reject(givenUp());
    };
    signal.addEventListener("abort", giveUp);
    this.#worker.postMessage({ number, question, ask });
    try {
      return await promise as AnswerTo<Q>;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Frees its memory; a question in hand fails. */
  close(): void {
    if (this.#current !== undefined) Atomics.store(this.#flag, 0, this.#current.number);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#end((current) => current.reject(closing()));
  }

  #start(): Worker {
    const url = new URL("../view/reading_worker.ts", import.meta.url).href;
    const worker = new Worker(url, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<ReadingAnswer>) => this.#said(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#died(worker, event.message);
    };
    const setup: WorkerSetup = { givenUp: this.#flag.buffer };
    worker.postMessage(setup);
    return worker;
  }

  #said(said: ReadingAnswer): void {
    const current = this.#current;
    if (current?.number !== said.number) return;
    if ("note" in said) return current.note(said.note);
    this.#end(({ resolve, reject }) =>
      "error" in said ? reject(fromWireError(said.error)) : resolve(said.answer)
    );
  }

  /** A defect in the worker: what waits is told, the next question starts another. */
  #died(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    worker.terminate();
    this.#end(({ reject }) => reject(fromWireError(toWireError(new Error(message)))));
  }

  #end(settle: (current: Current) => void): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    settle(current);
    this.onIdle();
  }
}

/** Nobody reads this: the client has gone. */
export function givenUp(): SeisProcError<"given-up"> {
  return new SeisProcError(
    "given-up",
    "Cannot finish reading: expected the client to wait, found it gone",
    {},
  );
}

export function closing(): SeisProcError<"given-up"> {
  return new SeisProcError("given-up", "Cannot finish reading: the sidecar is closing", {});
}
