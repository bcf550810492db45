/** The order of bytes: as the user says, as the constant of revision 2 tells, else the one in which headers make sense. */
import { BYTE_ORDER_CONSTANT } from "../../../src/shared/seismic/binary_header.ts";
import { BYTE_ORDERS } from "../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { ByteOrder } from "../format/byte_order.ts";
import { saidReading } from "./readings/choose_reading.ts";
import type { Evidence } from "./evidence/evidence.ts";
import { sanity } from "./evidence/header_agreement.ts";
import { type ProbedHeader, TraceHeaderProbe } from "./evidence/trace_header_probe.ts";
import { finding, type Found } from "./findings.ts";
import { type Asked, openIn, type Opening } from "./opening.ts";

export function findByteOrder(asked: Asked): Found<ByteOrder> {
  if (asked.read.endian) return { value: asked.read.endian, findings: [] };
  const openings = BYTE_ORDERS.map((order) => openIn(order, asked));
  const said = openings.find(({ header }) => header.get("order") === BYTE_ORDER_CONSTANT);
  if (said) return { value: said.order, findings: [] };
  const { order } = likeliest(asked.kind === "su" ? openings.filter(isStraight) : openings);
  // Seismic Unix never says it, and has none that is usual.
  return { value: order, findings: order === "big" || asked.kind === "su" ? [] : [byLooking(order)] };
}

/** Seismic Unix writes in one of the two orders that machines have. */
function isStraight({ order }: Opening): boolean {
  return order !== "swapped";
}

function byLooking(order: ByteOrder) {
  const what = `the byte order is not said, it looks like ${order}-endian`;
  return finding("warning", what, `read as ${order}-endian`, { byte: 3297 });
}

/** The first of those in which most makes sense. */
function likeliest(openings: readonly Opening[]): Opening {
  const headers = openings.map(firstHeader);
  const scores = openings.map((opening, i) => score(opening, headers[i]));
  // Little-endian and swapped files differ in 32-bit words only: read rightly these are small.
  const sizes = headers.map((header) => header ? numberSizes(header) : 0);
  scores[sizes.indexOf(Math.min(...sizes))]++;
  return openings[scores.indexOf(Math.max(...scores))];
}

function firstHeader(opening: Opening): ProbedHeader | undefined {
  return new TraceHeaderProbe(opening).read(saidReading(opening).reading.firstTrace);
}

const WEIGHTS: Readonly<Record<Evidence, number>> = { proved: 12, possible: 6, doubtful: 2, impossible: 0 };
/** The longest interval of seismic data in microseconds. */
const LONGEST_INTERVAL = 32_000;

function score(opening: Opening, first: ProbedHeader | undefined): number {
  const { header } = opening;
  const samples = header.get("hns"), interval = header.get("hdt");
  let sum = WEIGHTS[saidReading(opening).evidence];
  if (SAMPLE_FORMATS.has(header.get("format"))) sum += 8;
  if (samples > 0 && samples < 0x8000) sum++;
  if (interval > 0 && interval <= LONGEST_INTERVAL) sum += 2;
  sum += fewValues(opening);
  if (!first) return sum;
  if (samples !== 0 && first.samples === samples) sum += 4;
  if (interval !== 0 && first.get("dt") === interval) sum += 3;
  const ownInterval = first.get("dt");
  if (ownInterval > 0 && ownInterval <= LONGEST_INTERVAL) sum++;
  return first.isBlank ? sum : sum + 6 * sanity(first);
}

/** Codes of the binary header that have few values: a point for each that has one, none where it is zero. */
function fewValues({ header }: Opening): number {
  const ranges = [["tsort", 9], ["mfeet", 2], ["trflag", 1], ["fold", 10_000]] as const;
  return ranges.filter(([name, most]) => header.get(name) > 0 && header.get(name) <= most).length;
}

/** Sum of the binary logarithms of the numbers that count or name traces. */
function numberSizes(header: ProbedHeader): number {
  const words = ["tracl", "tracr", "fldr", "tracf", "ep", "cdp", "cdpt", "offset", "iline", "xline"];
  return words.reduce((sum, word) => sum + Math.log2(1 + Math.abs(header.get(word))), 0);
}
