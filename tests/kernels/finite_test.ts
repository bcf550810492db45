/** The kernel that counts what is not finite. */
import { expect, test } from "vitest";
import type { FiniteKernel } from "../../sidecar/dataset/zarr/finite_kernel.ts";
import { countNonFinite } from "../oracles/records/finite.ts";
import { growingMemory, randomNumbers } from "../test_steps.ts";

test("copies bits unchanged and counts NaN and infinity as plain TypeScript does, at every length", () => {
  const random = randomNumbers(11);
  const odd = [NaN, Infinity, -Infinity, 0, -0, 1e-45, 3.4e38];
  for (let count = 0; count <= 70; count++) {
    const values = Float32Array.from({ length: count }, (_, i) => random() > 0.5 ? odd[i % 7] : random());
    const memory = growingMemory(["finite"]);
    const source = memory.float32(values);
    const target = memory.allocate(count * 4);
    const kernel = memory.load<FiniteKernel>("finite");
    expect(kernel.copy_count_non_finite(source, target, count)).toBe(countNonFinite(values));
    expect(new Float32Array(memory.memory.buffer, target, count)).toEqual(new Float32Array(values));
  }
});
