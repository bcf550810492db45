/** What goes wrong with files, and what the rules make of each: by hand, not by the code that reads. */
import { SAMPLE_BYTES } from "../make_segy.ts";
import type { Dice } from "./dice.ts";
import { page, recordBytesOf, type Said, type Truth } from "./synthetic_file.ts";

/** What a file says, and what is right to make of it where that is not the truth alone. */
export interface Damage {
  readonly name: string;
  readonly said: Partial<Said>;
  /** No reader can know the truth, or should guess it: refusing is right as well. */
  readonly mayRefuse?: boolean;
  readonly mustRefuse?: boolean;
  /** Codes that are right as well as the true one. */
  readonly formats?: readonly number[];
  readonly intervals?: readonly number[];
  readonly traces?: readonly number[];
  /** Nothing needs to be said of it. */
  readonly silent?: boolean;
}

export type Maker = (truth: Truth, dice: Dice) => Damage | undefined;

const blank = ({ style }: Truth) => style === "blank";
const lone = ({ traces }: Truth) => traces === 1;
/** Headers say nothing, and zeros may stand for them anywhere. */
const unknowable = (truth: Truth) => blank(truth) && ["zeros", "muted"].includes(truth.content);
const stride = (truth: Truth) => recordBytesOf(truth) + truth.samples * SAMPLE_BYTES[truth.code];
const isShort = ({ samples }: Truth) => samples <= 0xffff;

function other(dice: Dice, not: number, least: number, most: number): number {
  const value = dice.whole(least, most);
  return value === not ? value + 1 : value;
}

const staleTraceCount: Maker = (truth, dice) => {
  if (truth.lengths || blank(truth) || !isShort(truth)) return undefined;
  return {
    name: "stale count in all traces",
    said: { words: [["all", 115, 2, other(dice, truth.samples, 1, 3000)]] },
    mayRefuse: truth.major >= 2 && lone(truth) && truth.trailers > 0,
  };
};

const staleBinaryCount: Maker = (truth, dice) => {
  if (blank(truth) || !isShort(truth) || truth.lengths) return undefined;
  return {
    name: "stale count in the binary header",
    said: { binary: { 3221: [2, other(dice, truth.samples, 1, 5000)] } },
  };
};

const staleCounts: Maker = (truth, dice) => {
  if (truth.lengths || blank(truth) || lone(truth) || !isShort(truth)) return undefined;
  const count = other(dice, truth.samples, 1, 3000);
  return {
    name: "the same stale count everywhere",
    said: { binary: { 3221: [2, count] }, words: [["all", 115, 2, count]] },
    mayRefuse: true,
  };
};

const extendedCount: Maker = (truth, dice) => {
  if (truth.major < 2 || unknowable(truth) || blank(truth) || !isShort(truth)) return undefined;
  const count = other(dice, truth.samples, 1, 100_000);
  return { name: "senseless extended count", said: { binary: { 3269: [4, count] } }, mayRefuse: lone(truth) };
};

const FOUR_BYTES = [1, 2, 4, 5, 10];

const formatOfSameSize: Maker = (truth, dice) => {
  const codes = SAMPLE_BYTES[truth.code] === 4 ? FOUR_BYTES : SAME_SIZE[SAMPLE_BYTES[truth.code]] ?? [];
  const said = dice.one(codes.filter((code) => code !== truth.code));
  if (said === undefined) return undefined;
  return {
    name: `format code ${said} for ${truth.code}`,
    said: { binary: { 3225: [2, said] } },
    // Integers with and without sign differ in nothing but what is said.
    formats: truth.code === 10 ? [said, 2] : [said],
    mayRefuse: said === 4,
    silent: true,
  };
};

const SAME_SIZE: Readonly<Record<number, readonly number[]>> = {
  1: [8, 16],
  2: [3, 11],
  3: [7, 15],
  8: [6, 9, 12],
};

const formatOfOtherSize: Maker = (truth, dice) => {
  if (blank(truth) || lone(truth)) return undefined;
  const codes = Object.keys(SAMPLE_BYTES).map(Number);
  const size = SAMPLE_BYTES[truth.code];
  const said = dice.one(codes.filter((code) => SAMPLE_BYTES[code] !== size));
  return {
    name: `format code ${said} for ${truth.code}`,
    said: { binary: { 3225: [2, said] } },
    formats: codes.filter((code) => SAMPLE_BYTES[code] === size),
    mayRefuse: size === 4,
  };
};

const formatUnknown: Maker = (_, dice) => ({
  name: "unknown format code",
  said: { binary: { 3225: [2, dice.one([0, 13, 17, 99, 3000, -1])] } },
  mustRefuse: true,
});

const binaryInterval: Maker = (truth, dice) => {
  const interval = dice.one([0, 0, -1, ...[500, 1000, 2500].filter((one) => one !== truth.interval)]);
  const known = !blank(truth);
  if (interval > 0) {
    return {
      name: "other interval in the binary header",
      said: { binary: { 3217: [2, interval] } },
      intervals: [interval],
      silent: !known,
    };
  }
  return {
    name: "no interval in the binary header",
    said: { binary: { 3217: [2, interval] } },
    mayRefuse: !known,
    intervals: known ? [] : [1e6],
  };
};

const traceInterval: Maker = (truth, dice) => {
  if (blank(truth)) return undefined;
  return {
    name: "other interval in the traces",
    said: { words: [["all", 117, 2, other(dice, truth.interval, 250, 9000)]] },
  };
};

const senselessInterval: Maker = (truth, dice) => {
  if (truth.major < 2) return undefined;
  const value = dice.one(
    [0.004, 0.002, 4, 1e-9, NaN, 1e300, -1e20, 1e12].filter((one) =>
      Math.max(one / truth.interval, truth.interval / one) > 200 || !(one > 0)
    ),
  );
  if (blank(truth) && value > 1e-4 && value < 1e8) return undefined;
  return { name: `extended interval ${value}`, said: { binary: { 3273: [8, value] } } };
};

const textCount: Maker = (truth, dice) => {
  if (blank(truth)) return undefined;
  const said = dice.one(
    [0, 1, 2, 3, 5, 141, 12576, -1, -15370].filter((count) => count !== truth.texts.length),
  );
  return {
    name: `${said} extended texts for ${truth.texts.length}`,
    said: { binary: { 3505: [2, said] } },
    mayRefuse: lone(truth),
  };
};

const plain = (truth: Truth) =>
  truth.headers.length === 0 && truth.trailers === 0 && !truth.constant && isShort(truth);

const vendorText: Maker = (truth, dice) => {
  if (!plain(truth) || blank(truth)) return undefined;
  const text = dice.one(["v7.0-SEISCO", "GEOSYS 1994 LINE 12", "processed by ACME INC., HOUSTON TX 77042"]);
  return {
    name: "vendor text where the revision lies",
    said: { over: [[3501, new TextEncoder().encode(text.slice(0, dice.whole(2, text.length)))]] },
    silent: true,
  };
};

const textInExtension: Maker = (truth, dice) => {
  if (!plain(truth)) return undefined;
  const text = page("PROCESSED BY A PROGRAM THAT KNOWS NOTHING OF REVISION 2, KEPT FOR ALL THAT. ".repeat(4));
  return {
    name: "text in the extended words",
    said: { over: [[dice.whole(3261, 3275), text.subarray(0, dice.whole(30, 220))]] },
    silent: true,
  };
};

const trailerCount: Maker = (truth, dice) => {
  if (truth.major < 2 || blank(truth)) return undefined;
  const said = other(dice, truth.trailers, 1, 3) * dice.one([1, 1, 50, 20_000]);
  if (said === truth.trailers) return undefined;
  return {
    name: `${said} trailers for ${truth.trailers}`,
    said: { binary: { 3529: [4, said] } },
    mayRefuse: lone(truth),
  };
};

const traceCount: Maker = (truth, dice) => {
  if (truth.major < 2) return undefined;
  const said = other(dice, truth.traces, 1, 3 * truth.traces);
  const low = truth.order === "little" ? 3513 : 3517;
  return {
    name: `${said} traces said`,
    said: { binary: { [low]: [4, said] } },
    traces: [said],
    mayRefuse: said > truth.traces,
  };
};

const firstTracePlace: Maker = (truth, dice) => {
  if (truth.major < 2 || blank(truth)) return undefined;
  const low = truth.order === "little" ? 3521 : 3525;
  const said = dice.one([1, 3200, 3601, 4096, 100_000, 2 ** 30]);
  return {
    name: `first trace said at ${said}`,
    said: { binary: { [low]: [4, said] } },
    mayRefuse: blank(truth) || lone(truth),
  };
};

const headerCount: Maker = (truth, dice) => {
  if (truth.major < 2 || blank(truth) || lone(truth)) return undefined;
  const said = dice.one([0, 1, 2, 4, 19712].filter((count) => count !== truth.headers.length));
  return {
    name: `${said} additional headers for ${truth.headers.length}`,
    said: { binary: { 3507: [2, said] } },
    mayRefuse: truth.headers.length > 0,
  };
};

const tail: Maker = (truth, dice) => {
  if (truth.trailers > 0 || unknowable(truth)) return undefined;
  const length = dice.one([1, 2, 3, 7, 100, 240, 512, dice.whole(1, 4000)]);
  const bytes = dice.one([
    new Uint8Array(length),
    page("END OF LINE, ARCHIVED 1999. ".repeat(100)).subarray(0, Math.min(3200, length)),
    dice.bytes(length),
  ]);
  if (bytes.length % stride(truth) === 0 || (blank(truth) && bytes.length > stride(truth))) return undefined;
  return {
    name: `${bytes.length} bytes after the traces`,
    said: { tail: bytes },
    mayRefuse: blank(truth) || (lone(truth) && bytes.length > stride(truth)),
  };
};

const cut: Maker = (truth, dice) => {
  if (truth.trailers > 0) return undefined;
  const last = recordBytesOf(truth) + (truth.lengths?.at(-1) ?? truth.samples) * SAMPLE_BYTES[truth.code];
  return {
    name: "cut in the last trace",
    said: { missing: dice.whole(1, last - 1) },
    mayRefuse: true,
    traces: [truth.traces - 1],
  };
};

const firstHeader: Maker = (truth, dice) => {
  if (truth.traces < 4 || blank(truth)) return undefined;
  const words = Array.from({ length: dice.whole(1, 4) }, () => word(dice, 0));
  return { name: "words of trace 1", said: { words }, silent: true, mayRefuse: truth.lengths !== undefined };
};

const someHeaders: Maker = (truth, dice) => {
  if (truth.traces < 10 || blank(truth) || truth.lengths) return undefined;
  const few = Array.from({ length: Math.floor(truth.traces / 10) }, () => dice.whole(1, truth.traces - 1));
  const words = few.flatMap((trace) => Array.from({ length: 4 }, () => word(dice, trace)));
  return { name: "words of some traces", said: { words }, silent: true };
};

/** A 16-bit word of a trace header that is anything. */
function word(dice: Dice, trace: number): readonly [number, number, 2, number] {
  return [trace, 1 + 2 * dice.whole(0, 115), 2, dice.whole(-32768, 32767)];
}

const wrapped: Maker = (truth, dice) => {
  if (isShort(truth) || truth.major >= 2 || (lone(truth) && truth.content === "zeros")) return undefined;
  const passcal = dice.chance(0.5), clamped = dice.chance(0.5);
  const count = clamped ? 32767 : truth.samples & 0xffff;
  return {
    name: `${count} samples said${passcal ? ", the rest in bytes 229 to 232" : ""}`,
    said: {
      binary: { 3221: [2, count] },
      words: [["all", 115, 2, count], ...(passcal ? [["all", 229, 4, truth.samples] as const] : [])],
    },
    mustRefuse: !passcal,
    mayRefuse: true,
  };
};

/** Damages that hide from each other what is true: no reader can know it. */
export function hideEachOther(damages: readonly Damage[]): boolean {
  const has = (name: RegExp) => damages.some((damage) => name.test(damage.name));
  return has(/^the same stale count/) && has(/^format code|additional headers|interval/);
}

/** Groups of which one damage is taken at most, so that two do not undo each other. */
export const DAMAGES: readonly (readonly Maker[])[] = [
  [staleTraceCount, staleBinaryCount, staleCounts, extendedCount],
  [formatOfSameSize, formatOfOtherSize, formatUnknown],
  [binaryInterval, traceInterval, senselessInterval],
  [textCount, firstTracePlace],
  [vendorText, textInExtension],
  [trailerCount, traceCount, headerCount],
  [tail, cut],
  [firstHeader, someHeaders],
];

/** Counts beyond 16 bits are a damage of their own. */
export const WRAPPED: Maker = wrapped;
