/** The options by which the user says how a survey is read, the same for every command that reads one. */
import { parseReadOptions } from "../../src/shared/seismic/read_options.ts";
import type { Reading } from "../../src/shared/seismic/reading.ts";
import { parseMappings } from "../../src/shared/seismic/word_mapping.ts";

export const READING_OPTIONS = { read: "many", map: "many" } as const;

/** `--read` may be given several times, each field once. @throws `usage` */
export function readingOption(
  { read, map }: { readonly read: readonly string[]; readonly map: readonly string[] },
): Reading {
  const forced = read.length > 0 ? parseReadOptions(read.join(",")) : {};
  return { ...forced, ...(map.length > 0 && { map: parseMappings(map) }) };
}
