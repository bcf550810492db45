/** How a survey is read: what the user says in place of its headers, and words that lie at other places. */
import { isRecord } from "../is_record.ts";
import { type ReadOptions, readOptionsOf, readOptionsText, type Refuse } from "./read_options.ts";
import { isWordType, parseMappings, type WordMapping } from "./word_mapping.ts";

export interface Reading extends ReadOptions {
  /** Words that are added or moved. */
  readonly map?: readonly WordMapping[];
}

/**
 * Parses the fields of `input.read`: the options, and `map` as a list of `"cdp=193:int32"` or of `{ name, byte, type }`.
 * @throws what `refuse` makes
 */
export function readingOf(fields: Readonly<Record<string, unknown>>, refuse: Refuse): Reading {
  const { map, ...options } = fields;
  return compact({ ...readOptionsOf(options, refuse), map: mappingsOf(map, refuse) });
}

function mappingsOf(value: unknown, refuse: Refuse): readonly WordMapping[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refuse("map", 'expected for map a list such as ["cdp=193:int32"]');
  try {
    return parseMappings(value.map((one, i) => mappingText(one, `map[${i}]`, refuse)));
  } catch (error) {
    if (error instanceof Error) throw refuse("map", error.message.replace(/^Cannot use header mapping /, ""));
    throw error;
  }
}

function mappingText(value: unknown, where: string, refuse: Refuse): string {
  if (typeof value === "string") return value;
  const { name, byte, type } = isRecord(value) ? value : {};
  if (typeof name === "string" && typeof byte === "number" && typeof type === "string" && isWordType(type)) {
    return `${name}=${byte}:${type}`;
  }
  throw refuse(where, `expected for ${where} a text such as cdp=193:int32, or name, byte and type`);
}

/** `over` wins, field by field and word by word. */
export function mergedReading(base: Reading = {}, over: Reading = {}): Reading {
  const given = compact(over), moved = new Set(given.map?.map((mapping) => mapping.name));
  const kept = base.map?.filter((mapping) => !moved.has(mapping.name)) ?? [];
  return compact({ ...base, ...given, map: [...kept, ...given.map ?? []] });
}

/** Without fields that say nothing. */
function compact({ format, endian, samples, intervalUs, extendedTexts, map = [] }: Reading): Reading {
  return {
    ...(format !== undefined && { format }),
    ...(endian !== undefined && { endian }),
    ...(samples !== undefined && { samples }),
    ...(intervalUs !== undefined && { intervalUs }),
    ...(extendedTexts !== undefined && { extendedTexts }),
    ...(map.length > 0 && { map }),
  };
}

/** True when something besides words is forced. */
export function isForced(reading: Reading): boolean {
  return forcedText(reading) !== "";
}

/** What is forced, as `--read` takes it. */
export function forcedText(reading: Reading): string {
  return readOptionsText(forcedOf(reading));
}

/** A reading without its words. */
export function forcedOf({ map: _words, ...forced }: Reading): ReadOptions {
  return forced;
}

/** `cdp=193:int32`, as `--map` takes it. */
export function mappingForm({ name, byte, type }: WordMapping): string {
  return `${name}=${byte}:${type}`;
}
