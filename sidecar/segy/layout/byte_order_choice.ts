/** The order of bytes: as the user says, as the constant of revision 2 tells, else the one in which headers make sense. */
import { BYTE_ORDER_CONSTANT } from "../../../src/shared/seismic/binary_header.ts";
import { BYTE_ORDERS } from "../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { ByteOrder } from "../format/byte_order.ts";
import { strideOf } from "./reading.ts";
import { type Choice, chooseReading, saidReading } from "./readings/choose_reading.ts";
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

/** An opening, how it is read, and the first trace header then. */
interface Order {
  readonly opening: Opening;
  readonly choice: Choice;
  readonly first: ProbedHeader | undefined;
  readonly score: number;
}

/** The first of those in which most makes sense: as they say it, or, where nothing fits so, however they may be read. */
function likeliest(openings: readonly Opening[]): Opening {
  const said = openings.map((opening) => weighOrder(opening, saidReading(opening)));
  const fits = said.some(({ choice: { evidence } }) => evidence === "proved" || evidence === "possible");
  const orders = fits ? said : said.map(({ opening, choice }) => {
    return weighOrder(opening, chooseReading(opening).choice ?? choice);
  });
  const best = orders.reduce((one, other) => other.score > one.score ? other : one);
  return best.opening.order === "big" ? best.opening : ofSmallNumbers(orders, best);
}

function weighOrder(opening: Opening, choice: Choice): Order {
  const first = new TraceHeaderProbe(opening).read(choice.reading.firstTrace);
  return { opening, choice, first, score: score(opening, choice, first) };
}

/**
 * Little-endian and swapped files differ in 32-bit words only, which are read rightly where they are small: those of the
 * first two trace headers where the better of both finds them.
 */
function ofSmallNumbers(orders: readonly Order[], best: Order): Opening {
  const { reading } = chooseReading(best.opening).choice ?? best.choice;
  const sizes = orders.map(({ opening }) => {
    const probe = new TraceHeaderProbe(opening);
    const headers = [0, strideOf(reading)].flatMap((offset) => probe.read(reading.firstTrace + offset) ?? []);
    return opening.order === "big"
      ? Infinity
      : Math.min(...headers.filter((header) => !header.isBlank).map(numberSizes));
  });
  const least = Math.min(...sizes), own = sizes[orders.indexOf(best)];
  return least < own ? orders[sizes.indexOf(least)].opening : best.opening;
}

const WEIGHTS: Readonly<Record<Evidence, number>> = { proved: 12, possible: 6, doubtful: 2, impossible: 0 };
/** The longest interval of seismic data in microseconds. */
const LONGEST_INTERVAL = 32_000;

/** Points for all that makes sense in the binary header and in the first trace header. */
function score(opening: Opening, choice: Choice, first: ProbedHeader | undefined): number {
  const { header } = opening;
  const samples = header.get("hns"), interval = header.get("hdt");
  let sum = WEIGHTS[choice.evidence] + fewValues(opening) + (choice.cost === 0 ? 2 : 0);
  if (SAMPLE_FORMATS.has(header.get("format"))) sum += 8;
  if (samples > 0 && samples < 0x8000) sum++;
  if (isInterval(interval)) sum += 2;
  if (!first) return sum;
  if (samples !== 0 && first.samples === samples) sum += 4;
  if (interval !== 0 && first.get("dt") === interval) sum += 3;
  if (isInterval(first.get("dt"))) sum++;
  return first.isBlank ? sum : sum + 6 * sanity(first);
}

function isInterval(value: number): boolean {
  return value > 0 && value <= LONGEST_INTERVAL;
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
