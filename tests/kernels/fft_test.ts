/** The transforms against plain sums. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { compileKernel } from "../../sidecar/kernels/compile_kernel.mjs";
import { BIN_BYTES, type FftPlan, planFft, planRealFft } from "../../sidecar/kernels/fft_plan.ts";
import { createSharedMemory, KernelMemory } from "../../sidecar/kernels/kernel_memory.ts";
import { binOf } from "../oracles/spectral_filter.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { growingMemory, randomNumbers, relativeError } from "../test_steps.ts";

interface FftKernel {
  fft_complex(plan: number, data: number, work: number, inverse: number, filled: number): number;
  fft_real(plan: number, data: number, work: number, samples: number): void;
  fft_real_inverse(plan: number, data: number, work: number, scale: number): void;
}

const noise = randomNumbers(5);
const folder = temporaryFolder("fft");
const modules = new Map<string, WebAssembly.Module>();

/** The transforms are a part that kernels import; here they are compiled bare. */
beforeAll(async () => {
  const source = fileURLToPath(new URL("../../sidecar/kernels/assembly/_fft.ts", import.meta.url));
  const target = path.join(folder, "fft.wasm");
  await compileKernel(source, target);
  modules.set("fft", new WebAssembly.Module(fs.readFileSync(target)));
});

function transform(minimum: number, plan: (memory: KernelMemory, minimum: number) => FftPlan) {
  const memory = new KernelMemory(createSharedMemory(1 << 20), modules, 64, "grow");
  const { address, points } = plan(memory, minimum);
  const data = memory.allocate((points + 1) * BIN_BYTES), work = memory.allocate(points * BIN_BYTES);
  const lanes = new Float32Array(memory.memory.buffer, data, (points + 1) * 8);
  for (let i = 0; i < points * 8; i++) lanes[i] = noise();
  return { memory, kernel: memory.load<FftKernel>("fft"), plan: address, points, data, work, lanes };
}

test.each([2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25, 27, 30, 45, 60, 64, 75, 120, 128, 240])(
  "the real transform of 2 x %i samples agrees with plain f64 sums, and its inverse gives the samples back",
  (minimum) => {
    const { kernel, plan, points, data, work, lanes } = transform(2 * minimum, planRealFft);
    const samples = lanes.slice(0, points * 8);
    kernel.fft_real(plan, data, work, 2 * points);
    for (const lane of [0, 3]) {
      const trace = samples.filter((_, i) => i % 4 === lane);
      const wanted = Array.from({ length: points + 1 }, (_, bin) => binOf(trace, 2 * points, bin)).flat();
      const found = lanes.filter((_, i) => i % 4 === lane);
      expect(relativeError(found, wanted)).toBeLessThan(3e-7);
    }
    kernel.fft_real_inverse(plan, data, work, 1 / points);
    const back = lanes.subarray(0, points * 8);
    expect(relativeError(back, samples)).toBeLessThan(4e-7);
  },
);

test.each([[64, 1], [64, 17], [64, 32], [64, 64], [64, 65], [120, 119], [120, 120], [120, 7], [75, 40], [
  30,
  12,
], [48, 47]])(
  "of 2 x %i samples those from %i on count as zero, whatever lies there",
  (minimum, filled) => {
    const { kernel, plan, points, data, work, lanes } = transform(2 * minimum, planRealFft);
    lanes.fill(NaN, filled * 4);
    const samples = lanes.slice(0, points * 8).map((x, i) => i < filled * 4 ? x : 0);
    kernel.fft_real(plan, data, work, filled);
    const trace = samples.filter((_, i) => i % 4 === 2);
    const wanted = Array.from({ length: points + 1 }, (_, bin) => binOf(trace, 2 * points, bin)).flat();
    expect(relativeError(lanes.filter((_, i) => i % 4 === 2), wanted)).toBeLessThan(3e-7);
  },
);

test.each([7, 24, 90, 125])("the complex transform of %i points turns one wave into one bin", (minimum) => {
  const { memory, kernel, plan, points, data, work, lanes } = transform(minimum, planFft);
  for (let j = 0; j < points * 8; j++) {
    const angle = 2 * Math.PI * 2 * Math.floor(j / 8) / points;
    lanes[j] = j % 8 < 4 ? Math.cos(angle) : Math.sin(angle);
  }
  const wave = lanes.slice(0, points * 8);
  const at = kernel.fft_complex(plan, data, work, 0, points);
  const spectrum = new Float32Array(memory.memory.buffer, at, points * 8);
  spectrum.forEach((x, j) => expect(x / points).toBeCloseTo(j >= 16 && j < 20 ? 1 : 0, 6));
  const home = kernel.fft_complex(plan, at, at === data ? work : data, 1, points);
  const back = new Float32Array(memory.memory.buffer, home, points * 8).map((x) => x / points);
  expect(relativeError(back, wave)).toBeLessThan(4e-7);
});

test("lengths are at least what was asked and waste little", () => {
  for (const minimum of [1501, 2002, 3002, 5003, 751]) {
    const { points } = planRealFft(growingMemory([]), minimum);
    expect(2 * points).toBeGreaterThanOrEqual(minimum);
    expect(2 * points).toBeLessThan(1.1 * minimum);
  }
});
