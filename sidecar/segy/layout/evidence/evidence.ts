/** How a file bears out one way to read it: trace headers at that distance make sense, and sizes divide. */
import { TEXT_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { printableShares } from "../../format/ebcdic.ts";
import type { Opening } from "../opening.ts";
import { endOfTraces, type Reading, strideOf, wholeTraces } from "../reading.ts";
import { type Agreement, agreement, compare, type Look, SANE, sanity } from "./header_agreement.ts";
import { type ProbedHeader, TraceHeaderProbe } from "./trace_header_probe.ts";

/**
 * `proved`: trace headers lie all over the file where the reading puts them. `possible`: they tell nothing, and the traces
 * fill the file. `doubtful`: nothing speaks for it but that it is said. `impossible`: other bytes lie there.
 */
export type Evidence = "proved" | "possible" | "doubtful" | "impossible";

export interface Weight {
  readonly evidence: Evidence;
  /** Whole traces, without what follows them and is none. */
  readonly traces: number;
  /** What the first header says that the reading and the binary header say as well; nothing where the second is other. */
  readonly begins: { readonly samples: boolean; readonly interval: boolean };
  /** Words of the headers looked at that are the same and not zero, less those that differ. */
  readonly points: number;
  /** Some of the headers looked at are other bytes. */
  readonly odd: boolean;
}

/** Headers that are looked at, all over the file. */
const LOOKS = 32;
/** The first ones, of which one must be a header. */
const FIRST_LOOKS = 3;
/** Traces from which on zeros behind the first ones may be holes of a file that is not filled yet. */
const FEWEST_WITH_HOLES = 1000;
/** Shares of headers: a file may have odd ones. */
const MOST = 0.75;
const FEW = 0.25;

/** What speaks for a reading. */
export function weigh(opening: Opening, reading: Reading): Weight {
  const headers = new Headers(opening, reading);
  const { whole, rest } = wholeTraces(opening.file, reading);
  const begins = headers.begins(whole);
  const all = { ...headers.evidence(whole, rest), traces: whole, begins };
  const traces = whole - headers.tail(whole);
  if (traces === whole) return all;
  const without = headers.evidence(traces, rest + 1);
  if (without.evidence === "proved") return { ...without, traces, begins };
  const isLone = traces === 1 && headers.isLone() && headers.endsInPadding();
  return isLone ? { evidence: "possible", points: 0, odd: false, traces, begins } : all;
}

type Proof = Pick<Weight, "evidence" | "points" | "odd">;

/** The trace headers of one reading. */
class Headers {
  readonly #opening: Opening;
  readonly #reading: Reading;
  readonly #probe: TraceHeaderProbe;
  readonly #first: ProbedHeader | undefined;

  constructor(opening: Opening, reading: Reading) {
    this.#opening = opening;
    this.#reading = reading;
    this.#probe = new TraceHeaderProbe(opening, reading.recordBytes);
    this.#first = this.#probe.read(reading.firstTrace);
  }

  /** Of so many whole traces, with so many bytes after them. */
  evidence(whole: number, rest: number): Proof {
    const first = this.#first;
    const without = (evidence: Evidence) => ({ evidence, points: 0, odd: false });
    if (!first) return without("impossible");
    const isSane = sanity(first) >= SANE;
    if (whole === 0) return without(isSane ? "doubtful" : "impossible");
    if (whole === 1) return without(this.#ofOne(rest));
    const looks = this.#looks(whole);
    const share = (kind: Agreement) => looks.filter((look) => look.agreement === kind).length / looks.length;
    const points = looks.reduce((sum, look) => sum + look.points, 0);
    const odd = share("other") > 0;
    if (rest === 0 && isSane && this.#endsInHoles(whole)) return { evidence: "possible", points, odd };
    if (share("other") >= MOST) return { evidence: "impossible", points, odd };
    if (share("same") >= MOST) {
      return { evidence: isSane || this.#isSane(1) ? "proved" : "doubtful", points, odd };
    }
    // Headers between others that tell nothing are no headers.
    const isMixed = share("same") > FEW && share("blank") > FEW;
    const mayBe = share("other") <= FEW && rest === 0 && !isMixed;
    return { evidence: mayBe ? "possible" : "doubtful", points, odd };
  }

  /** How many traces at the end are none: zeros altogether, or bytes that are no header. */
  tail(whole: number): number {
    const { firstTrace } = this.#reading, stride = strideOf(this.#reading);
    const most = Math.min(whole - 1, Math.ceil(MOST_TAIL / stride));
    if (!this.#first || this.#first.isBlank) return 0;
    let tail = 0;
    while (tail < most && this.#isNoTrace(firstTrace + (whole - 1 - tail) * stride, stride)) tail++;
    return tail < most || tail === whole - 1 ? tail : 0;
  }

  begins(whole: number): Weight["begins"] {
    const first = this.#first, { header } = this.#opening, { samples } = this.#reading;
    const second = whole > 1 ? this.#at(1) : undefined;
    const isOther = first && second && agreement(second, first, 1, samples) === "other";
    if (!first || isOther) return { samples: false, interval: false };
    const interval = first.get("dt");
    return {
      samples: first.samples === samples || (samples > 0xffff && first.samples === (samples & 0xffff)),
      interval: interval !== 0 && interval === header.get("hdt"),
    };
  }

  /** The first trace says the samples that it is read with. */
  isLone(): boolean {
    return this.#first !== undefined && sanity(this.#first) >= SANE &&
      this.#first.samples === this.#reading.samples;
  }

  /** Nothing but zeros follows the first trace, or text. */
  endsInPadding(): boolean {
    const { file } = this.#opening, start = this.#reading.firstTrace + strideOf(this.#reading);
    const length = endOfTraces(file, this.#reading) - start;
    if (length > MOST_TAIL) return false;
    const begun = file.read(start, Math.min(length, TEXT_HEADER_BYTES));
    if (isText(begun)) return true;
    return begun.every((byte) => byte === 0) && file.read(start, length).every((byte) => byte === 0);
  }

  /** A lone trace has no other to agree with: it must be as long as the file, and say so. */
  #ofOne(rest: number): Evidence {
    if (!this.#isSane(0)) return rest === 0 ? "doubtful" : "impossible";
    if (rest > 0) return this.isLone() && this.endsInPadding() ? "possible" : "doubtful";
    return this.isLone() ? "proved" : "possible";
  }

  #looks(whole: number): Look[] {
    const few = firstTraces(whole).map((trace) => this.#look(trace));
    if (few.every(({ agreement }) => agreement === "other")) return few;
    return tracesToLookAt(whole).map((trace) => this.#look(trace));
  }

  #look(trace: number): Look {
    const { samples } = this.#reading;
    const header = this.#at(trace);
    if (!header || !this.#first) return { agreement: "other", points: 0 };
    const look = compare(header, this.#first, trace, samples);
    const second = look.agreement === "other" && trace > 1 ? this.#at(1) : undefined;
    // The first header may be the odd one.
    return second && sanity(second) >= SANE ? compare(header, second, trace - 1, samples) : look;
  }

  /** The first headers agree, and what differs from them all over the file are zeros: a file whose rest is holes. */
  #endsInHoles(whole: number): boolean {
    const first = firstTraces(whole);
    if (whole < FEWEST_WITH_HOLES || !first.every((trace) => this.#look(trace).agreement === "same")) {
      return false;
    }
    return tracesToLookAt(whole).every((trace) =>
      this.#at(trace)?.isBlank || this.#look(trace).agreement === "same"
    );
  }

  #at(trace: number): ProbedHeader | undefined {
    return this.#probe.read(this.#reading.firstTrace + trace * strideOf(this.#reading));
  }

  #isSane(trace: number): boolean {
    const header = this.#at(trace);
    return header !== undefined && !header.isBlank && sanity(header) >= SANE;
  }

  #isNoTrace(offset: number, stride: number): boolean {
    const header = this.#probe.read(offset);
    if (!header || !this.#first) return false;
    if (header.isBlank) {
      return this.#opening.file.read(offset, Math.min(stride, MOST_TAIL)).every((byte) => byte === 0);
    }
    return sanity(header) < SANE && agreement(header, this.#first, 1, this.#reading.samples) === "other";
  }
}

function isText(bytes: Uint8Array): boolean {
  const { ascii, ebcdic } = printableShares(bytes);
  const filled = bytes.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) / bytes.length;
  return filled * Math.max(ascii, ebcdic) > 0.95;
}

/** Bytes at the end of a file that may be no traces. */
const MOST_TAIL = 1 << 20;

function firstTraces(whole: number): number[] {
  return Array.from({ length: Math.min(FIRST_LOOKS, whole - 1) }, (_, i) => i + 1);
}

/** Traces from 0: the first after the first, the last, and some between. */
function tracesToLookAt(whole: number): number[] {
  const step = Math.max(1, Math.floor(whole / LOOKS));
  const spread = Array.from({ length: Math.ceil(whole / step) }, (_, i) => i * step);
  return [...new Set([...firstTraces(whole), ...spread, whole - 1])].filter((trace) =>
    trace > 0 && trace < whole
  );
}
