/** What is to be said of a Seismic Unix file: that it is one, and which words of its own lie where SEG-Y has others. */
import { OWN_SU_WORDS, wordsNotIn } from "../../../../src/shared/seismic/header_kind.ts";
import type { ScanFinding } from "../../../../src/shared/seismic/scan_report.ts";
import {
  type HeaderWord,
  TRACE_HEADER_BYTES,
  WORD_BYTES,
} from "../../../../src/shared/seismic/trace_header.ts";
import { isSuName } from "../../../../src/shared/seismic/header_kind.ts";
import { readWord } from "../../../traces/header_records.ts";
import { permuted, recordPermutation } from "../../format/byte_order.ts";
import type { FileBytes } from "../../format/segy_file.ts";
import { finding } from "../findings.ts";
import type { SegyLayout } from "../segy_layout.ts";

export function suFindings(file: FileBytes, layout: SegyLayout): ScanFinding[] {
  if (layout.kind !== "su") return [];
  return [...nameFindings(file), ...ownWords(file, layout), ...lengths(layout)];
}

function nameFindings({ name }: FileBytes): ScanFinding[] {
  if (isSuName(name)) return [];
  return [
    finding("info", "the file begins with a trace and has no file headers", "read as Seismic Unix", {
      byte: 1,
    }),
  ];
}

/** Words of trace 1 that are not zero, with what SEG-Y has in their place. */
function ownWords(file: FileBytes, { byteOrder }: SegyLayout): ScanFinding[] {
  const record = file.read(0, TRACE_HEADER_BYTES);
  if (record.length < TRACE_HEADER_BYTES) return [];
  const big = permuted(record, recordPermutation(byteOrder, TRACE_HEADER_BYTES, OWN_SU_WORDS));
  const view = new DataView(big.buffer);
  const used = OWN_SU_WORDS.filter((word) => readWord(view, word.byte - 1, word) !== 0);
  if (used.length === 0) return [];
  const names = used.map((word) => word.name).join(", ");
  const others = wordsNotIn("segy", "su").filter((word) => used.some((own) => overlap(own, word)));
  const what = `Seismic Unix has ${names} where SEG-Y has ${others.map((word) => word.name).join(", ")}`;
  return [finding("info", what, "not taken for coordinates, lines or other words of SEG-Y", {
    trace: 1,
    byte: used[0].byte,
  })];
}

function overlap(one: HeaderWord, other: HeaderWord): boolean {
  return one.byte < other.byte + WORD_BYTES[other.type] && other.byte < one.byte + WORD_BYTES[one.type];
}

function lengths({ variable }: SegyLayout): ScanFinding[] {
  if (!variable) return [];
  return [finding("warning", "traces have different lengths", "Seismic Unix itself cannot read such a file", {
    byte: 115,
  })];
}
