/**
 * Stands in for the registry of processes in the copy of the program that `gated_program.ts` makes: `gain` with the
 * scale `GATE` waits at a gate, everything else is the program's own.
 */
import fs from "node:fs";
import type { Step } from "../../sidecar/processes/process.ts";
import { REGISTRY as TRUE_REGISTRY } from "../../sidecar/processes/registry.ts";

type Implementation = NonNullable<ReturnType<typeof TRUE_REGISTRY.get>>;

/** The scale of `gain` that waits. */
const GATE = 9004;
/** Portions that a worker lets pass before it waits. */
const BEFORE = 2;
const GATE_FILE = new URL("../../gate", import.meta.url);

const prepare: Implementation["prepare"] = (parameters, facts, tools): Step => {
  if (parameters.scale !== GATE) return gain.prepare(parameters, facts, tools);
  let portions = 0;
  return {
    kind: "in_place",
    apply() {
      if (++portions <= BEFORE) return;
      for (; gate() === "shut"; idle(20)) tools.stopCheck();
      if (gate() === "slow") idle(100);
      tools.stopCheck();
    },
  };
};

function gate(): string {
  return fs.existsSync(GATE_FILE) ? fs.readFileSync(GATE_FILE, "utf8") : "shut";
}

function idle(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const gain = TRUE_REGISTRY.get("gain") ?? fail();
export const REGISTRY: typeof TRUE_REGISTRY = new Map([...TRUE_REGISTRY, ["gain", { ...gain, prepare }]]);

function fail(): never {
  throw new Error("the program has no process gain");
}
