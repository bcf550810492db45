/** What the attributes of a dataset's group tell: everything about the survey besides headers and samples. */
import { Buffer } from "node:buffer";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import { type ReadOptions, readOptionsOf } from "../../../src/shared/seismic/read_options.ts";
import type { LengthUnit } from "../../../src/shared/seismic/survey.ts";
import { wordsOf } from "../../../src/shared/seismic/header_kind.ts";
import type { HeaderWord } from "../../../src/shared/seismic/trace_header.ts";
import { isWordType } from "../../../src/shared/seismic/word_mapping.ts";
import type { FlowRecord, InputFingerprint, SurveyDescription } from "../../traces/survey_description.ts";
import { GROUP_NODE } from "./array_metadata.ts";

/** Version of this layout; a reader refuses a later one. */
const LAYOUT_VERSION = 2;
/** Version 1 is the same without a forced reading and headers of another kind, and is written where there is neither. */
const PLAIN_VERSION = 1;

export interface DatasetAttributes {
  readonly sampleIntervalUs: number;
  readonly startMs: number;
  readonly lengthUnit: LengthUnit;
  /** Header words by which the traces are ordered; empty: as recorded. */
  readonly sortOrder: readonly string[];
  readonly textHeaders: readonly (readonly string[])[];
  readonly binaryHeader: Uint8Array;
  /** Words that the standard table does not have at that place. */
  readonly words: readonly HeaderWord[];
  /** What the data were made from, as it was then. */
  readonly source: InputFingerprint;
  /** `source.path` as seen from the dataset's folder, so that both can move together. */
  readonly sourceFromHere: string;
  readonly history: readonly FlowRecord[];
  /** What was forced when the SEG-Y file was imported whose samples stay in place. */
  readonly read?: ReadOptions;
  /** Where trace headers are those of Seismic Unix. */
  readonly kind?: "su";
}

/** The words of a survey that are its own. */
export function ownWords({ table, kind = "segy" }: SurveyDescription): HeaderWord[] {
  return table.words.filter((word) => !wordsOf(kind).includes(word));
}

export function groupDocument(attributes: DatasetAttributes): Record<string, unknown> {
  const binaryHeader = Buffer.from(attributes.binaryHeader).toString("base64");
  const seisproc = attributes.read || attributes.kind ? LAYOUT_VERSION : PLAIN_VERSION;
  return { ...GROUP_NODE, attributes: { seisproc, ...attributes, binaryHeader } };
}

/** @throws `dataset-invalid` */
export function parseGroupDocument(document: unknown, file: string): DatasetAttributes {
  const wrong = (reason: string) => {
    const message = `Cannot open ${file}: expected a dataset that SeisProc wrote, found ${reason}: ` +
      "import its SEG-Y file again";
    return new SeisProcError("dataset-invalid", message, { file, reason });
  };
  if (!isRecord(document) || document.zarr_format !== 3) throw wrong("no Zarr version 3 group");
  const found = document.attributes;
  if (!isRecord(found) || typeof found.seisproc !== "number") throw wrong("a group of another program");
  if (found.seisproc > LAYOUT_VERSION) throw wrong(`layout version ${found.seisproc} of a newer SeisProc`);
  const { sampleIntervalUs, startMs, lengthUnit, binaryHeader, sourceFromHere } = found;
  const { sortOrder, textHeaders, words, source, history } = found;
  if (!isNumber(sampleIntervalUs) || !isNumber(startMs)) throw wrong("no sample interval or start time");
  if (!isLengthUnit(lengthUnit)) throw wrong(`length unit ${JSON.stringify(lengthUnit)}`);
  if (typeof binaryHeader !== "string") throw wrong("no binary header");
  if (!isListOf(sortOrder, isText)) throw wrong("no sort order");
  if (!isListOf(textHeaders, isTexts)) throw wrong("no text headers");
  if (!isListOf(words, isHeaderWord)) throw wrong("header words of an unknown kind");
  if (!isFingerprint(source) || !isText(sourceFromHere)) throw wrong("no source");
  if (!isListOf(history, isFlowRecord)) throw wrong("no history");
  const read = readOptionsOf(isRecord(found.read) ? found.read : {}, (_, why) => wrong(`a reading: ${why}`));
  const bytes = new Uint8Array(Buffer.from(binaryHeader, "base64"));
  return {
    sampleIntervalUs,
    startMs,
    lengthUnit,
    binaryHeader: bytes,
    sortOrder,
    textHeaders,
    words,
    source,
    sourceFromHere,
    history,
    ...(isRecord(found.read) && { read }),
    ...(found.kind === "su" && { kind: found.kind }),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf<T>(value: unknown, is: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}

function isTexts(value: unknown): value is string[] {
  return isListOf(value, isText);
}

function isLengthUnit(value: unknown): value is LengthUnit {
  return value === "m" || value === "ft" || value === "unknown";
}

function isHeaderWord(value: unknown): value is HeaderWord {
  return isRecord(value) && (value.extended === undefined || isHeaderWord(value.extended)) &&
    isText(value.name) && isNumber(value.byte) && isText(value.type) &&
    isWordType(value.type) && isText(value.title) && isTexts(value.aliases);
}

function isFingerprint(value: unknown): value is InputFingerprint {
  return isRecord(value) && isText(value.path) && isNumber(value.bytes) && isNumber(value.modifiedMs) &&
    isText(value.headerHash);
}

function isFlowRecord(value: unknown): value is FlowRecord {
  return isRecord(value) && isTexts(value.lines) && "flow" in value;
}
