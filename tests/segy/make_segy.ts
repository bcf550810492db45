/** Writes tiny SEG-Y files, one for every quirk of the format; independent of the code that reads and writes SEG-Y. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export type FileOrder = "big" | "little" | "swapped";

export interface SegyRecipe {
  readonly order?: FileOrder;
  readonly code?: number;
  /** What byte 3225 says, if not `code`. */
  readonly saidCode?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly constant?: boolean;
  readonly traces?: number;
  readonly samples?: number;
  /** Samples of each trace where they differ. */
  readonly samplesOf?: (trace: number) => number;
  readonly saidSamples?: number;
  readonly saidTraceSamples?: number;
  readonly extendedSamples?: number;
  readonly interval?: number;
  readonly traceInterval?: number;
  readonly extendedInterval?: number;
  readonly text?: Uint8Array;
  readonly extended?: readonly Uint8Array[];
  readonly saidExtended?: number;
  readonly fixed?: number;
  readonly moreHeaders?: number;
  readonly saidTraces?: number;
  readonly saidFirstTrace?: number;
  readonly trailers?: readonly Uint8Array[];
  readonly value?: (trace: number, sample: number) => number;
  /** Trace header words: [byte, bytes, value]; 8 bytes are a float64. */
  readonly words?: (trace: number) => readonly (readonly [number, number, number])[];
}

/** Bytes of a sample by format code. */
export const SAMPLE_BYTES: Readonly<Record<number, number>> = {
  1: 4,
  2: 4,
  3: 2,
  4: 4,
  5: 4,
  6: 8,
  7: 3,
  8: 1,
  9: 8,
  10: 4,
  11: 2,
  12: 8,
  15: 3,
  16: 1,
};

/** The default samples: integers that every format holds. */
export function testValue(trace: number, sample: number): number {
  return (trace * 7 + sample * 3) % 100;
}

export function segyBytes(recipe: SegyRecipe = {}): Uint8Array {
  const order = recipe.order ?? "big";
  const parts = [recipe.text ?? asciiText(["C 1 TEST"]), binaryHeader(recipe, order)];
  parts.push(...(recipe.extended ?? []));
  for (let trace = 0; trace < (recipe.traces ?? 5); trace++) {
    parts.push(traceHeader(recipe, order, trace), samples(recipe, order, trace));
  }
  parts.push(...(recipe.trailers ?? []));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function binaryHeader(recipe: SegyRecipe, order: FileOrder): Uint8Array {
  const header = new Uint8Array(400);
  const at = (byte: number, bytes: number, value: number) => put(header, byte - 3201, bytes, value, order);
  at(3217, 2, recipe.interval ?? 4000);
  at(3221, 2, recipe.saidSamples ?? recipe.samples ?? 20);
  at(3225, 2, recipe.saidCode ?? recipe.code ?? 5);
  at(3255, 2, 1);
  at(3269, 4, recipe.extendedSamples ?? 0);
  at(3273, 8, recipe.extendedInterval ?? 0);
  if (recipe.constant) at(3297, 4, 0x01020304);
  const major = recipe.major ?? 1, minor = recipe.minor ?? 0;
  header.set(order === "swapped" ? [minor, major] : [major, minor], 300);
  at(3503, 2, recipe.fixed ?? (recipe.samplesOf ? 0 : 1));
  at(3505, 2, recipe.saidExtended ?? recipe.extended?.length ?? 0);
  at(3507, 2, recipe.moreHeaders ?? 0);
  at(3517, 4, order === "little" ? 0 : recipe.saidTraces ?? 0);
  if (order === "little") at(3513, 4, recipe.saidTraces ?? 0);
  at(3525, 4, recipe.saidFirstTrace ?? 0);
  at(3529, 4, recipe.trailers?.length ?? 0);
  return header;
}

function samplesIn(recipe: SegyRecipe, trace: number): number {
  return recipe.samplesOf?.(trace) ?? recipe.samples ?? 20;
}

function traceHeader(recipe: SegyRecipe, order: FileOrder, trace: number): Uint8Array {
  const header = new Uint8Array(240 * (1 + (recipe.moreHeaders ?? 0)));
  const at = (byte: number, bytes: number, value: number) => put(header, byte - 1, bytes, value, order);
  at(1, 4, trace + 1);
  at(5, 4, trace + 1);
  at(9, 4, 100 + trace);
  at(29, 2, 1);
  at(115, 2, recipe.saidTraceSamples ?? samplesIn(recipe, trace));
  at(117, 2, recipe.traceInterval ?? recipe.interval ?? 4000);
  if (recipe.moreHeaders) {
    header.set([..."SEG00001"].map((character) => character.charCodeAt(0)), 472);
    at(240 + 157, 2, recipe.moreHeaders);
  }
  for (const [byte, bytes, value] of recipe.words?.(trace) ?? []) at(byte, bytes, value);
  return header;
}

function samples(recipe: SegyRecipe, order: FileOrder, trace: number): Uint8Array {
  const code = recipe.code ?? 5, count = samplesIn(recipe, trace);
  const out = new Uint8Array(count * SAMPLE_BYTES[code]);
  const value = recipe.value ?? testValue;
  for (let i = 0; i < count; i++) putSample(out, i * SAMPLE_BYTES[code], code, value(trace, i), order);
  return out;
}

function putSample(out: Uint8Array, at: number, code: number, value: number, order: FileOrder): void {
  const view = new DataView(new ArrayBuffer(8));
  const bytes = SAMPLE_BYTES[code];
  if (code === 1) view.setUint32(0, ibm(value));
  else if (code === 5) view.setFloat32(0, value);
  else if (code === 6) view.setFloat64(0, value);
  else if (code === 4) view.setUint32(0, (2 << 16) | ((value / 4) & 0xffff));
  else if (bytes === 8) view.setBigInt64(0, BigInt(Math.round(value)));
  else view.setInt32(0, value << (8 * (4 - bytes)));
  store(out, at, new Uint8Array(view.buffer, 0, bytes), order);
}

/** IBM bits of a number by the definition: 0.fraction * 16^(exponent - 64). */
function ibm(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)) / 4) + 1;
  const fraction = Math.round(Math.abs(value) / 16 ** exponent * 2 ** 24);
  return ((value < 0 ? 0x80000000 : 0) + (exponent + 64) * 2 ** 24 + fraction) >>> 0;
}

function put(out: Uint8Array, at: number, bytes: number, value: number, order: FileOrder): void {
  const view = new DataView(new ArrayBuffer(8));
  if (bytes === 8) view.setFloat64(0, value);
  else view.setInt32(0, value << (8 * (4 - bytes)));
  store(out, at, new Uint8Array(view.buffer, 0, bytes), order);
}

function store(out: Uint8Array, at: number, big: Uint8Array, order: FileOrder): void {
  const pairs = order === "swapped" && big.length % 2 === 0;
  for (let i = 0; i < big.length; i++) {
    const from = order === "little" ? big.length - 1 - i : pairs ? i ^ 1 : i;
    out[at + i] = big[from];
  }
}

export function asciiText(lines: readonly string[]): Uint8Array {
  const text = Array.from({ length: 40 }, (_, i) => (lines[i] ?? "").padEnd(80)).join("");
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

let folder: string | undefined;

/** A folder for this run's files, removed at its end. */
export function testFolder(): string {
  if (folder) return folder;
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc-segy-"));
  process.on("exit", () => fs.rmSync(made, { recursive: true, force: true }));
  return folder = made;
}

/** Writes a file and returns its path. */
export function makeSegy(name: string, recipe: SegyRecipe = {}): string {
  return putFile(name, segyBytes(recipe));
}

export function putFile(name: string, bytes: Uint8Array): string {
  const file = path.join(testFolder(), name);
  fs.writeFileSync(file, bytes);
  return file;
}
