/** `seisproc headers FILE`: a table of header words, streamed, so that its size does not matter. */
import path from "node:path";
import { didYouMean } from "../../../src/shared/closest.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import { chosenRange } from "../../dataset/choice/choose_traces.ts";
import { readHeaderRows } from "../../dataset/choice/header_rows.ts";
import { openDataset, wholeTracesOf } from "../../dataset/open_source.ts";
import type { SurveyDescription } from "../../traces/survey_description.ts";
import type { TraceSource } from "../../traces/trace_source.ts";
import { onlyPositional, parseArguments, usage } from "../arguments.ts";
import { CHOICE_OPTIONS, choiceOfOptions } from "../choice_options.ts";
import { EXIT } from "../exit_status.ts";
import { type TableForm, tableWriter } from "../header_table.ts";
import { printIfThere } from "../lost_terminal.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { complain, writeOut } from "../terminal.ts";

/** Without `--words` a person sees the words that are not zero in so many traces, a program all of them. */
const LOOKED_AT = 1000;

/** `seisproc headers FILE [--words W,W] [--select EXPR] [--traces A-B] [--csv | --json] [--read ...] [--map ...]` */
// deno-lint-ignore require-await
export async function headers(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("headers", args, {
    words: true,
    ...CHOICE_OPTIONS,
    ...READING_OPTIONS,
    csv: false,
    json: false,
  });
  if (options.csv && options.json) throw usage("headers", "expected --csv or --json, found both");
  const file = path.resolve(onlyPositional("headers", positionals, "SEG-Y file or dataset"));
  const choice = choiceOfOptions(options);
  const form = options.csv ? "csv" : options.json ? "json" : "text";
  const source = openDataset(file, readingOption(options));
  try {
    const { traces } = source.description, whole = wholeTracesOf(source);
    printIfThere(() => printTable(wholePart(source, whole), choice, options.words, form));
    if (whole < traces) complain(`warning: the file is cut short: ${whole} of ${traces} traces are whole`);
    return EXIT.completed;
  } finally {
    source.close();
  }
}

/** The traces that are all there: of a file that is cut the headers of the others are shown. */
function wholePart(source: TraceSource, traces: number): TraceSource {
  return {
    plan: source.plan,
    description: { ...source.description, traces },
    readWord: (name, first, count) => source.readWord(name, first, count),
    readWords: (names, first, count) => source.readWords(names, first, count),
    close: () => source.close(),
  };
}

function printTable(
  source: TraceSource,
  choice: TraceChoice,
  asked: string | undefined,
  form: TableForm,
): void {
  const words = asked === undefined
    ? usualWords(source, choice, form)
    : askedWords(asked, source.description);
  const table = tableWriter(form, words);
  readHeaderRows(source, choice, words, (rows) => writeOut(table.lines(rows)));
}

function usualWords(source: TraceSource, choice: TraceChoice, form: TableForm): string[] {
  const names = source.description.table.words.map((word) => word.name);
  if (form !== "text") return names;
  const { first, count } = chosenRange(source, choice);
  const columns = source.readWords(names, first, Math.min(LOOKED_AT, count));
  return names.filter((_, i) => columns[i].some((value) => value !== 0));
}

/** Names or aliases, as they head their columns. @throws `usage`, `header-word-unknown` */
function askedWords(text: string, { name, table }: SurveyDescription): string[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.includes("")) {
    throw usage("headers", `expected --words such as iline,xline,offset, found ${text}`, "words");
  }
  const unknown = words.find((word) => table.find(word) === undefined);
  if (unknown === undefined) return words;
  const names = table.words.flatMap((word) => [word.name, ...word.aliases]);
  const message =
    `Cannot show header word ${unknown} of ${name}: expected the name of a trace-header word, found ` +
    `none of that name${didYouMean(unknown, names)}: seisproc scan lists the words`;
  throw new SeisProcError("header-word-unknown", message, { word: unknown });
}
