/** Surveys that the window looks at, kept open: the last few. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { GatherOrder, SurveyChoice } from "../../../src/shared/protocol/commands.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { type DatasetSource, openDataset } from "../../dataset/open_source.ts";
import { parseSortKey } from "../../dataset/sort_index.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import type { IndexPlace, IndexView } from "../reading/questions.ts";
import { type Arrangement, arrangementOf, oneRun } from "./arrangement.ts";

const KEPT = 4;

interface OpenSurvey {
  readonly stamp: string;
  readonly source: DatasetSource;
}

export class SurveyCache {
  readonly #surveys = new Map<string, OpenSurvey>();

  /** The survey as it is now; one that changed is opened again. */
  open(choice: SurveyChoice): DatasetSource {
    return this.#open(choice).source;
  }

  /** Changes when the survey changes on disk. */
  stamp(choice: SurveyChoice): string {
    return createHash("sha256").update(this.#open(choice).stamp).digest("hex").slice(0, 16);
  }

  /** What the index of an order is called: it follows from the survey as it is now and from how it is read. */
  place(request: GatherOrder): IndexPlace {
    const { description } = this.open(request);
    const { read = {}, map = [], order = [], key } = request;
    for (const word of order.map((one) => parseSortKey(one).word)) checkWord(word, description);
    if (order.length === 0 && key !== undefined) checkWord(key, description);
    const { fingerprint, traces, recordBytes, samplesPerTrace } = description;
    const wanted = order.length > 0 ? { order } : { key };
    const what = JSON.stringify([fingerprint, read, map, wanted, traces]);
    const name = createHash("sha256").update(what).digest("hex").slice(0, 40);
    return { name, bytes: traces * (recordBytes + 4 * samplesPerTrace) };
  }

  /** The gathers of an index; without one the whole survey is one run. */
  arrange(choice: SurveyChoice, index: IndexView | null): Arrangement {
    const source = this.open(choice);
    return index === null ? oneRun(source) : arrangementOf(source, index);
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
    return { stamp, source: openDataset(survey, reading) };
  }
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
