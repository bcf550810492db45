/** The parser of velocity functions, in a flow and in a table. */
import { isRecord } from "../is_record.ts";
import { cut } from "../shown.ts";
import type { VelocityFunction } from "./parameter.ts";

/** A parsed value, or what was expected and what was found instead. */
export type Parsed<T> = { readonly value: T } | { readonly expected: string; readonly found: string };

const SHAPES =
  "{ timesMs, velocitiesMps } or { functions: [{ cdp, timesMs, velocitiesMps }, ...] } with rising times";

/** Slower than any rock or water, faster than any rock: what lies outside is a unit mistake. */
const SLOWEST_MPS = 50;
const FASTEST_MPS = 20_000;

/** RMS velocities from JSON: one function, or several by cdp (returned in the order of their cdps). */
export function parseVelocity(value: unknown): Parsed<readonly VelocityFunction[]> {
  if (Array.isArray(value)) return parseFunctions(value);
  if (!isRecord(value)) return { expected: SHAPES, found: found(value) };
  if ("file" in value && Object.keys(value).length === 1) {
    return {
      expected: "velocities read from the file before the parameters are parsed",
      found: found(value),
    };
  }
  if (!("functions" in value)) {
    const one = parseFunction(value, "");
    return "value" in one ? { value: [one.value] } : one;
  }
  const unknown = Object.keys(value).find((key) => key !== "functions");
  if (unknown) return { expected: SHAPES, found: `the field ${cut(unknown)}` };
  return Array.isArray(value.functions)
    ? parseFunctions(value.functions)
    : { expected: SHAPES, found: found(value.functions) };
}

function parseFunctions(values: readonly unknown[]): Parsed<readonly VelocityFunction[]> {
  if (values.length === 0) return { expected: "at least one velocity function", found: "none" };
  const functions: VelocityFunction[] = [];
  for (const [i, value] of values.entries()) {
    const where = ` in function ${i + 1}`;
    const one = isRecord(value)
      ? parseFunction(value, where)
      : { expected: SHAPES, found: found(value) + where };
    if (!("value" in one)) return one;
    if (one.value.cdp === undefined && values.length > 1) {
      return { expected: "a cdp in each of several velocity functions", found: `none${where}` };
    }
    functions.push(one.value);
  }
  functions.sort((a, b) => (a.cdp ?? 0) - (b.cdp ?? 0));
  const twice = functions.find((one, i) => i > 0 && one.cdp === functions[i - 1].cdp);
  if (twice) return { expected: "one velocity function for each cdp", found: `two for cdp ${twice.cdp}` };
  return { value: functions };
}

function parseFunction(value: Record<string, unknown>, where: string): Parsed<VelocityFunction> {
  const unknown = Object.keys(value).find((key) => !["cdp", "timesMs", "velocitiesMps"].includes(key));
  if (unknown) return { expected: SHAPES, found: `the field ${cut(unknown)}${where}` };
  const { cdp, timesMs, velocitiesMps } = value;
  if (cdp !== undefined && !Number.isSafeInteger(cdp)) {
    return { expected: "a whole number as cdp", found: found(cdp) + where };
  }
  if (!isNumbers(timesMs)) return { expected: "timesMs as a list of numbers", found: found(timesMs) + where };
  if (!isNumbers(velocitiesMps)) {
    return { expected: "velocitiesMps as a list of numbers", found: found(velocitiesMps) + where };
  }
  const problem = functionProblem(timesMs, velocitiesMps);
  if (problem) return { ...problem, found: problem.found + where };
  return { value: { ...(typeof cdp === "number" ? { cdp } : {}), timesMs, velocitiesMps } };
}

function functionProblem(times: readonly number[], velocities: readonly number[]) {
  if (times.length !== velocities.length) {
    return {
      expected: "as many velocities as times",
      found: `${times.length} times and ${velocities.length} velocities`,
    };
  }
  if (times.length === 0) return { expected: "at least one time and velocity", found: "none" };
  const fall = times.findIndex((time, i) => i > 0 && time <= times[i - 1]);
  if (fall > 0) return { expected: "rising times", found: `${times[fall]} after ${times[fall - 1]}` };
  const odd = velocities.find((v) => v < SLOWEST_MPS || v > FASTEST_MPS);
  if (odd === undefined) return undefined;
  return {
    expected: `velocities between ${SLOWEST_MPS} and ${FASTEST_MPS} m/s`,
    found: `${odd} m/s`,
  };
}

/**
 * A table of `cdp timeMs velocityMps` (or `timeMs velocityMps`) a line; blank lines, what follows a # and a title over
 * the columns are skipped.
 */
export function parseVelocityTable(text: string): Parsed<readonly VelocityFunction[]> {
  const expected = "three numbers a line, cdp timeMs velocityMps (or two, timeMs velocityMps)";
  const byCdp = new Map<number | undefined, { timesMs: number[]; velocitiesMps: number[] }>();
  let columns = 0, mayBeTitle = true;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/#.*/, "").trim();
    if (content === "") continue;
    const fields = content.split(/[\s,;]+/);
    const row = fields.map(Number);
    // A line with any number in it may be a row with a typing error, which must not vanish.
    const isTitle = mayBeTitle && row.every(Number.isNaN);
    mayBeTitle = false;
    if (isTitle) continue;
    columns ||= row.length;
    if (row.length < 2 || row.length > 3 || row.length !== columns || !isNumbers(row)) {
      return { expected, found: `"${content.slice(0, 60)}" in line ${i + 1}` };
    }
    const cdp = row.length === 3 ? row[0] : undefined;
    const one = byCdp.get(cdp) ?? { timesMs: [], velocitiesMps: [] };
    one.timesMs.push(row[row.length - 2]);
    one.velocitiesMps.push(row[row.length - 1]);
    byCdp.set(cdp, one);
  }
  return parseFunctions([...byCdp].map(([cdp, one]) => cdp === undefined ? one : { cdp, ...one }));
}

export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => Number.isFinite(one));
}

/** A value as a message shows it: JSON, cut at 60 characters. */
export function found(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? text.slice(0, 57) + "..." : text;
}
