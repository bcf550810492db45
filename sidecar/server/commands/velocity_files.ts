/** Files that flows name, of velocities and text headers: read by the sidecar when the user opened them, so that jobs carry what they say. */
import path from "node:path";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseVelocityFile } from "../../../src/shared/processes/parse_parameters.ts";
import { readTextHeaderFile } from "../../flow/document/text_header_file.ts";
import { readTextFile } from "../../flow/document/text_file.ts";
import type { Grants } from "../grants.ts";

/** The flow document with what its velocity files say in the place of their names. */
export function withVelocities(grants: Grants, document: unknown): unknown {
  if (!isRecord(document) || !Array.isArray(document.processes)) return document;
  return { ...document, processes: document.processes.map((step) => stepWithVelocities(grants, step)) };
}

/** The flow document with the lines of the file that the text of its output names. */
export function withText(grants: Grants, document: unknown): unknown {
  if (!isRecord(document) || !isRecord(document.output) || !isRecord(document.output.text)) return document;
  const { output } = document, { file } = document.output.text;
  if (typeof file !== "string") return document;
  return { ...document, output: { ...output, text: readTextHeaderFile(grants.readable(file)) } };
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
