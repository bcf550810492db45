/** Words of the trace header SEG00001 of revision 2, which has 240 bytes of its own after the standard header. */
import {
  type HeaderWord,
  TRACE_HEADER_BYTES,
  type WordType,
} from "../../../src/shared/seismic/trace_header.ts";
import { FIRST_EXTENSION } from "./additional_headers.ts";

const ROWS: readonly (readonly [string, number, WordType, string])[] = [
  ["extTracl", 1, "uint64", "Extended trace sequence number within line"],
  ["extTracr", 9, "uint64", "Extended trace sequence number within SEG-Y file"],
  ["extFldr", 17, "int64", "Extended original field record number"],
  ["extCdp", 25, "int64", "Extended ensemble number"],
  ["extGelev", 33, "float64", "Extended elevation of receiver group"],
  ["extGdepth", 41, "float64", "Receiver group depth below surface"],
  ["extSelev", 49, "float64", "Extended surface elevation at source"],
  ["extSdepth", 57, "float64", "Extended source depth below surface"],
  ["extGdel", 65, "float64", "Extended seismic datum elevation at receiver group"],
  ["extSdel", 73, "float64", "Extended seismic datum elevation at source"],
  ["extSwdep", 81, "float64", "Extended water column height at source"],
  ["extGwdep", 89, "float64", "Extended water column height at receiver group"],
  ["extSx", 97, "float64", "Extended source coordinate X"],
  ["extSy", 105, "float64", "Extended source coordinate Y"],
  ["extGx", 113, "float64", "Extended group coordinate X"],
  ["extGy", 121, "float64", "Extended group coordinate Y"],
  ["extOffset", 129, "float64", "Extended distance from source point to receiver group"],
  ["extNs", 137, "uint32", "Extended number of samples in this trace"],
  ["extNanoseconds", 141, "int32", "Nanoseconds to add to second of minute"],
  ["extDt", 145, "float64", "Extended sample interval in microseconds"],
  ["extCable", 153, "int32", "Cable number"],
  ["extHeaders", 157, "uint16", "Number of additional trace header extension blocks"],
  ["extLast", 159, "int16", "Last trace flag"],
  ["extCdpx", 161, "float64", "Extended X coordinate of ensemble position"],
  ["extCdpy", 169, "float64", "Extended Y coordinate of ensemble position"],
];

/** The words where the standard has SEG00001: bytes 241 to 480 of the record. */
export const EXTENSION_WORDS: readonly HeaderWord[] = wordsInHeader(1);

const BY_NAME: ReadonlyMap<string, HeaderWord> = new Map(EXTENSION_WORDS.map((word) => [word.name, word]));

/** The words where a record has them; none when no header carries the name of SEG00001. */
export function extensionWords(additionalHeaders: readonly string[]): readonly HeaderWord[] {
  const place = additionalHeaders.indexOf(FIRST_EXTENSION);
  if (place < 0) return [];
  return place === 0 ? EXTENSION_WORDS : wordsInHeader(place + 1);
}

/** The word with this name where the standard has it; it must exist. */
export function extensionWord(name: string): HeaderWord {
  const word = BY_NAME.get(name);
  if (!word) throw new Error(`no word ${name} in ${FIRST_EXTENSION}`);
  return word;
}

/** Bytes from 1 within the record; `header` counts from 0, the standard header. */
function wordsInHeader(header: number): HeaderWord[] {
  return ROWS.map(([name, byte, type, title]) => {
    return { name, byte: byte + header * TRACE_HEADER_BYTES, type, title, aliases: [] };
  });
}
