/**
 * The few numbers that a runner and its workers share without messages: the command, the next block to claim, which
 * blocks are finished, and what each worker does. They lie at the bottom of the shared kernel memory.
 *
 * Layout in int32 words from `CONTROL_ADDRESS`: [command, next] then one lane of 16 words per worker, then one byte
 * per block (1 = its bytes were written).
 */
import type { WorkerLane } from "../../src/shared/job/progress.ts";

const CONTROL_ADDRESS = 64;
const HEAD_WORDS = 16;
const LANE_WORDS = 16;

/** What workers look at between two blocks and inside long kernels. */
export const COMMAND = {
  run: 0,
  /** Finish the block in hand, then stop. */
  drain: 1,
  /** Stop now, also inside a block. */
  stop: 2,
} as const;
export type Command = typeof COMMAND[keyof typeof COMMAND];

const DOING = ["idle", "reading", "processing", "writing", "ended"] as const;
type Doing = WorkerLane["doing"];

/** Places of a lane's words; byte counts take two words each as int64. */
const LANE = {
  doing: 0,
  block: 1,
  traces: 2,
  gathers: 3,
  blocks: 4,
  beat: 5,
  bytesRead: 6,
  bytesWritten: 8,
} as const;

export interface LaneCounts {
  readonly doing: Doing;
  readonly block: number | null;
  readonly traces: number;
  readonly gathers: number;
  readonly blocks: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

export class ControlBlock {
  readonly #words: Int32Array;
  readonly #wide: BigInt64Array;
  /** One byte per block: 1 when its bytes were written. */
  readonly done: Uint8Array;

  constructor(buffer: SharedArrayBuffer | ArrayBuffer, readonly workers: number, readonly blocks: number) {
    const words = HEAD_WORDS + workers * LANE_WORDS;
    this.#words = new Int32Array(buffer, CONTROL_ADDRESS, words);
    this.#wide = new BigInt64Array(buffer, CONTROL_ADDRESS, words / 2);
    this.done = new Uint8Array(buffer, CONTROL_ADDRESS + words * 4, blocks);
  }

  /** First address after the control block. */
  static end(workers: number, blocks: number): number {
    return CONTROL_ADDRESS + (HEAD_WORDS + workers * LANE_WORDS) * 4 + blocks;
  }

  get command(): Command {
    const value = Atomics.load(this.#words, 0);
    return value === COMMAND.run || value === COMMAND.drain ? value : COMMAND.stop;
  }

  /** A command never weakens: stop stays stop. */
  give(command: Command): void {
    if (command > this.command) Atomics.store(this.#words, 0, command);
  }

  /** The next unfinished block, or undefined when all are claimed. */
  claim(): number | undefined {
    for (;;) {
      const block = Atomics.add(this.#words, 1, 1);
      if (block >= this.blocks) return undefined;
      if (Atomics.load(this.done, block) === 0) return block;
    }
  }

  finish(block: number): void {
    Atomics.store(this.done, block, 1);
  }

  setDoing(worker: number, doing: Doing, block = -1): void {
    const lane = this.#lane(worker);
    Atomics.store(this.#words, lane + LANE.doing, DOING.indexOf(doing));
    Atomics.store(this.#words, lane + LANE.block, block);
    this.beat(worker);
  }

  /** Says that a worker is alive inside a long piece of work. */
  beat(worker: number): void {
    Atomics.add(this.#words, this.#lane(worker) + LANE.beat, 1);
  }

  addDone(worker: number, traces: number, gathers: number): void {
    const lane = this.#lane(worker);
    Atomics.add(this.#words, lane + LANE.traces, traces);
    Atomics.add(this.#words, lane + LANE.gathers, gathers);
    Atomics.add(this.#words, lane + LANE.blocks, 1);
  }

  addBytes(worker: number, read: number, written: number): void {
    const at = (this.#lane(worker) + LANE.bytesRead) / 2;
    Atomics.add(this.#wide, at, BigInt(read));
    Atomics.add(this.#wide, at + 1, BigInt(written));
  }

  /** A number that changes whenever any worker does something. */
  get beats(): number {
    let sum = 0;
    for (let worker = 0; worker < this.workers; worker++) {
      sum += Atomics.load(this.#words, this.#lane(worker) + LANE.beat);
    }
    return sum;
  }

  read(worker: number): LaneCounts {
    const lane = this.#lane(worker);
    const word = (place: number) => Atomics.load(this.#words, lane + place);
    const block = word(LANE.block);
    return {
      doing: DOING[word(LANE.doing)],
      block: block < 0 ? null : block,
      traces: word(LANE.traces),
      gathers: word(LANE.gathers),
      blocks: word(LANE.blocks),
      bytesRead: Number(Atomics.load(this.#wide, (lane + LANE.bytesRead) / 2)),
      bytesWritten: Number(Atomics.load(this.#wide, (lane + LANE.bytesWritten) / 2)),
    };
  }

  #lane(worker: number): number {
    return HEAD_WORDS + worker * LANE_WORDS;
  }
}
