/** The kernel that makes noise outputs. */
import { expect, test } from "vitest";
import { subtractLive } from "../oracles/records/noise.ts";
import { growingMemory, randomNumbers } from "../test_steps.ts";

interface NoiseKernel {
  subtract_live(input: number, processed: number, count: number, first: number, end: number): void;
}

test("noise is input minus processed in the live samples and zero outside, for every live range", () => {
  const random = randomNumbers(3), count = 13;
  const memory = growingMemory(["noise"]);
  const kernel = memory.load<NoiseKernel>("noise");
  const input = Float32Array.from({ length: count }, random);
  const processed = Float32Array.from({ length: count }, random);
  const at = memory.float32(input), beside = memory.float32(processed);
  const noise = new Float32Array(memory.memory.buffer, at, count);
  for (let first = 0; first <= count; first++) {
    for (let end = first; end <= count; end++) {
      noise.set(input);
      kernel.subtract_live(at, beside, count, first, end);
      expect(noise).toEqual(Float32Array.from(subtractLive(input, processed, first, end)));
    }
  }
});
