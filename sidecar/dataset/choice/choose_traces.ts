/** Finds the traces that a choice takes: header words are read in portions, so memory stays flat. */
import { closest } from "../../../src/shared/closest.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { type HeaderExpression, parseExpression } from "../../../src/shared/processes/header_expression.ts";
import type { TraceChoice } from "../../../src/shared/seismic/trace_choice.ts";
import { Remarks } from "../../../src/shared/processes/remark.ts";
import {
  applyScalar,
  type HeaderWord,
  isScalar,
  type ScalarWord,
} from "../../../src/shared/seismic/trace_header.ts";
import type { TraceSource } from "../../traces/trace_source.ts";

const PORTION = 1 << 17;

/** A run of traces of the file; numbers count from 0. */
export interface ChosenRun {
  readonly first: number;
  readonly count: number;
}

/** The part of the file that a choice names, all of it where it names none. @throws `traces-outside` */
export function chosenRange({ description }: TraceSource, { traces }: TraceChoice): ChosenRun {
  const { traces: there, name } = description;
  if (traces === undefined) return { first: 0, count: there };
  const [first, last] = traces;
  if (last <= there) return { first: first - 1, count: last - first + 1 };
  const message = `Cannot take traces ${first} to ${last} of ${name}: expected traces from 1 to ${there}`;
  throw new SeisProcError("traces-outside", message, { first, last, traces: there });
}

/**
 * Hands on the numbers of the traces in `range` for which the expression holds (is neither zero nor no number), portion
 * by portion, in the order of the file; returns how many they are. `remarks` get what was ignored.
 * @throws `expression-invalid`, `nothing-selected`
 */
export function selectTraces(
  source: TraceSource,
  select: string,
  range: ChosenRun,
  take: (numbers: Uint32Array) => void,
  remarks = new Remarks(),
): number {
  const test = new TraceTest(source, select, remarks);
  const numbers = new Uint32Array(Math.min(PORTION, range.count));
  let found = 0;
  for (let done = 0; done < range.count; done += PORTION) {
    const first = range.first + done, count = Math.min(PORTION, range.count - done);
    const holds = test.read(first, count);
    let taken = 0;
    for (let i = 0; i < count; i++) if (holds(i)) numbers[taken++] = first + i;
    take(numbers.subarray(0, taken));
    found += taken;
  }
  if (found === 0) throw nothingSelected(source, select, range, test.ranges);
  return found;
}

/** Reads the words of an expression in their units and tells for which traces it holds. */
class TraceTest {
  readonly #source: TraceSource;
  readonly #expression: HeaderExpression;
  readonly #words: readonly HeaderWord[];
  /** Names to read: the words of the expression and then the scalars that they need. */
  readonly #names: readonly string[];
  readonly #remarks: Remarks;
  readonly #least: number[];
  readonly #most: number[];

  constructor(source: TraceSource, select: string, remarks: Remarks) {
    this.#source = source;
    this.#remarks = remarks;
    this.#expression = parseExpression(select);
    this.#words = this.#expression.words.map(({ name, column }) => wordOf(source, select, name, column));
    const scalars = this.#words.flatMap((word) => word.scaledBy ?? []);
    this.#names = [...new Set([...this.#words.map((word) => word.name), ...scalars])];
    this.#least = this.#words.map(() => Infinity);
    this.#most = this.#words.map(() => -Infinity);
  }

  /** The values of each word that were read, as `cdp 1 to 46`. */
  get ranges(): string[] {
    return this.#expression.words.map(({ name }, i) => {
      const least = this.#least[i], most = this.#most[i];
      return least > most ? `${name} no number` : `${name} ${short(least)} to ${short(most)}`;
    });
  }

  read(first: number, count: number): (i: number) => boolean {
    const columns = this.#source.readWords(this.#names, first, count);
    const column = (name: string) => columns[this.#names.indexOf(name)];
    const values = this.#words.map((word) =>
      word.scaledBy
        ? scaled(column(word.name), column(word.scaledBy), word.scaledBy, this.#remarks)
        : column(word.name)
    );
    values.forEach((one, i) => this.#widen(i, one));
    const byName = new Map(this.#expression.words.map(({ name }, i) => [name, values[i]]));
    const value = this.#expression.bind((name) => {
      const own = byName.get(name) ?? new Float64Array(count);
      return (i) => own[i];
    });
    return (i) => {
      const found = value(i);
      return found !== 0 && !Number.isNaN(found);
    };
  }

  #widen(word: number, values: Float64Array): void {
    for (const value of values) {
      if (value < this.#least[word]) this.#least[word] = value;
      if (value > this.#most[word]) this.#most[word] = value;
    }
  }
}

/** Values in their unit; a scalar that is none is told. */
function scaled(
  values: Float64Array,
  scalars: Float64Array,
  word: ScalarWord,
  remarks: Remarks,
): Float64Array {
  return values.map((value, i) => {
    if (value !== 0 && !isScalar(scalars[i])) {
      remarks.add({ kind: "scalar_ignored", word, found: scalars[i] });
    }
    return applyScalar(value, scalars[i]);
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(10)));
}

function wordOf({ description }: TraceSource, select: string, name: string, column: number): HeaderWord {
  const { table } = description;
  const word = table.find(name);
  if (word) return word;
  const near = [...new Set([closest(name, namesOf(table.words)), ...table.similar(name)])]
    .flatMap((one) => one === undefined ? [] : one);
  const advice = near.length > 0
    ? `did you mean ${near.slice(0, 5).join(", ")}?`
    : "seisproc scan lists the words";
  const message =
    `Cannot select traces of ${description.name} by ${JSON.stringify(select)}: expected header words, ` +
    `found ${name} at column ${column}: ${advice}`;
  throw new SeisProcError("expression-invalid", message, { expression: select, column });
}

function namesOf(words: readonly HeaderWord[]): string[] {
  return words.flatMap((word) => [word.name, ...word.aliases]);
}

function nothingSelected(
  { description }: TraceSource,
  select: string,
  { count }: ChosenRun,
  ranges: readonly string[],
): SeisProcError<"nothing-selected"> {
  const held = ranges.length > 0 ? `: the words are ${ranges.join(", ")}` : "";
  const message =
    `Cannot select traces of ${description.name} by ${JSON.stringify(select)}: expected traces for ` +
    `which it holds, found none of ${count}${held}`;
  return new SeisProcError("nothing-selected", message, { file: description.name, expression: select });
}
