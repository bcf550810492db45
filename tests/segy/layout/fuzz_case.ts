/** One file of known truth with some damage, and what the rules make of it. */
import { SAMPLE_BYTES } from "../make_segy.ts";
import { type Damage, DAMAGES, hideEachOther, WRAPPED } from "./damages.ts";
import { Dice } from "./dice.ts";
import {
  AS_IT_IS,
  type Content,
  fileBytes,
  type HeaderStyle,
  page,
  type Said,
  type Truth,
} from "./synthetic_file.ts";

export interface Case {
  readonly truth: Truth;
  readonly damages: readonly Damage[];
  readonly bytes: Uint8Array;
}

export function makeCase(seed: number): Case {
  const dice = new Dice(seed);
  const truth = makeTruth(dice);
  const damages = makeDamages(truth, dice);
  return { truth, damages, bytes: fileBytes(truth, together(damages)) };
}

const CODES = Object.keys(SAMPLE_BYTES).map(Number);
const CONTENTS: readonly Content[] = [
  "noise",
  "noise",
  "noise",
  "velocity",
  "density",
  "impedance",
  "envelope",
  "constant",
  "muted",
  "zeros",
];
const STYLES: readonly HeaderStyle[] = ["full", "usual", "usual", "few", "blank"];

function makeTruth(dice: Dice): Truth {
  const [major, minor] = dice.one([[0, 0], [1, 0], [1, 0], [2, 0], [2, 1]]);
  const isLong = dice.chance(0.02);
  const code = isLong ? dice.one([8, 16]) : dice.one([...CODES, 1, 1, 1, 5, 5, 5, 3, 2]);
  // A count that 16 bits lose must be found somewhere.
  const style = isLong ? "usual" : dice.one(STYLES);
  const traces = isLong ? dice.whole(1, 3) : dice.one([1, 2, 3, 5, 8, 13, 24, dice.whole(1, 60)]);
  const samples = isLong
    ? dice.whole(65_600, 140_000)
    : dice.one([5, 20, 50, 75, 100, 101, 128, 250, dice.whole(1, 400)]);
  const isVariable = !isLong && traces > 3 && style !== "blank" && dice.chance(0.08);
  const order = dice.one(["big", "big", "big", "little", "swapped"] as const);
  return {
    order,
    major,
    minor,
    constant: major >= 2 && dice.chance(0.7),
    code,
    interval: dice.one([500, 1000, 2000, 4000, 13]),
    samples,
    traces,
    lengths: isVariable ? variableLengths(dice, traces, samples) : undefined,
    texts: Array.from({ length: dice.one([0, 0, 0, 1, 2, 3]) }, () => textPage(dice)),
    headers: major >= 2 ? dice.one([[], [], ["SEG00001"], ["SEG00001", "ACME0001"], ["ACME0001"]]) : [],
    trailers: major >= 2 ? dice.one([0, 0, 0, 1, 2]) : 0,
    style,
    content: isLong ? "counts" : contentOf(dice, code),
  };
}

function variableLengths(dice: Dice, traces: number, samples: number): number[] {
  return Array.from(
    { length: traces },
    (_, trace) => trace === 0 ? samples : Math.max(1, dice.whole(1, samples)),
  );
}

/** Numbers that the format can hold. */
function contentOf(dice: Dice, code: number): Content {
  if (code === 1 || code === 5 || code === 6) return dice.one(CONTENTS);
  return dice.one(["counts", "counts", "muted", "zeros"]);
}

function textPage(dice: Dice): Uint8Array {
  return dice.one([
    page("((ACME: Survey ver 1.0)) a stanza of the usual kind"),
    page("<?xml version='1.0'?><survey name='x'>" + "<p/>".repeat(300)),
    new Uint8Array(3200).fill(0x40),
    new Uint8Array(3200),
    nulPadded("((ACME: Notes ver 1.0))"),
    dice.bytes(3200),
  ]);
}

function nulPadded(text: string): Uint8Array {
  const bytes = new Uint8Array(3200);
  bytes.set(new TextEncoder().encode(text));
  return bytes;
}

function makeDamages(truth: Truth, dice: Dice): Damage[] {
  if (truth.samples > 0xffff && truth.major < 2) {
    return [WRAPPED(truth, dice)].flatMap((damage) => damage ?? []);
  }
  const count = dice.one([0, 1, 1, 1, 1, 1, 2, 2, 2]);
  const groups = Array.from({ length: count }, () => dice.whole(0, DAMAGES.length - 1));
  const damages = [...new Set(groups)].flatMap((group) => dice.one(DAMAGES[group])(truth, dice) ?? []);
  return hideEachOther(damages) ? damages.slice(0, 1) : damages;
}

function together(damages: readonly Damage[]): Said {
  const said = damages.map((damage) => damage.said);
  return {
    binary: Object.assign({}, ...said.map((one) => one.binary)),
    over: said.flatMap((one) => one.over ?? []),
    words: said.flatMap((one) => one.words ?? []),
    tail: said.find((one) => one.tail)?.tail ?? AS_IT_IS.tail,
    missing: said.find((one) => one.missing)?.missing ?? 0,
  };
}
