import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { Flow } from "../../src/shared/flow/flow.ts";
import { type FlowOverrides, parseFlow } from "../../src/shared/flow/parse_flow.ts";
import { parseVelocityFile } from "../../src/shared/processes/parse_parameters.ts";
import { readTextFile } from "./text_file.ts";

/**
 * Reads a flow file: paths in it count from its own folder and come back absolute, paths in `overrides` count from the
 * current folder; velocity files are read into the parameters, so that the flow stands on its own.
 */
export function loadFlow(file: string, overrides: FlowOverrides = {}): Flow {
  const folder = path.dirname(path.resolve(file));
  const document = resolveDocument(parseJson(readTextFile(file, "a flow file"), file), folder);
  return parseFlow(document, {
    ...(overrides.input === undefined ? {} : { input: path.resolve(overrides.input) }),
    ...(overrides.output === undefined ? {} : { output: path.resolve(overrides.output) }),
  });
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

/** Makes input and output paths absolute and reads `{ "file": ... }` velocities, leaving all else as it is. */
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
    ...(value.output === undefined ? {} : { output: absolute(value.output) }),
    ...(processes === undefined ? {} : { processes }),
  };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when both paths name the same file, also through links of either kind. */
export function isSameFile(one: string, other: string): boolean {
  if (path.resolve(one) === path.resolve(other)) return true;
  try {
    const [a, b] = [one, other].map((file) => fs.statSync(file, { bigint: true }));
    return a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}
