/** A file as detection sees it: its binary header in one order of bytes, its revision, what the user says of it. */
import {
  BINARY_HEADER_BYTES,
  BYTE_ORDER_CONSTANT,
  TEXT_HEADER_BYTES,
} from "../../../src/shared/seismic/binary_header.ts";
import type { ReadOptions } from "../../../src/shared/seismic/read_options.ts";
import { HeaderWordTable, STANDARD_WORDS } from "../../../src/shared/seismic/trace_header.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import { mappedWord } from "../../../src/shared/seismic/word_mapping.ts";
import { BinaryHeader } from "../format/binary_header.ts";
import type { ByteOrder } from "../format/byte_order.ts";
import type { FileBytes } from "../format/segy_file.ts";
import { finding, type Found } from "./findings.ts";
import { type HeaderKind, wordsOf } from "../../../src/shared/seismic/header_kind.ts";

export interface Revision {
  readonly major: number;
  readonly minor: number;
}

/** What is asked: a file, and what is known of it without looking. */
export interface Asked {
  readonly file: FileBytes;
  readonly kind: HeaderKind;
  readonly read: ReadOptions;
  /** Words that lie elsewhere than the standard has them. */
  readonly map: readonly LaidOutWord[];
}

export interface Opening extends Asked {
  readonly order: ByteOrder;
  /** All zero in a file without file headers. */
  readonly header: BinaryHeader;
  readonly revision: Revision;
  /** Words of the standard trace header, mapped ones where they lie. */
  readonly words: HeaderWordTable;
}

/** The file opened in one order of bytes; nothing but the binary header is read. */
export function openIn(order: ByteOrder, asked: Asked): Opening {
  const header = binaryHeader(asked, order);
  const { value: revision } = findRevision(header);
  const isStandard = asked.map.length === 0 && asked.kind === "segy";
  const words = isStandard
    ? STANDARD_WORDS
    : new HeaderWordTable(asked.map.map(mappedWord), wordsOf(asked.kind));
  return { ...asked, order, header, revision, words };
}

function binaryHeader({ file, kind }: Asked, order: ByteOrder): BinaryHeader {
  if (kind === "su") return new BinaryHeader(new Uint8Array(BINARY_HEADER_BYTES));
  return BinaryHeader.fromFile(file.read(TEXT_HEADER_BYTES, BINARY_HEADER_BYTES), order);
}

/**
 * Any other text or number where the revision lies is no revision: nothing of revision 2 is believed then, unless the
 * constant that tells the byte order is there.
 */
export function findRevision(header: BinaryHeader): Found<Revision> {
  const major = header.get("major"), minor = header.get("minor");
  const place = { byte: 3501 };
  if (major === 0 && minor === 1) {
    const meaning = "taken as revision 1 stored as a 16-bit number";
    return {
      value: { major: 1, minor: 0 },
      findings: [finding("info", "the revision is written as 0.1", meaning, place)],
    };
  }
  if (major === 0 && minor === 2) return { value: { major: 2, minor: 0 }, findings: [] };
  if (major <= 2) return { value: { major, minor: major === 0 ? 0 : minor }, findings: [] };
  const said = `the revision ${major}.${minor} is unknown`;
  const isSecond = header.get("order") === BYTE_ORDER_CONSTANT;
  return {
    value: isSecond ? { major: 2, minor: 1 } : { major: 0, minor: 0 },
    findings: [finding("warning", said, `read as revision ${isSecond ? "2.1" : "0"}`, place)],
  };
}
