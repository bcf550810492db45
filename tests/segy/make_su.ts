/** Writes tiny Seismic Unix files; independent of the code that reads and writes them. */
import { testValue } from "./make_segy.ts";

export interface SuRecipe {
  readonly little?: boolean;
  readonly traces?: number;
  readonly samples?: number;
  /** Samples of each trace where they differ. */
  readonly samplesOf?: (trace: number) => number;
  readonly interval?: number;
  readonly delayMs?: (trace: number) => number;
  /** Words from byte 181 on, as Seismic Unix has them. */
  readonly d1?: number;
  readonly f1?: number;
  readonly d2?: number;
  readonly f2?: number;
  readonly unscale?: number;
  readonly ntr?: number;
  readonly mark?: number;
  /** More 16-bit words: [byte, value]. */
  readonly words?: (trace: number) => readonly (readonly [number, number])[];
  readonly value?: (trace: number, sample: number) => number;
}

export function suBytes(recipe: SuRecipe = {}): Uint8Array {
  const { traces = 5 } = recipe;
  return Uint8Array.from(Array.from({ length: traces }, (_, trace) => [...suTrace(recipe, trace)]).flat());
}

function suTrace(recipe: SuRecipe, trace: number): Uint8Array {
  const { little = true, value = testValue } = recipe;
  const samples = recipe.samplesOf?.(trace) ?? recipe.samples ?? 20;
  const bytes = new Uint8Array(240 + 4 * samples);
  const view = new DataView(bytes.buffer);
  const int = (byte: number, number: number) => view.setInt32(byte - 1, number, little);
  const short = (byte: number, number: number) => view.setUint16(byte - 1, number & 0xffff, little);
  const float = (byte: number, number = 0) => view.setFloat32(byte - 1, number, little);
  int(1, trace + 1);
  int(9, 100 + trace);
  int(21, 7 + trace);
  short(29, 1);
  int(37, 25 * trace);
  short(71, -10);
  int(73, 1000 * trace);
  short(109, recipe.delayMs?.(trace) ?? 0);
  short(115, samples);
  short(117, recipe.interval ?? 4000);
  float(181, recipe.d1);
  float(185, recipe.f1);
  float(189, recipe.d2);
  float(193, recipe.f2);
  float(201, recipe.unscale);
  int(205, recipe.ntr ?? 0);
  short(209, recipe.mark ?? 0);
  for (const [byte, number] of recipe.words?.(trace) ?? []) short(byte, number);
  for (let i = 0; i < samples; i++) view.setFloat32(240 + 4 * i, value(trace, i), little);
  return bytes;
}
