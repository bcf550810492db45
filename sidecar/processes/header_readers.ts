/** Header words in their unit, as processes read and write them. */
import { SeisProcError } from "../../src/shared/errors.ts";
import type { TraceValue } from "../../src/shared/processes/header_expression.ts";
import { applyScalar, isScalar, removeScalar } from "../../src/shared/seismic/trace_header.ts";
import type { HeaderRecords } from "../traces/header_records.ts";
import type { TellRemark } from "./process.ts";

/** Reads a header word in its unit, with its scalar applied; a scalar that is none is told. */
export function scaledReader(headers: HeaderRecords, name: string, remark: TellRemark): TraceValue {
  const word = headers.word(name), { scaledBy } = word;
  if (scaledBy === undefined) return (trace) => headers.get(trace, word);
  const scalarWord = headers.word(scaledBy);
  return (trace) => {
    const value = headers.get(trace, word), found = headers.get(trace, scalarWord);
    if (value !== 0 && !isScalar(found)) remark({ kind: "scalar_ignored", word: scaledBy, found });
    return applyScalar(value, found);
  };
}

/** Readers of header words by name, for expressions. */
export function wordReader(headers: HeaderRecords, remark: TellRemark): (name: string) => TraceValue {
  return (name) => scaledReader(headers, name, remark);
}

/** When each trace begins, in ms: its delay recording time. */
export function startReader(headers: HeaderRecords, remark: TellRemark): TraceValue {
  return scaledReader(headers, "delrt", remark);
}

/** What is stored for a value given in its unit, before whole-number words are rounded. */
export function storedValue(headers: HeaderRecords, trace: number, name: string, value: number): number {
  const { scaledBy } = headers.word(name);
  return scaledBy === undefined ? value : removeScalar(value, headers.get(trace, headers.word(scaledBy)));
}

/** Stores a value given in its unit through the word's scalar, whole-number words rounded. Throws when it does not fit. */
export function setScaled(headers: HeaderRecords, trace: number, name: string, value: number): void {
  headers.set(trace, headers.word(name), storedValue(headers, trace, name, value));
}

/** The part of a unit that the word loses of a time or length when it is rounded. */
const WHOLE = 1e-6;

/** Stores when a trace begins, or refuses a time that its words cannot tell. */
export function setStart(headers: HeaderRecords, trace: number, ms: number): void {
  const stored = storedValue(headers, trace, "delrt", ms);
  if (Math.abs(stored - Math.round(stored)) < WHOLE) return setScaled(headers, trace, "delrt", ms);
  const found = headers.get(trace, headers.word("tscal"));
  const message = `Cannot write the start ${ms} ms to ${traceName(headers, trace)}: expected a time scalar ` +
    `(tscal) that can tell it, found ${found}: give all traces of a gather one time scalar first`;
  throw new SeisProcError("header-invalid", message, { file: "", field: "tscal", found });
}

/** A trace as users know it, by the words that count traces. */
export function traceName(headers: HeaderRecords, trace: number): string {
  const [tracl, fldr, tracf] = ["tracl", "fldr", "tracf"].map((name) =>
    headers.get(trace, headers.word(name))
  );
  return `the trace with tracl ${tracl}, fldr ${fldr}, tracf ${tracf}`;
}
