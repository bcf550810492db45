/**
 * Finds the gathers of a survey and writes them to files, a block of headers at a time. In the order of the file what is
 * found so far can be looked at; a sorted order is known when all is sorted.
 */
import fs from "node:fs";
import path from "node:path";
import type { GatherOrder } from "../../../src/shared/protocol/commands.ts";
import { delayMs } from "../../../src/shared/seismic/geometry.ts";
import { GatherFinder } from "../../dataset/gathers.ts";
import type { DatasetSource } from "../../dataset/open_source.ts";
import { makeSortIndex, parseSortKey } from "../../dataset/sort_index.ts";
import { writingError } from "../../files/file_errors.ts";
import { writeAll } from "../../files/write_all.ts";
import type { IndexAsk, IndexNote, IndexView } from "../reading/questions.ts";
import { checkWanted } from "./given_up.ts";
import { checkWord, type SurveyCache } from "./survey_cache.ts";

/** Bytes of traces whose headers are read at once: a moment on any disk. */
const BLOCK_BYTES = 8 << 20;
const MOST_TRACES = 1 << 16;
/** Sorted in memory at once: a moment too. */
const RUN_TRACES = 250_000;

type Tell = (note: IndexNote) => void;

export function buildIndex({ order, folder }: IndexAsk, cache: SurveyCache, tell: Tell): IndexView {
  const source = cache.open(order);
  const starts = path.join(folder, "starts");
  try {
    return order.order === undefined || order.order.length === 0
      ? findInFile(source, order, starts, tell)
      : sort(source, order.order, starts, path.join(folder, "order"), tell);
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw writingError(folder, error);
  }
}

function findInFile(source: DatasetSource, { key = "" }: GatherOrder, file: string, tell: Tell): IndexView {
  checkWord(key, source.description);
  const { traces } = source.description;
  const finder = new GatherFinder(1), output = new StartsFile(file), times = new StartTimes(source);
  const view = (startMs: number | null): IndexView => {
    const { gathers, largest } = output;
    return { starts: file, order: null, keys: [key], gathers, largest, traces, startMs };
  };
  try {
    eachBlock(source, 0, traces, (first, count) => {
      const values = [source.readWord(key, first, count)];
      for (let i = 0; i < count; i++) if (finder.push(values, i)) output.push(first + i);
      times.take(first, count);
      output.flush();
      tell({ traces: first + count, total: traces, view: view(null) });
    });
    output.push(traces);
    output.flush();
  } finally {
    output.close();
  }
  return view(times.common);
}

function sort(
  source: DatasetSource,
  order: readonly string[],
  file: string,
  orderFile: string,
  tell: Tell,
): IndexView {
  const keys = order.map(parseSortKey), words = keys.map(({ word }) => word);
  for (const word of words) checkWord(word, source.description);
  const { traces } = source.description, times = new StartTimes(source);
  const readKeys = (first: number, count: number) => {
    const values = words.map(() => new Float64Array(count));
    eachBlock(source, first, count, (from, some) => {
      words.forEach((word, k) => values[k].set(source.readWord(word, from, some), from - first));
      times.take(from, some);
      // Half of the work is to read, half to sort.
      tell({ traces: (from + some) / 2, total: traces });
    });
    return values;
  };
  const onProgress = (done: number) => {
    checkWanted();
    tell({ traces: done, total: traces });
  };
  const { gatherStarts } = makeSortIndex({
    ...{ traces, keys, readKeys, file: orderFile, runTraces: RUN_TRACES, onProgress },
  });
  const output = new StartsFile(file);
  try {
    for (const start of gatherStarts) output.push(start);
    output.flush();
  } finally {
    output.close();
  }
  const { gathers, largest } = output;
  const place = { starts: file, order: orderFile, keys: words.slice(0, 1) };
  return { ...place, gathers, largest, traces, startMs: times.common };
}

/** Calls with runs of traces whose bytes are read in a moment, unless nobody waits for them any more. */
function eachBlock(
  { description }: DatasetSource,
  first: number,
  count: number,
  use: (first: number, count: number) => void,
): void {
  const traceBytes = description.recordBytes + 4 * description.samplesPerTrace;
  const most = Math.max(256, Math.min(MOST_TRACES, Math.floor(BLOCK_BYTES / traceBytes)));
  for (let done = 0; done < count; done += most) {
    checkWanted();
    use(first + done, Math.min(most, count - done));
  }
}

/** Where gathers begin, written as they are found; a gather is known as a whole when the next one begins. */
class StartsFile {
  readonly #fd: number;
  readonly #buffer = new Uint32Array(1 << 14);
  #filled = 0;
  #written = 0;
  #last = 0;
  /** Whole gathers that are in the file. */
  gathers = 0;
  largest = 0;

  constructor(file: string) {
    this.#fd = fs.openSync(file, "wx");
  }

  push(start: number): void {
    const isFirst = this.#written + this.#filled === 0;
    if (!isFirst) this.largest = Math.max(this.largest, start - this.#last);
    this.#last = start;
    this.#buffer[this.#filled++] = start;
    if (this.#filled === this.#buffer.length) this.flush();
  }

  flush(): void {
    const bytes = new Uint8Array(this.#buffer.buffer, 0, 4 * this.#filled);
    writeAll(this.#fd, bytes, 4 * this.#written);
    this.#written += this.#filled;
    this.#filled = 0;
    this.gathers = Math.max(0, this.#written - 1);
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}

/** Whether all traces begin at the same time, as nearly always. */
class StartTimes {
  #common: number | null | undefined;

  constructor(readonly source: DatasetSource) {}

  take(first: number, count: number): void {
    if (this.#common === null) return;
    const delays = this.source.readWord("delrt", first, count);
    const allZero = delays.every((delay) => delay === 0);
    const scalars = allZero ? delays : this.source.readWord("tscal", first, count);
    for (let i = 0; i < count; i++) {
      const start = delayMs(delays[i], scalars[i]);
      this.#common ??= start;
      if (start !== this.#common) return void (this.#common = null);
    }
  }

  /** When all begin, in ms; null when they differ. */
  get common(): number | null {
    return this.#common ?? null;
  }
}
