/** Stands in for the registry of processes in the runners of fault tests: `gain` is slow, and at some scales worse. */
import { REGISTRY as TRUE_REGISTRY } from "../../sidecar/processes/registry.ts";
import type { Step } from "../../sidecar/processes/process.ts";
import { FAULTS } from "./faulty_runner.ts";

type Implementation = NonNullable<ReturnType<typeof TRUE_REGISTRY.get>>;

/** The portion of a worker at which it misbehaves. */
const AT = 3;
/** Where no kernel memory is. */
const OUTSIDE = 0x7000_0000;

if (import.meta.url.endsWith("?unloadable") && "DedicatedWorkerGlobalScope" in globalThis) {
  throw new Error("this worker does not load");
}

const prepare: Implementation["prepare"] = ({ scale }, _facts, { memory, stopCheck }): Step => {
  const kernel = memory.load<{ multiply_by_table(address: number, table: number, count: number): void }>(
    "gain",
  );
  let portions = 0;
  const misbehave = () => {
    if (scale === FAULTS.throws) throw new RangeError("thrown by a test");
    if (scale === FAULTS.traps) kernel.multiply_by_table(OUTSIDE, OUTSIDE, 1000);
    while (scale === FAULTS.hangs);
  };
  return {
    kind: "in_place",
    apply() {
      // Idle, so that the tests go on meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      stopCheck();
      if (++portions === AT) misbehave();
    },
  };
};

const gain = TRUE_REGISTRY.get("gain");
export const REGISTRY: typeof TRUE_REGISTRY = new Map([
  ...TRUE_REGISTRY,
  ...(gain ? [["gain", { ...gain, prepare }] as const] : []),
]);
