/** What a way to read a survey would make of it: its shape, and the first values of the words that move. */
import type { SurveyView } from "../../shared/protocol/commands.ts";
import type { Reading } from "../../shared/seismic/reading.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { choiceBy } from "../state/surveys.ts";

const SHOWN_TRACES = 8;
const MOST_WORDS = 16;

export interface ReadingPreview {
  readonly survey: SurveyView;
  /** Of the first traces. */
  readonly words: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** @throws why it cannot be read so */
export async function previewReading(path: string, reading: Reading): Promise<ReadingPreview> {
  const sidecar = theSidecar(), choice = { survey: path, ...choiceBy(reading) };
  const { survey } = await sidecar.ask("describe_survey", choice);
  const names = (reading.map ?? []).map(({ name }) => name).slice(0, MOST_WORDS);
  if (names.length === 0 || survey.traces === 0) return { survey, words: [] };
  const traces = Math.min(SHOWN_TRACES, survey.traces);
  const { words } = await sidecar.columns({ ...choice, words: names, firstTrace: 0, traces });
  return { survey, words: names.map((name, i) => ({ name, values: [...words[i]] })) };
}
