/** Which traces of a survey are taken: a part of the file, and those for which an expression over header words holds. */
import { SeisProcError } from "../errors.ts";
import { shown } from "../shown.ts";

/** Both may be given: then a trace must be in the part and the expression must hold. */
export interface TraceChoice {
  /** An expression over header words in their units, such as `iline >= 1200 && offset < 2000`. */
  readonly select?: string;
  /** First and last trace in the order of the file, counted from 1, both included. */
  readonly traces?: TraceRange;
}

export type TraceRange = readonly [number, number];

/** Parses `100-200`, or `100` for one trace. @throws `usage` */
export function parseTraceRange(text: string): TraceRange {
  const found = /^\s*(\d{1,15})(?:\s*-\s*(\d{1,15}))?\s*$/.exec(text);
  const range = found && traceRange([Number(found[1]), Number(found[2] ?? found[1])]);
  if (range) return range;
  const argument = shown(text);
  const message =
    `Cannot use traces ${argument}: expected the first and the last, counted from 1, such as 100-200`;
  throw new SeisProcError("usage", message, { argument: "traces" });
}

/** The range when it is one, else undefined. */
export function traceRange(value: unknown): TraceRange | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [first, last]: unknown[] = value;
  const isTrace = (one: unknown): one is number =>
    typeof one === "number" && Number.isSafeInteger(one) && one >= 1;
  return isTrace(first) && isTrace(last) && first <= last ? [first, last] : undefined;
}

/** True when not all traces are taken. */
export function isChoice({ select, traces }: TraceChoice): boolean {
  return select !== undefined || traces !== undefined;
}

/** Such as `traces 100 to 200, cdp > 5`, for histories and messages. */
export function choiceText({ select, traces }: TraceChoice): string {
  return [traces && `traces ${traces[0]} to ${traces[1]}`, select].filter((part) => part).join(", ");
}
