/** The parser of a process' parameters, from their declarations. */
import { didYouMean } from "../closest.ts";
import { SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import type { NumberParameter, NumbersParameter, Parameter, Parameters, ValuesOf } from "./parameter.ts";
import { found, isNumbers, type Parsed, parseVelocity, parseVelocityTable } from "./parse_velocity.ts";
import type { VelocityFunction } from "./parameter.ts";
import type { ProcessSpec } from "./process.ts";

/**
 * Checks the parameters of a process as they stand in a flow and fills in defaults. Already parsed values parse to
 * themselves. Throws `parameter-invalid` that names the parameter, what was expected and what was found.
 *
 * @param where place in the document, such as `processes[1].parameters`
 */
export function parseParameters<P extends Parameters>(
  spec: Pick<ProcessSpec<P>, "id" | "parameters">,
  value: unknown,
  where: string,
): ValuesOf<P> {
  const given = value === undefined ? {} : value;
  if (!isRecord(given)) {
    throw parameterError(spec.id, "", where, {
      expected: "an object of parameters by name",
      found: found(value),
    });
  }
  for (const name of Object.keys(given)) checkKnown(spec, name, where);
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(spec.parameters)) {
    const parsed = parseValue(parameter, given[name]);
    if (!("value" in parsed)) throw parameterError(spec.id, name, where, parsed);
    if (parsed.value !== undefined) values[name] = parsed.value;
  }
  // Each value was parsed by its own declaration just above; the mapped type cannot follow the loop.
  return values as ValuesOf<P>;
}

/**
 * Velocities from the text of a file: JSON of the same shapes as in a flow, or a table with `cdp timeMs velocityMps`
 * a line.
 */
export function parseVelocityFile(text: string, where: string): readonly VelocityFunction[] {
  const parsed = /^\s*[{[]/.test(text) ? parseVelocityJson(text) : parseVelocityTable(text);
  if ("value" in parsed) return parsed.value;
  const message = `Cannot read velocities at ${where}: expected ${parsed.expected}, found ${parsed.found}`;
  throw new SeisProcError("flow-invalid", message, { where });
}

function parseVelocityJson(text: string): Parsed<readonly VelocityFunction[]> {
  try {
    return parseVelocity(JSON.parse(text));
  } catch (error) {
    return { expected: "valid JSON", found: error instanceof Error ? error.message : String(error) };
  }
}

function checkKnown(spec: { id: string; parameters: Parameters }, name: string, where: string): void {
  const names = Object.keys(spec.parameters);
  if (names.includes(name)) return;
  const known = names.length > 0 ? `one of ${names.join(", ")}` : "no parameters";
  const hint = didYouMean(name, names);
  throw parameterError(spec.id, name, where, { expected: known, found: `${name}${hint}` });
}

function parameterError(
  process: string,
  parameter: string,
  where: string,
  problem: { expected: string; found: string },
) {
  const what = parameter ? `parameter ${parameter}` : "the parameters";
  const message = `Cannot use ${what} of ${process} at ${where}: ` +
    `expected ${problem.expected}, found ${problem.found}: see seisproc processes ${process}`;
  return new SeisProcError("parameter-invalid", message, { process, parameter, where });
}

function parseValue(parameter: Parameter, value: unknown): Parsed<unknown> {
  if (value === undefined) return parseAbsent(parameter);
  switch (parameter.kind) {
    case "number":
      return isWithin(parameter, value) ? { value } : mismatch(expectedNumber(parameter), value);
    case "choice":
      return parameter.choices.some((one) => one === value)
        ? { value }
        : mismatchWithHint(parameter.choices, value);
    case "boolean":
      return typeof value === "boolean" ? { value } : mismatch("true or false", value);
    case "numbers":
      return parseNumbers(parameter, value);
    case "text":
      return typeof value === "string" ? { value } : mismatch("a text", value);
    case "header_word":
      return typeof value === "string" && value.trim() !== ""
        ? { value }
        : mismatch("the name of a header word", value);
    case "velocity":
      return parseVelocity(value);
    case "structured": {
      const parsed = parameter.parse(value);
      return "value" in parsed ? parsed : mismatch(parsed.expected, value);
    }
  }
}

function parseAbsent(parameter: Parameter): Parsed<unknown> {
  if ("default" in parameter && parameter.default !== undefined) return { value: parameter.default };
  if ("optional" in parameter && parameter.optional) return { value: undefined };
  return { expected: expectation(parameter), found: "nothing" };
}

/** What a parameter takes, in words: `a number from 0 to 125 (Hz)`. */
export function expectation(parameter: Parameter): string {
  switch (parameter.kind) {
    case "number":
      return expectedNumber(parameter);
    case "choice":
      return `one of ${parameter.choices.join(", ")}`;
    case "boolean":
      return "true or false";
    case "numbers":
      return expectedNumbers(parameter);
    case "text":
      return "a text";
    case "header_word":
      return "the name of a header word";
    case "velocity":
      return "{ timesMs, velocitiesMps }, { functions: [{ cdp, timesMs, velocitiesMps }, ...] } or { file }";
    case "structured": {
      const empty = parameter.parse(undefined);
      return "expected" in empty ? empty.expected : "a value";
    }
  }
}

function mismatch(expected: string, value: unknown): Parsed<never> {
  return { expected, found: found(value) };
}

function mismatchWithHint(choices: readonly string[], value: unknown): Parsed<never> {
  const hint = typeof value === "string" ? didYouMean(value, choices) : "";
  return { expected: `one of ${choices.join(", ")}`, found: found(value) + hint };
}

type AnyNumber = NumberParameter<number | undefined>;

function isWithin({ integer, min, max, above }: AnyNumber, value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && (!integer || Number.isInteger(value)) &&
    (min === undefined || value >= min) && (max === undefined || value <= max) &&
    (above === undefined || value > above);
}

function expectedNumber({ integer, min, max, above, unit }: AnyNumber): string {
  const limits = [
    above === undefined ? "" : `above ${above}`,
    min === undefined ? "" : `from ${min}`,
    max === undefined ? "" : `up to ${max}`,
  ].filter((limit) => limit !== "");
  const kind = integer ? "a whole number" : "a number";
  return [kind, ...limits, unit === "" ? "" : `(${unit})`].filter((part) => part !== "").join(" ");
}

function parseNumbers(parameter: NumbersParameter, value: unknown): Parsed<readonly number[]> {
  if (!isNumbers(value) || value.length === 0) return mismatch(expectedNumbers(parameter), value);
  const { min, rising } = parameter;
  const low = min === undefined ? undefined : value.find((one) => one < min);
  if (low !== undefined) return mismatch(expectedNumbers(parameter), low);
  const fall = rising ? value.findIndex((one, i) => i > 0 && one <= value[i - 1]) : -1;
  if (fall < 0) return { value };
  return { expected: expectedNumbers(parameter), found: `${value[fall]} after ${value[fall - 1]}` };
}

function expectedNumbers({ rising, min, unit }: NumbersParameter): string {
  const limit = min === undefined ? "" : ` from ${min}`;
  return `a list of ${rising ? "rising " : ""}numbers${limit}${unit === "" ? "" : ` (${unit})`}`;
}
