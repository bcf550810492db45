/**
 * Pages of a job's log from either end, by place in the bytes of its journal, however long that is: only what a page
 * needs is read, a piece at a time. A search goes on until its page is full, and can be abandoned between two pieces.
 */
import fs from "node:fs";
import path from "node:path";
import type { JobEvent } from "../../../src/shared/job/events.ts";
import type { LogPage, LogPageLine } from "../../../src/shared/protocol/log_page.ts";
import { parseEvent } from "../../../src/shared/job/parse_event.ts";
import { EVENTS_FILE } from "./journal.ts";
import { unsealed } from "./sealed_line.ts";

const PIECE = 1 << 18;

export interface LogWish {
  /** Where to begin: an end of an earlier page; absent: the end that `back` says. */
  readonly from?: number;
  /** Towards the beginning; lines come in their order all the same. */
  readonly back: boolean;
  readonly limit: number;
  /** Only lines that hold this text, in any case of letters, and so many lines around each. */
  readonly text?: string;
  readonly context: number;
}

/** @throws what cannot be read; what `check` throws between two pieces */
export async function readLogPage(folder: string, wish: LogWish, check: () => void): Promise<LogPage> {
  const fd = fs.openSync(path.join(folder, EVENTS_FILE), "r");
  try {
    const size = fs.fstatSync(fd).size;
    const from = Math.min(size, wish.from ?? (wish.back ? size : 0));
    const page = new Page(wish);
    const lines = wish.back ? linesBefore(fd, from) : linesFrom(fd, from, size);
    let end = from, isOver = true;
    for (const piece of lines) {
      check();
      for (const line of piece) {
        if (page.isFull) {
          isOver = false;
          break;
        }
        page.take(line);
        end = wish.back ? line.at : line.end;
      }
      if (!isOver) break;
      // Others are served between two pieces.
      await new Promise((resolve) => setTimeout(resolve));
    }
    const [begin, behind] = wish.back ? [end, from] : [from, end];
    return {
      lines: page.lines(),
      before: begin > 0 && !(wish.back && isOver) ? begin : null,
      after: behind < size ? behind : null,
      size,
    };
  } finally {
    fs.closeSync(fd);
  }
}

interface Line {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** Whole lines from a place on, in pieces; a torn last line is none. */
function* linesFrom(fd: number, from: number, size: number): Iterable<Line[]> {
  let at = from, rest = new Uint8Array();
  for (let place = from; place < size;) {
    const bytes = new Uint8Array(Math.min(PIECE, size - place));
    place += fs.readSync(fd, bytes, 0, bytes.length, place);
    const all = joined(rest, bytes), lines: Line[] = [];
    let start = 0;
    for (let feed = all.indexOf(10); feed >= 0; feed = all.indexOf(10, start)) {
      lines.push({ at: at + start, end: at + feed + 1, text: textOf(all.subarray(start, feed)) });
      start = feed + 1;
    }
    at += start;
    rest = all.slice(start);
    yield lines;
  }
}

/** Whole lines that end before a place, the last first. */
function* linesBefore(fd: number, from: number): Iterable<Line[]> {
  let rest = new Uint8Array(), end = from;
  for (let place = from; place > 0;) {
    const count = Math.min(PIECE, place), bytes = new Uint8Array(count);
    place -= count;
    fs.readSync(fd, bytes, 0, count, place);
    const all = joined(bytes, rest), lines: Line[] = [];
    let last = all.length;
    // What stands behind the last line feed is torn, or the middle of a line that was given.
    if (end === from) last = all.lastIndexOf(10) + 1;
    while (last > 0) {
      const feed = last >= 2 ? all.lastIndexOf(10, last - 2) : -1;
      if (feed < 0 && place > 0) break;
      lines.push({ at: place + feed + 1, end: place + last, text: textOf(all.subarray(feed + 1, last - 1)) });
      last = feed + 1;
    }
    rest = all.slice(0, last);
    end = place + last;
    yield lines;
  }
}

/** Collects lines until there are enough. */
class Page {
  readonly #taken: LogPageLine[] = [];
  readonly #around: LogPageLine[] = [];
  #left = 0;
  #matches = 0;

  constructor(readonly wish: LogWish) {}

  get isFull(): boolean {
    const { text, limit } = this.wish;
    return text === undefined ? this.#taken.length >= limit : this.#matches >= limit && this.#left === 0;
  }

  take({ at, text }: Line): void {
    const event = parseEvent(unsealed(text));
    const line = event && lineOf(event, at);
    if (line === undefined) return;
    if (this.wish.text === undefined) this.#taken.push(line);
    else this.#search(line, this.wish.text);
  }

  /** In the order of the log. */
  lines(): LogPageLine[] {
    return this.wish.back ? this.#taken.toReversed() : this.#taken;
  }

  #search(line: LogPageLine, text: string): void {
    const { context, limit } = this.wish;
    const found = this.#matches < limit && line.text.toLowerCase().includes(text.toLowerCase());
    if (found) {
      this.#matches++;
      this.#taken.push(...this.#around.splice(0), { ...line, match: true });
      this.#left = context;
    } else if (this.#left > 0) {
      this.#left--;
      this.#taken.push(line);
    } else {
      this.#around.push(line);
      if (this.#around.length > context) this.#around.shift();
    }
  }
}

/** Lines of the log, and where an attempt begins. */
function lineOf(event: JobEvent, byte: number): LogPageLine | undefined {
  if (event.event === "log") {
    return { byte, at: event.at, kind: "log", level: event.level, text: event.text };
  }
  if (event.event !== "state" || event.to !== "queued") return undefined;
  return { byte, at: event.at, kind: "attempt", level: "info", text: event.why };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
