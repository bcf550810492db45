/**
 * The stable order of a survey's traces by header words, as a file of trace numbers (uint32 little-endian). Memory stays
 * flat: traces are sorted in runs, and several runs are merged from disk.
 */
import fs from "node:fs";
import { assert } from "../../src/shared/assert.ts";
import { AppendFile } from "../files/append_file.ts";
import { partPath } from "../files/partial_names.ts";
import { GatherFinder, type KeyReader } from "./gathers.ts";
import { comparable, radixOrder } from "./radix_order.ts";
import { RunReader, RunWriter } from "./sort_runs.ts";

/** Traces that are sorted in memory at once: about 100 MB with two keys. */
const RUN_TRACES = 2_000_000;
const MAX_TRACES = 2 ** 32 - 1;

export interface SortKey {
  readonly word: string;
  readonly descending: boolean;
}

/** `cdp` or `-offset`: a leading minus turns the order around. */
export function parseSortKey(text: string): SortKey {
  const descending = text.startsWith("-");
  return { word: descending ? text.slice(1) : text, descending };
}

export interface SortRequest {
  readonly traces: number;
  readonly keys: readonly SortKey[];
  /** Values of the keys, one array for each. */
  readonly readKeys: KeyReader;
  /** Where the index goes; runs lie beside it while sorting. */
  readonly file: string;
  /** How many leading keys make a gather; 1 unless told. */
  readonly gatherKeys?: number;
  readonly runTraces?: number;
  readonly onProgress?: (traces: number, total: number) => void;
}

export interface SortIndex {
  readonly file: string;
  readonly traces: number;
  /** Gather g is [gatherStarts[g], gatherStarts[g + 1]) in the sorted order. */
  readonly gatherStarts: Uint32Array;
}

/** Sorts and writes the index and its gathers; equal keys keep the order of the file. */
export function makeSortIndex(request: SortRequest): SortIndex {
  const { traces, file, runTraces = RUN_TRACES } = request;
  assert(traces <= MAX_TRACES, `sort index of ${traces} traces: expected at most ${MAX_TRACES}`);
  const partial = partPath(file);
  const output = new IndexWriter(partial, request.gatherKeys ?? 1);
  try {
    if (traces <= runTraces) sortInMemory(request, output);
    else sortOnDisk(request, runTraces, output);
  } finally {
    output.close();
  }
  const gatherStarts = output.gathers.finish();
  fs.renameSync(partial, file);
  return { file, traces, gatherStarts };
}

/** Trace numbers (from 0) at places [first, first + count) of the sorted order. */
export function readSortIndex(file: string, first: number, count: number): Float64Array {
  const numbers = new Uint32Array(count);
  const fd = fs.openSync(file, "r");
  try {
    const read = fs.readSync(fd, bytesOf(numbers), 0, count * 4, first * 4);
    assert(read === count * 4, `sort index ${file} holds fewer than ${first + count} traces`);
  } finally {
    fs.closeSync(fd);
  }
  return Float64Array.from(numbers);
}

/** The same at places that lie anywhere in it. */
export function readPlaces(file: string, places: Float64Array): Float64Array {
  const number = new Uint32Array(1), bytes = bytesOf(number);
  const fd = fs.openSync(file, "r");
  try {
    return places.map((place) => {
      const read = fs.readSync(fd, bytes, 0, 4, place * 4);
      assert(read === 4, `sort index ${file} holds fewer than ${place + 1} traces`);
      return number[0];
    });
  } finally {
    fs.closeSync(fd);
  }
}

function sortInMemory({ traces, keys, readKeys, onProgress }: SortRequest, output: IndexWriter): void {
  if (traces === 0) return;
  const values = readKeys(0, traces);
  const order = radixOrder(values, keys.map((key) => key.descending));
  for (let i = 0; i < traces; i++) output.push(order[i], values, order[i]);
  onProgress?.(traces, traces);
}

function sortOnDisk(request: SortRequest, runTraces: number, output: IndexWriter): void {
  const runs: string[] = [];
  try {
    for (let first = 0; first < request.traces; first += runTraces) {
      const run = `${request.file}.run${runs.length}`;
      runs.push(run);
      writeRun(request, run, first, Math.min(runTraces, request.traces - first));
      request.onProgress?.(first / 2, request.traces);
    }
    mergeRuns(request, runs, output);
  } finally {
    for (const run of runs) fs.rmSync(run, { force: true });
  }
}

function writeRun({ keys, readKeys }: SortRequest, run: string, first: number, count: number): void {
  const values = readKeys(first, count);
  const order = radixOrder(values, keys.map((key) => key.descending));
  const writer = new RunWriter(run, keys.length);
  try {
    for (let i = 0; i < count; i++) writer.push(first + order[i], values, order[i]);
  } finally {
    writer.close();
  }
}

/** Merges sorted runs with a binary heap of their readers; of equal traces the earlier run's comes first. */
function mergeRuns({ keys, traces, onProgress }: SortRequest, runs: string[], output: IndexWriter): void {
  const signs = keys.map((key) => key.descending ? -1 : 1);
  const readers = runs.map((run, number) => new RunReader(run, keys.length, number));
  try {
    const heap = readers.filter((reader) => reader.advance());
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) siftDown(heap, at, signs);
    for (let done = 0; heap.length > 0; done++) {
      const least = heap[0];
      output.push(least.trace, least.keys, 0);
      if (!least.advance()) {
        heap[0] = heap[heap.length - 1];
        heap.pop();
      }
      siftDown(heap, 0, signs);
      if (done % (1 << 20) === 0) onProgress?.((traces + done) / 2, traces);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
  onProgress?.(traces, traces);
}

function siftDown(heap: RunReader[], start: number, signs: readonly number[]): void {
  for (let at = start;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && before(heap[child + 1], heap[child], signs)) child++;
    if (!before(heap[child], heap[at], signs)) return;
    [heap[at], heap[child]] = [heap[child], heap[at]];
    at = child;
  }
}

function before(a: RunReader, b: RunReader, signs: readonly number[]): boolean {
  for (let k = 0; k < signs.length; k++) {
    const left = comparable(a.keys[k][0]), right = comparable(b.keys[k][0]);
    if (left !== right) return (left < right) === (signs[k] > 0);
  }
  return a.number < b.number;
}

/** Writes trace numbers in portions and finds the gathers as they pass. */
class IndexWriter {
  readonly gathers: GatherFinder;
  readonly #file: AppendFile;
  readonly #buffer = new Uint32Array(1 << 16);
  #filled = 0;

  constructor(file: string, gatherKeys: number) {
    this.#file = new AppendFile(file);
    this.gathers = new GatherFinder(gatherKeys);
  }

  push(trace: number, keys: readonly Float64Array[], index: number): void {
    this.gathers.push(keys, index);
    this.#buffer[this.#filled++] = trace;
    if (this.#filled === this.#buffer.length) this.#flush();
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      this.#file.close();
    }
  }

  #flush(): void {
    this.#file.write(bytesOf(this.#buffer).subarray(0, this.#filled * 4));
    this.#filled = 0;
  }
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
