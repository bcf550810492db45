/** The workers of one runner. */
import { fromWireError, type SeisProcError } from "../../src/shared/errors.ts";
import { COMMAND, type ControlBlock } from "./control_block.ts";
import { JobNotes } from "./job_notes.ts";
import type { WorkerMessage, WorkerSetup } from "./worker_messages.ts";

/** What the workers of a job have left to say when all have ended. */
export interface PoolEnd {
  /** The failure in the earliest block, if any. */
  readonly failure: SeisProcError | undefined;
  /** True when a worker left a block in the middle, because it was told to stop at once. */
  readonly stoppedInside: boolean;
}

/**
 * The workers of one job. They are started before the plan is known, since a worker takes 30 to 40 ms to start, and
 * end by themselves; a worker that throws ends the job instead of hanging it.
 */
export class WorkerPool {
  readonly notes = new JobNotes();
  readonly #workers: Worker[];
  #stoppedInside = false;
  #failure: { block: number; error: SeisProcError } | undefined;

  constructor(count: number) {
    const url = new URL("./worker.ts", import.meta.url).href;
    this.#workers = Array.from(
      { length: count },
      (_, i) => new Worker(url, { type: "module", name: `worker ${i}` }),
    );
  }

  get count(): number {
    return this.#workers.length;
  }

  /** Gives each worker its task; resolves when all have ended. */
  async run(setups: readonly WorkerSetup[], control: ControlBlock): Promise<PoolEnd> {
    await Promise.all(this.#workers.map((worker, i) => this.#runOne(worker, setups[i], control)));
    return { failure: this.#failure?.error, stoppedInside: this.#stoppedInside };
  }

  /** Ends workers that were never given a task. */
  terminate(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  #runOne(worker: Worker, setup: WorkerSetup, control: ControlBlock): Promise<void> {
    return new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if (data.kind === "ended") resolve();
        else this.#take(data, control);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        control.give(COMMAND.drain);
        const error = { tag: "internal", message: crash(event), fields: {} } as const;
        this.#take({ kind: "failed", block: null, error }, control);
        resolve();
      };
      worker.postMessage(setup);
    });
  }

  #take(message: Exclude<WorkerMessage, { kind: "ended" }>, control: ControlBlock): void {
    if (message.kind === "noted") {
      // Finished only now, so that no checkpoint holds a block without its notes, or those without it.
      this.notes.add(message.block, message.notes);
      control.finish(message.block);
      return;
    }
    if (message.kind === "stopped") {
      this.#stoppedInside = true;
      return;
    }
    const block = message.block ?? -1;
    if (this.#failure && this.#failure.block <= block) return;
    this.#failure = { block, error: fromWireError(message.error) };
  }
}

function crash(event: ErrorEvent): string {
  return `Internal error: a worker crashed: ${event.message}`;
}
