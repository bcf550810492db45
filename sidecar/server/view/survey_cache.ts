/** Surveys that the window looks at, kept open with their gathers: the last few. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { GatherOrder, SurveyChoice } from "../../../src/shared/protocol/commands.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { findGathers } from "../../dataset/gathers.ts";
import { type DatasetSource, openDataset } from "../../dataset/open_source.ts";
import { makeSortIndex, parseSortKey, readSortIndex } from "../../dataset/sort_index.ts";
import { TraceStarts } from "../../dataset/trace_starts.ts";
import type { TraceSelection } from "../../traces/trace_source.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";

const KEPT = 4;

/** How the traces of a survey lie in gathers. */
export interface Arrangement {
  readonly keys: readonly string[];
  /** Gather g is [starts[g], starts[g + 1]) in this order. */
  readonly starts: Uint32Array;
  select(first: number, count: number): TraceSelection;
  /** When the traces at places [first, first + count) begin, in ms. */
  startsMs(first: number, count: number): Float64Array;
}

interface OpenSurvey {
  readonly stamp: string;
  readonly source: DatasetSource;
  readonly arrangements: Map<string, Arrangement>;
}

export class SurveyCache {
  readonly #surveys = new Map<string, OpenSurvey>();
  #folder: string | undefined;
  #files = 0;

  /** The survey as it is now; one that changed is opened again. */
  open(choice: SurveyChoice): DatasetSource {
    return this.#open(choice).source;
  }

  /** The gathers of the order asked for; without order and key the whole survey is one run. */
  arrange(request: GatherOrder): Arrangement {
    const { source, arrangements } = this.#open(request);
    const { order = [], key } = request;
    const name = JSON.stringify([order, key]);
    const known = arrangements.get(name);
    if (known !== undefined) return known;
    const made = order.length > 0 ? this.#sort(source, order) : inFileOrder(source, key);
    arrangements.set(name, made);
    return made;
  }

  #open({ survey, read = {}, map = [] }: SurveyChoice): OpenSurvey {
    const reading = { ...read, map };
    const name = JSON.stringify([survey, reading]);
    const stamp = stampOf(survey);
    const known = this.#surveys.get(name);
    this.#surveys.delete(name);
    const open = known?.stamp === stamp ? known : this.#openAnew(survey, reading, stamp, known);
    this.#surveys.set(name, open);
    for (const [oldest, { source }] of this.#surveys) {
      if (this.#surveys.size <= KEPT) break;
      this.#surveys.delete(oldest);
      source.close();
    }
    return open;
  }

  #openAnew(
    survey: string,
    reading: Reading,
    stamp: string,
    old: OpenSurvey | undefined,
  ): OpenSurvey {
    old?.source.close();
    return { stamp, source: openDataset(survey, reading), arrangements: new Map() };
  }

  #sort(source: DatasetSource, order: readonly string[]): Arrangement {
    const keys = order.map(parseSortKey);
    for (const { word } of keys) checkWord(word, source.description);
    const words = keys.map((key) => key.word);
    this.#folder ??= fs.mkdtempSync(path.join(os.tmpdir(), "seisproc-view-"));
    const file = path.join(this.#folder, `order${++this.#files}`);
    const { traces } = source.description;
    const starts = new TraceStarts((word, first, count) => source.readWord(word, first, count), traces);
    const readKeys = (first: number, count: number) => {
      starts.take(first, count);
      return words.map((word) => source.readWord(word, first, count));
    };
    const { gatherStarts } = makeSortIndex({ traces, keys, readKeys, file });
    const index = openAndForget(file);
    return {
      keys: words.slice(0, 1),
      starts: gatherStarts,
      select: (first, count) => ({ kind: "list", traces: index(first, count) }),
      startsMs: (first, count) => index(first, count).map((trace) => starts.at(trace)),
    };
  }
}

/** Small indexes live in memory and leave no file behind; large ones stay on disk. */
function openAndForget(file: string): (first: number, count: number) => Float64Array {
  const bytes = fs.statSync(file).size;
  if (bytes > 64 << 20) return (first, count) => readSortIndex(file, first, count);
  const traces = readSortIndex(file, 0, bytes / 4);
  fs.rmSync(file);
  return (first, count) => traces.slice(first, first + count);
}

function inFileOrder(source: DatasetSource, key: string | undefined): Arrangement {
  const { traces, name } = source.description;
  const select = (first: number, count: number): TraceSelection => ({ kind: "run", first, count });
  const startsMs = (first: number, count: number) => {
    const starts = new TraceStarts((word, from, some) => source.readWord(word, first + from, some), count);
    starts.take(0, count);
    return Float64Array.from({ length: count }, (_, i) => starts.at(i));
  };
  if (key === undefined) return { keys: [], starts: Uint32Array.of(0, traces), select, startsMs };
  checkWord(key, source.description);
  const readKeys = (first: number, count: number) => [source.readWord(key, first, count)];
  return {
    keys: [key],
    starts: findGathers({ traces, keys: [key], readKeys, name, refuseSplit: false }),
    select,
    startsMs,
  };
}

export function checkWord(word: string, { name, table }: SurveyDescription): void {
  if (table.find(word)) return;
  const similar = table.similar(word);
  const advice = similar.length > 0 ? `did you mean ${similar.join(", ")}?` : "see its description";
  const message = `Cannot look at ${name} by ${word}: expected the name of a trace-header word: ${advice}`;
  throw new SeisProcError("header-word-unknown", message, { word });
}

/** What changes when a survey changes on disk: the file, or what describes a stored dataset. */
function stampOf(survey: string): string {
  const stat = fs.statSync(survey, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory()) return stampOfFile(stat);
  const described = [path.join(survey, "zarr.json"), path.join(survey, "traces", "zarr.json")];
  return described.map((file) => stampOfFile(fs.statSync(file, { throwIfNoEntry: false }))).join("; ");
}

function stampOfFile(stat: fs.Stats | undefined): string {
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
