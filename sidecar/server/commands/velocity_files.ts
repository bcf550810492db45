/** Velocity files that parameters name: read by the sidecar when the user opened them, so that jobs carry what they say. */
import path from "node:path";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseVelocityFile } from "../../../src/shared/processes/parse_parameters.ts";
import { readTextFile } from "../../flow/text_file.ts";
import type { Grants } from "../grants.ts";

/** The flow document with what its velocity files say in the place of their names. */
export function withVelocities(grants: Grants, document: unknown): unknown {
  if (!isRecord(document) || !Array.isArray(document.processes)) return document;
  return { ...document, processes: document.processes.map((step) => stepWithVelocities(grants, step)) };
}

/** The step with its parameters; anything else as it is. */
export function stepWithVelocities<S>(grants: Grants, step: S): S {
  if (!isRecord(step) || !isRecord(step.parameters)) return step;
  const parameters = Object.entries(step.parameters).map(([name, value]) => {
    if (!isRecord(value) || typeof value.file !== "string") return [name, value] as const;
    const file = grants.readable(value.file);
    return [name, {
      functions: parseVelocityFile(readTextFile(file, "a velocity file"), path.basename(file)),
    }] as const;
  });
  return { ...step, parameters: Object.fromEntries(parameters) };
}
