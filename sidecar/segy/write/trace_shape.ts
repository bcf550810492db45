/** What a trace header says of its own trace: number of samples and interval, in every place that has them. */
import { assert } from "../../../src/shared/assert.ts";
import { wordsOf } from "../../../src/shared/seismic/header_kind.ts";
import { type HeaderWord, TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { writeWord } from "../../traces/header_records.ts";
import { FIRST_EXTENSION } from "../format/additional_headers.ts";
import { encodeAscii, encodeEbcdic } from "../format/ebcdic.ts";
import { EXTENSION_WORDS } from "../format/extension_words.ts";
import { type OutputLayout, shortInterval, shortSamples } from "./output_layout.ts";

/** Writes them to a big-endian record of this layout. */
export function setTraceShape(
  record: Uint8Array,
  view: DataView,
  { kind, samplesPerTrace, intervalUs }: OutputLayout,
): void {
  set(view, WORDS.ns, shortSamples(samplesPerTrace));
  if (kind === "su") return set(view, WORDS.suDt, intervalUs);
  set(view, WORDS.dt, shortInterval(intervalUs));
  for (let start = TRACE_HEADER_BYTES; start < record.length; start += TRACE_HEADER_BYTES) {
    if (!isExtension(record, start)) continue;
    const beyond = start - TRACE_HEADER_BYTES;
    set(view, WORDS.extNs, samplesPerTrace, beyond);
    set(view, WORDS.extDt, intervalUs, beyond);
  }
}

/** `beyond`: how far the word lies behind its place in the table. */
function set(view: DataView, word: HeaderWord, value: number, beyond = 0): void {
  writeWord(view, word.byte - 1 + beyond, word, value);
}

/** True for the header SEG00001, known by its name in its last 8 bytes, in either encoding. */
function isExtension(record: Uint8Array, start: number): boolean {
  const end = start + TRACE_HEADER_BYTES;
  return NAMES.some((name) => name.every((byte, i) => record[end - name.length + i] === byte));
}

const NAMES = [[...encodeAscii(FIRST_EXTENSION)], [...encodeEbcdic(FIRST_EXTENSION)]];

const WORDS = {
  ns: wordOf("ns", wordsOf("segy")),
  dt: wordOf("dt", wordsOf("segy")),
  suDt: wordOf("dt", wordsOf("su")),
  extNs: wordOf("extNs", EXTENSION_WORDS),
  extDt: wordOf("extDt", EXTENSION_WORDS),
};

function wordOf(name: string, words: readonly HeaderWord[]): HeaderWord {
  const word = words.find((one) => one.name === name);
  assert(word, `the tables have the word ${name}`);
  return word;
}
