/**
 * Appends to the events of one job; only the holder of the job's lock makes one.
 *
 * Each line is sealed with a checksum, each append is one write to a file in append mode. A line that a crash tore is
 * cut before the first append. When the disk is full, what must be on disk takes the room that is kept for it; without
 * that, lines stay in memory and are written with the next append that succeeds.
 */
import fs from "node:fs";
import path from "node:path";
import type { JobEvent } from "../../../src/shared/job/events.ts";
import { isDiskFull } from "../../files/file_errors.ts";
import { sealed } from "./sealed_line.ts";
import { giveUpSpare } from "./spare.ts";

export const EVENTS_FILE = "events.jsonl";

/** Beyond this many characters waiting for a full disk, redundant lines (progress) are no longer kept. */
const MOST_WAITING = 1 << 20;

export class Journal {
  readonly #folder: string;
  readonly #fd: number;
  /** Bytes of a torn last line that were cut when the journal was opened. */
  readonly cutBytes: number;
  #size: number;
  #waiting: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    const file = path.join(folder, EVENTS_FILE);
    const whole = sizeOfWholeLines(file);
    this.#fd = fs.openSync(file, "a");
    this.cutBytes = fs.fstatSync(this.#fd).size - whole;
    if (this.cutBytes > 0) fs.ftruncateSync(this.#fd, whole);
    this.#size = whole;
  }

  /** Bytes of all lines on disk. */
  get size(): number {
    return this.#size;
  }

  /** Lines wait for space on the disk. */
  get behind(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Appends events. With `durable`, they are on disk when this returns, unless the disk refuses: then the journal is
   * `behind`, and the error is returned for the caller to say.
   */
  append(events: readonly JobEvent[], durable: boolean): Error | undefined {
    for (const event of events) this.#waiting.push(sealed(event));
    return this.flush(durable);
  }

  flush(durable: boolean): Error | undefined {
    if (!this.behind) return undefined;
    const refusal = this.#tryFlush(durable);
    const again = durable && isDiskFull(refusal) && giveUpSpare(this.#folder);
    const last = again ? this.#tryFlush(durable) : refusal;
    if (last !== undefined) this.#dropRedundant();
    return last;
  }

  #tryFlush(durable: boolean): Error | undefined {
    try {
      this.#write(new TextEncoder().encode(this.#waiting.join("")));
      if (durable) fs.fsyncSync(this.#fd);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  #write(bytes: Uint8Array): void {
    let written = 0;
    try {
      written = fs.writeSync(this.#fd, bytes);
      if (written < bytes.length) {
        throw Object.assign(new Error("the disk took only a part of the line"), { code: "ENOSPC" });
      }
    } catch (error) {
      if (written > 0) fs.ftruncateSync(this.#fd, this.#size);
      throw error;
    }
    this.#size += written;
    this.#waiting = [];
  }

  #dropRedundant(): void {
    if (this.#waiting.reduce((sum, line) => sum + line.length, 0) < MOST_WAITING) return;
    this.#waiting = this.#waiting.filter((line) => !line.startsWith('{"event":"progress"'));
  }
}

/** Up to and with the last line feed. */
function sizeOfWholeLines(file: string): number {
  const fd = fs.openSync(file, "a+");
  try {
    const piece = new Uint8Array(4096);
    for (let end = fs.fstatSync(fd).size; end > 0;) {
      const from = Math.max(0, end - piece.length);
      const read = fs.readSync(fd, piece, 0, end - from, from);
      const feed = piece.subarray(0, read).lastIndexOf(10);
      if (feed >= 0) return from + feed + 1;
      end = from;
    }
    return 0;
  } finally {
    fs.closeSync(fd);
  }
}
