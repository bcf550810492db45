/** Parsers of unknown values into true types, for what comes over the wire: strict, bounded, with the place in errors. */
import { SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";

/** Returns the value as `T`. @throws SeisProcError `protocol` naming `where` */
export type Parser<T> = (value: unknown, where: string) => T;

const LONGEST_TEXT = 4096;
const LONGEST_LIST = 10_000;
const LONGEST_SHOWN = 80;

export function text(longest = LONGEST_TEXT): Parser<string> {
  return (value, where) => {
    if (typeof value === "string" && value !== "" && value.length <= longest) return value;
    throw refused(where, `a text of 1 to ${longest} characters`, value);
  };
}

export function whole(min: number, max: number): Parser<number> {
  return (value, where) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    throw refused(where, `a whole number from ${min} to ${max}`, value);
  };
}

export function finite(min: number, max: number): Parser<number> {
  return (value, where) => {
    if (typeof value === "number" && value >= min && value <= max) return value;
    throw refused(where, `a number from ${min} to ${max}`, value);
  };
}

export const truth: Parser<boolean> = (value, where) => {
  if (typeof value === "boolean") return value;
  throw refused(where, "true or false", value);
};

/** A document that a parser of its own looks at later. */
export const document: Parser<unknown> = (value, where) => {
  if (typeof value === "object" && value !== null) return value;
  throw refused(where, "an object", value);
};

/** Whatever JSON holds, but nothing at all. */
export const anything: Parser<unknown> = (value, where) => {
  if (value !== undefined) return value;
  throw refused(where, "a value", value);
};

export function choice<const C extends string>(choices: readonly C[]): Parser<C> {
  return (value, where) => {
    const found = choices.find((one) => one === value);
    if (found !== undefined) return found;
    throw refused(where, `one of ${choices.join(", ")}`, value);
  };
}

export function list<T>(item: Parser<T>, longest = LONGEST_LIST): Parser<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value) || value.length > longest) {
      throw refused(where, `a list of at most ${longest}`, value);
    }
    return value.map((one, i) => item(one, `${where}[${i}]`));
  };
}

export function maybe<T>(parser: Parser<T>): Parser<T | undefined> {
  return (value, where) => value === undefined ? undefined : parser(value, where);
}

export function orNull<T>(parser: Parser<T>): Parser<T | null> {
  return (value, where) => value === null ? null : parser(value, where);
}

/** Numbers by name. */
export const numbers: Parser<Readonly<Record<string, number>>> = (value, where) => {
  const entries = Object.entries(record(value, where));
  if (entries.length > 100) throw refused(where, "at most 100 names", value);
  const number = finite(-1e300, 1e300);
  return Object.fromEntries(entries.map(([name, one]) => [name, number(one, `${where}.${name}`)]));
};

/** An object with these fields and no other. */
export function shape<T extends object>(parsers: { readonly [K in keyof T]-?: Parser<T[K]> }): Parser<T> {
  const names = Object.keys(parsers);
  const known: ReadonlyMap<string, Parser<unknown>> = new Map(Object.entries<Parser<unknown>>(parsers));
  return (value, where) => {
    const given = record(value, where);
    const stranger = Object.keys(given).find((name) => !known.has(name));
    if (stranger !== undefined) throw refused(where, `only ${names.join(", ") || "no fields"}`, stranger);
    const prefix = where === "" ? "" : `${where}.`;
    const parsed = [...known].flatMap(([name, parse]) => {
      const one = parse(Object.hasOwn(given, name) ? given[name] : undefined, prefix + name);
      return one === undefined ? [] : [[name, one] as const];
    });
    // Every field went through the parser of its own type.
    return Object.fromEntries(parsed) as T;
  };
}

export function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw refused(where, "an object", value);
}

export function refused(where: string, expected: string, found: unknown): SeisProcError<"protocol"> {
  return refusedFor(where, `expected ${expected}, found ${shown(found)}`);
}

/** The same with a reason that says what was expected and found. */
export function refusedFor(where: string, why: string): SeisProcError<"protocol"> {
  const reason = `${where || "the request"}: ${why}`;
  return new SeisProcError("protocol", `Cannot read the request: ${reason}: see PROTOCOL.md`, { reason });
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, LONGEST_SHOWN) : value);
}
