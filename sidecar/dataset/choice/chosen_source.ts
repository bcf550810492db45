/** The chosen traces of a survey as a survey of their own: numbered from 0 in the order of the file. */
import { choiceText, isChoice, type TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import { Remarks, remarkSentence } from "../../../src/shared/processes/remark.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import type { TraceSource } from "../../traces/trace_source.ts";
import { chosenRange, type ChosenRun, selectTraces } from "./choose_traces.ts";
import { AppendFile } from "../../files/append_file.ts";
import { ALL_TRACES, type ChosenTraces, inFile } from "./chosen_traces.ts";

export interface ChosenSource<Plan> extends TraceSource<Plan> {
  /** Which traces of the file they are. */
  readonly chosen: ChosenTraces;
}

/**
 * The traces of a choice. Those of an expression are listed in `file`, or only counted without one: then their header
 * words cannot be read.
 * @throws `traces-outside`, `expression-invalid`, `nothing-selected`
 */
export function chooseFrom<Plan>(
  source: TraceSource<Plan>,
  choice: TraceChoice,
  file: string | undefined,
): ChosenSource<Plan> {
  const range = chosenRange(source, choice);
  const { select } = choice;
  if (select === undefined) {
    const chosen: ChosenTraces = isChoice(choice) ? { kind: "run", first: range.first } : ALL_TRACES;
    return new Chosen(source, describe(source, choice, range.count), chosen);
  }
  const remarks = new Remarks();
  const count = file === undefined
    ? selectTraces(source, select, range, () => {}, remarks)
    : listTraces(source, select, range, file, remarks);
  const ignored = remarks.list.map(remarkSentence);
  return new Chosen(source, describe(source, choice, count, ignored), { kind: "list", file: file ?? "" });
}

/** Writes the numbers of the selected traces to `file`, as a sort index has them. */
function listTraces(
  source: TraceSource,
  select: string,
  range: ChosenRun,
  file: string,
  remarks: Remarks,
): number {
  const list = new AppendFile(file);
  try {
    const write = (numbers: Uint32Array) =>
      list.write(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    return selectTraces(source, select, range, write, remarks);
  } finally {
    list.close();
  }
}

function describe(
  { description }: TraceSource,
  choice: TraceChoice,
  traces: number,
  ignored: readonly string[] = [],
): SurveyDescription {
  if (!isChoice(choice)) return description;
  const said =
    `${traces.toLocaleString("en")} of ${description.traces.toLocaleString("en")} traces are taken: ` +
    `${choiceText(choice)}.`;
  return { ...description, traces, warnings: [...description.warnings, said, ...ignored] };
}

/** Traces that lie no farther apart are read together. */
const GAP = 64;
const MOST_TOGETHER = 1 << 18;

class Chosen<Plan> implements ChosenSource<Plan> {
  constructor(
    readonly source: TraceSource<Plan>,
    readonly description: SurveyDescription,
    readonly chosen: ChosenTraces,
  ) {}

  get plan(): Plan {
    return this.source.plan;
  }

  readWord(name: string, first: number, count: number): Float64Array {
    return this.readWords([name], first, count)[0];
  }

  readWords(names: readonly string[], first: number, count: number): Float64Array[] {
    const selection = inFile(this.chosen, { kind: "run", first, count });
    if (selection.kind === "run") return this.source.readWords(names, selection.first, count);
    const values = names.map(() => new Float64Array(count));
    const { traces } = selection;
    for (let start = 0; start < count;) {
      let end = start + 1;
      const from = traces[start];
      while (end < count && traces[end] - traces[end - 1] <= GAP && traces[end] - from < MOST_TOGETHER) end++;
      const read = this.source.readWords(names, from, traces[end - 1] - from + 1);
      for (let i = start; i < end; i++) values.forEach((one, word) => one[i] = read[word][traces[i] - from]);
      start = end;
    }
    return values;
  }

  close(): void {
    this.source.close();
  }
}
