/** Lays out what the transforms of `assembly/_fft.ts` need: radices and factors. */
import type { KernelMemory } from "./kernel_memory.ts";

export interface FftPlan {
  /** Address for the kernels. */
  readonly address: number;
  /** Complex points; a real transform has twice as many samples and points + 1 bins. */
  readonly points: number;
}

/** Bytes of one bin or complex point of four traces. */
export const BIN_BYTES = 32;

/** Rough cost of a stage per point, from measured runs. */
const STAGE_COST: Readonly<Record<number, number>> = { 2: 0.7, 3: 0.9, 4: 1, 5: 1.6 };

const FIFTH = 2 * Math.PI / 5;

/** One half, sin 60, then cos 72, cos 144, sin 72, sin 144: in the order in which the kernel reads them. */
const CONSTANTS = [
  0.5,
  Math.sqrt(0.75),
  Math.cos(FIFTH),
  Math.cos(2 * FIFTH),
  Math.sin(FIFTH),
  Math.sin(2 * FIFTH),
];

/** A plan for complex transforms of at least `minPoints`. */
export function planFft(memory: KernelMemory, minPoints: number): FftPlan {
  const points = cheapestPoints(minPoints);
  const radices = radicesOf(points);
  const header = [points, radices.length, realFactors(memory, points), memory.float32(CONSTANTS)];
  let length = points;
  for (const radix of radices) {
    header.push(radix, stageFactors(memory, length, radix));
    length /= radix;
  }
  const address = memory.allocate(header.length * 4);
  new Int32Array(memory.memory.buffer, address, header.length).set(header);
  return { address, points };
}

/** A plan for real transforms of at least `minSamples`. */
export function planRealFft(memory: KernelMemory, minSamples: number): FftPlan {
  return planFft(memory, Math.ceil(minSamples / 2));
}

/** The length from `minimum` on whose transform is cheapest. */
function cheapestPoints(minimum: number): number {
  let best = 0, bestCost = Infinity;
  for (let points = Math.max(2, minimum); points <= 2 * Math.max(2, minimum); points++) {
    if (!isSmooth(points)) continue;
    const cost = points * radicesOf(points).reduce((sum, radix) => sum + STAGE_COST[radix], 0.5);
    if (cost < bestCost) best = points, bestCost = cost;
  }
  return best;
}

function isSmooth(points: number): boolean {
  let rest = points;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return rest === 1;
}

function radicesOf(points: number): number[] {
  const radices: number[] = [];
  let rest = points;
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return radices;
}

/** exp(-2 pi i p j / length) for p below length / radix and j = 1 .. radix - 1. */
function stageFactors(memory: KernelMemory, length: number, radix: number): number {
  const factors: number[] = [];
  for (let p = 0; p < length / radix; p++) {
    for (let j = 1; j < radix; j++) factors.push(...unitCircle(p * j, length));
  }
  return memory.float32(factors);
}

/** exp(-2 pi i k / 2 points) for k up to points / 2. */
function realFactors(memory: KernelMemory, points: number): number {
  const factors: number[] = [];
  for (let k = 0; k <= points / 2; k++) factors.push(...unitCircle(k, 2 * points));
  return memory.float32(factors);
}

function unitCircle(turn: number, turns: number): [number, number] {
  const angle = 2 * Math.PI * turn / turns;
  return [Math.cos(angle), -Math.sin(angle)];
}
