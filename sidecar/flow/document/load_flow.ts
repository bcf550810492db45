/** Flow files: read, with paths and velocity files resolved. */
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { Flow } from "../../../src/shared/flow/flow.ts";
import { type FlowOverrides, parseFlow } from "../../../src/shared/flow/parse_flow.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseVelocityFile } from "../../../src/shared/processes/parse_parameters.ts";
import { flowFilesOf, refuseFlowFiles } from "../output_paths.ts";
import { readTextHeaderFile } from "./text_header_file.ts";
import { readTextFile } from "./text_file.ts";

/**
 * Reads a flow file: paths in it count from its own folder and come back absolute, paths in `overrides` count from the
 * current folder; velocity files are read into the parameters, so that the flow stands on its own.
 */
export function loadFlow(file: string, overrides: FlowOverrides = {}): Flow {
  const folder = path.dirname(path.resolve(file));
  const written = parseJson(readTextFile(file, "a flow file"), file);
  const flow = parseFlow(resolveDocument(written, folder), {
    ...overrides,
    ...(overrides.input === undefined ? {} : { input: path.resolve(overrides.input) }),
    ...(overrides.output === undefined ? {} : { output: path.resolve(overrides.output) }),
  });
  const others = flowFilesOf(written).map((one) => ({ ...one, file: path.resolve(folder, one.file) }));
  refuseFlowFiles(flow.output, [{ file, what: "the flow file" }, ...others]);
  return flow;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot read flow ${path.basename(file)}: expected a JSON document, found: ${reason}`;
    throw new SeisProcError("flow-invalid", message, { where: "the document", flow: file }, cause);
  }
}

/** Makes input and output paths absolute and reads `{ "file": ... }` of velocities and of the text header. */
function resolveDocument(value: unknown, folder: string): unknown {
  if (!isRecord(value)) return value;
  const absolute = (part: unknown) =>
    isRecord(part) && typeof part.path === "string" && part.path !== ""
      ? { ...part, path: path.resolve(folder, part.path) }
      : part;
  const processes = Array.isArray(value.processes)
    ? value.processes.map((step) => resolveStep(step, folder))
    : value.processes;
  return {
    ...value,
    ...(value.input === undefined ? {} : { input: absolute(value.input) }),
    ...(value.output === undefined ? {} : { output: withText(absolute(value.output), folder) }),
    ...(processes === undefined ? {} : { processes }),
  };
}

/** The output with the lines of the file that its text names. */
function withText(output: unknown, folder: string): unknown {
  if (!isRecord(output) || !isRecord(output.text) || typeof output.text.file !== "string") return output;
  return { ...output, text: readTextHeaderFile(path.resolve(folder, output.text.file)) };
}

function resolveStep(step: unknown, folder: string): unknown {
  if (!isRecord(step) || !isRecord(step.parameters)) return step;
  const entries = Object.entries(step.parameters).map(([name, value]) => {
    if (!isRecord(value) || typeof value.file !== "string") return [name, value] as const;
    const file = path.resolve(folder, value.file);
    return [name, {
      functions: parseVelocityFile(readTextFile(file, "a velocity file"), path.basename(file)),
    }] as const;
  });
  return { ...step, parameters: Object.fromEntries(entries) };
}
