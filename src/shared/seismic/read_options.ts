/**
 * What the user says about a file in place of what its headers say: the last word on format, byte order, samples a
 * trace, interval and extended text headers. On the command line `format=ibm,endian=little`, in a flow an object.
 */
import { didYouMean } from "../closest.ts";
import { SeisProcError } from "../errors.ts";
import { SAMPLE_FORMATS } from "./sample_formats.ts";

/** Byte orders of SEG-Y files; `swapped`: big-endian with the two bytes of every pair exchanged. */
export type ByteOrder = "big" | "little" | "swapped";

export const BYTE_ORDERS: readonly ByteOrder[] = ["big", "little", "swapped"];

/** What is left out is found in the file. */
export interface ReadOptions {
  /** Sample format code of the standard. */
  readonly format?: number;
  readonly endian?: ByteOrder;
  /** Samples of every trace. */
  readonly samples?: number;
  /** Sample interval in microseconds; may be fractional. */
  readonly intervalUs?: number;
  /** Extended text headers of 3200 bytes between the binary header and the first trace. */
  readonly extendedTexts?: number;
}

/** Short names of the sample formats; their codes are understood as well. */
export const FORMAT_NAMES: ReadonlyMap<string, number> = new Map([
  ["ibm", 1],
  ["int32", 2],
  ["int16", 3],
  ["gain", 4],
  ["ieee", 5],
  ["ieee64", 6],
  ["int24", 7],
  ["int8", 8],
  ["int64", 9],
  ["uint32", 10],
  ["uint16", 11],
  ["uint64", 12],
  ["uint24", 15],
  ["uint8", 16],
]);

const FIELDS = ["format", "endian", "samples", "intervalUs", "extendedTexts"] as const;
type Field = typeof FIELDS[number];

/** Samples that the extended field of revision 2 can say. */
const MOST_SAMPLES = 2 ** 32 - 1;
const MOST_TEXTS = 1_000_000;
/** A refused value is quoted up to here. */
const LONGEST_SHOWN = 80;

/** Makes the error for a field (or an unknown name) with what was expected and what was found. */
export type Refuse = (field: string, why: string) => Error;

/**
 * Parses `format=ibm,endian=little,samples=1500,intervalUs=2000,extendedTexts=2`, any of them, each once.
 * @throws `usage`
 */
export function parseReadOptions(text: string): ReadOptions {
  const refuse: Refuse = (_, why) => wrong(text, why);
  const fields = new Map<string, unknown>();
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    if (at < 1) throw wrong(text, `expected NAME=VALUE such as format=ibm, found ${shown(part)}`);
    const name = part.slice(0, at).trim(), value = part.slice(at + 1).trim();
    if (fields.has(name)) throw wrong(text, `expected each name once, found ${shown(name)} twice`);
    fields.set(name, name === "format" || name === "endian" ? value : numberOf(value));
  }
  return readOptionsOf(Object.fromEntries(fields), refuse);
}

/** The same from the fields of a JSON object, such as `{ "format": "ibm", "samples": 1500 }`. @throws what `refuse` makes */
export function readOptionsOf(fields: Readonly<Record<string, unknown>>, refuse: Refuse): ReadOptions {
  for (const name of Object.keys(fields)) {
    if (FIELDS.some((field) => field === name)) continue;
    const meant = didYouMean(name, FIELDS);
    throw refuse(name, `expected only ${FIELDS.join(", ")}, found ${shown(name)}${meant}`);
  }
  return {
    format: optional(fields.format, (value) => formatCode(value, refuse)),
    endian: optional(fields.endian, (value) => byteOrder(value, refuse)),
    samples: optional(fields.samples, (value) => whole("samples", value, 1, MOST_SAMPLES, refuse)),
    intervalUs: optional(fields.intervalUs, (value) => positive("intervalUs", value, refuse)),
    extendedTexts: optional(fields.extendedTexts, (value) => {
      return whole("extendedTexts", value, 0, MOST_TEXTS, refuse);
    }),
  };
}

function optional<T>(value: unknown, parse: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : parse(value);
}

/** The options as `--read` takes them; empty when nothing is forced. */
export function readOptionsText({ format, ...others }: ReadOptions): string {
  const named = { format: format === undefined ? undefined : formatName(format), ...others };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${value}`).join(",");
}

/** `ibm` for 1; the code itself where the standard knows none. */
export function formatName(code: number): string {
  return [...FORMAT_NAMES].find(([, one]) => one === code)?.[0] ?? String(code);
}

function formatCode(value: unknown, refuse: Refuse): number {
  const name = typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
  const code = FORMAT_NAMES.get(name) ?? (/^\d{1,2}$/.test(name) ? Number(name) : undefined);
  if (code !== undefined && SAMPLE_FORMATS.has(code)) return code;
  const names = [...FORMAT_NAMES].map(([known, number]) => `${known} (${number})`).join(", ");
  throw refuse("format", `expected for format one of ${names}, found ${shown(value)}`);
}

function byteOrder(value: unknown, refuse: Refuse): ByteOrder {
  const found = BYTE_ORDERS.find((order) => order === value);
  if (found) return found;
  throw refuse("endian", `expected for endian one of ${BYTE_ORDERS.join(", ")}, found ${shown(value)}`);
}

function whole(field: Field, value: unknown, min: number, max: number, refuse: Refuse): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw refuse(field, `expected for ${field} a whole number from ${min} to ${max}, found ${shown(value)}`);
}

function positive(field: Field, value: unknown, refuse: Refuse): number {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw refuse(field, `expected for ${field} a number of microseconds above 0, found ${shown(value)}`);
}

/** A number where the text is one, else the text, which the checks then refuse. */
function numberOf(text: string): unknown {
  const value = Number(text);
  return text === "" || Number.isNaN(value) ? text : value;
}

function shown(value: unknown): string {
  const text = typeof value === "string" && value !== "" ? value : JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

function wrong(text: string, why: string): SeisProcError {
  const argument = shown(text);
  return new SeisProcError("usage", `Cannot use --read ${argument}: ${why}`, { argument });
}
