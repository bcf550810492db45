/** Header words of many traces: the request, and the binary form of the answer. */
import { SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { isArray, isNumber, isString } from "../job/parse.ts";
import type { SurveyChoice } from "./commands.ts";
import { parseLine } from "./json_lines.ts";
import { surveyChoice } from "./parse_commands.ts";
import { list, maybe, shape, text, truth, whole } from "./parse_fields.ts";

export interface ColumnsRequest extends SurveyChoice {
  readonly words: readonly string[];
  /** Traces [firstTrace, firstTrace + traces), from 0; all unless told. */
  readonly firstTrace?: number;
  readonly traces?: number;
  /** At most so many traces are told, 4096 unless said; among them those with the least and the largest values. */
  readonly points?: number;
  /** As stored, without scalars. */
  readonly stored?: boolean;
}

export interface ColumnsHeader {
  readonly words: readonly string[];
  /** Values in each column. */
  readonly points: number;
  /** Traces that were looked at. */
  readonly traces: number;
}

/** Numbers of traces from 0, and the values of each word for these traces. */
export interface Columns {
  readonly header: ColumnsHeader;
  readonly traces: Float64Array;
  readonly words: readonly Float64Array[];
}

const MOST = 2 ** 40;
export const DEFAULT_POINTS = 4096;

/** @throws SeisProcError `protocol` */
export function parseColumnsRequest(value: unknown): ColumnsRequest {
  return shape<ColumnsRequest>({
    ...surveyChoice,
    words: list(text(64), 16),
    firstTrace: maybe(whole(0, MOST)),
    traces: maybe(whole(1, MOST)),
    points: maybe(whole(1, 1 << 20)),
    stored: maybe(truth),
  })(value, "");
}

/** `SPH1`. */
const MAGIC = 0x31485053;

/** Bytes 0-3 `SPH1`, 4-7 length of the header (uint32 little-endian), the header, then float64 little-endian. */
export function encodeColumns({ header, traces, words }: Columns): Uint8Array<ArrayBuffer> {
  const plain = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil((plain.length + 8) / 8) * 8 - 8;
  const bytes = new Uint8Array(8 + padded + 8 * header.points * (1 + words.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, padded, true);
  bytes.fill(32, 8, 8 + padded);
  bytes.set(plain, 8);
  const floats = new Float64Array(bytes.buffer, 8 + padded);
  [traces, ...words].forEach((column, i) => floats.set(column, i * header.points));
  return bytes;
}

/**
 * Views into the bytes of an answer.
 * @throws SeisProcError `protocol`
 */
export function decodeColumns(buffer: ArrayBuffer): Columns {
  const view = new DataView(buffer);
  const length = buffer.byteLength >= 8 && view.getUint32(0, true) === MAGIC ? view.getUint32(4, true) : -1;
  if (length < 0 || 8 + length > buffer.byteLength) {
    throw notColumns("it does not begin with SPH1 and a header");
  }
  const header = parseLine(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  if (!isColumnsHeader(header)) throw notColumns("its header is not one of columns");
  const { points, words } = header, there = (buffer.byteLength - 8 - length) / 8;
  if (points * (1 + words.length) > there) throw notColumns(`${there} numbers are there, too few`);
  const column = (i: number) => new Float64Array(buffer, 8 + length + 8 * points * i, points);
  return { header, traces: column(0), words: words.map((_, i) => column(1 + i)) };
}

function isColumnsHeader(value: unknown): value is ColumnsHeader {
  return isRecord(value) && isArray(isString)(value.words) && isNumber(value.points) &&
    isNumber(value.traces);
}

function notColumns(reason: string): SeisProcError<"protocol"> {
  const message = `Cannot read the header words: expected columns, found that ${reason}`;
  return new SeisProcError("protocol", message, { reason });
}
