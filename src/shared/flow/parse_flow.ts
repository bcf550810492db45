/** The parser of flow documents. */
import { SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { cut, shown } from "../shown.ts";
import { CATALOG } from "../processes/catalog.ts";
import { parseParameters } from "../processes/parse_parameters.ts";
import { parseExpression } from "../processes/header_expression.ts";
import { type TraceChoice, traceRange } from "../seismic/trace_choice.ts";
import { textHeaderLines } from "../seismic/text_header.ts";
import { mergedReading, type Reading, readingOf } from "../seismic/reading.ts";
import {
  ENDIANS,
  type Flow,
  type FlowInput,
  type FlowOutput,
  type FlowStep,
  OUTPUT_FORMATS,
  OUTPUT_MODES,
} from "./flow.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the command line gives in place of what the document says. */
export interface FlowOverrides extends TraceChoice {
  readonly input?: string;
  readonly output?: string;
  /** Wins over what the document says, field by field. */
  readonly read?: Reading;
}

/**
 * Parses a flow document. Every parameter is checked against its declaration, so that what comes back can run as far
 * as that can be known without the data.
 *
 * @throws SeisProcError `flow-invalid`, `process-unknown`, `parameter-invalid` naming the place in the document
 */
export function parseFlow(document: unknown, overrides: FlowOverrides = {}): Flow {
  const fields = object(document, "the document");
  onlyKnown(fields, "", ["seisproc", "name", "input", "processes", "output"]);
  if (fields.seisproc !== 1) {
    throw invalid("seisproc", `expected "seisproc": 1, found ${shown(fields.seisproc)}`);
  }
  return {
    seisproc: 1,
    name: fields.name === undefined ? "Flow" : text(fields.name, "name"),
    input: parseInput(fields.input, overrides),
    processes: parseSteps(fields.processes ?? []),
    output: parseOutput(fields.output, overrides.output),
  };
}

function parseInput(value: unknown, overrides: FlowOverrides): FlowInput {
  const fields = object(value ?? {}, "input");
  onlyKnown(fields, "input.", ["path", "order", "read", "select", "traces"]);
  const order = list(fields.order ?? [], "input.order").map((word, i) => text(word, `input.order[${i}]`));
  const read = mergedReading(parseReading(fields.read), overrides.read);
  return {
    path: overrides.input ?? text(fields.path, "input.path"),
    order,
    ...(Object.keys(read).length > 0 && { read }),
    ...parseChoice(fields, overrides),
  };
}

function parseChoice({ select, traces }: Fields, overrides: FlowOverrides): TraceChoice {
  const expression = overrides.select ?? (select === undefined ? undefined : text(select, "input.select"));
  if (expression !== undefined) parseExpression(expression);
  const range = overrides.traces ?? (traces === undefined ? undefined : traceRange(traces));
  if (traces !== undefined && range === undefined) {
    const expected = "expected the first and the last trace, counted from 1, such as [100, 200]";
    throw invalid("input.traces", `${expected}, found ${shown(traces)}`);
  }
  return {
    ...(expression !== undefined && { select: expression }),
    ...(range !== undefined && { traces: range }),
  };
}

function parseReading(value: unknown): Reading {
  return readingOf(object(value ?? {}, "input.read"), (field, why) => invalid(`input.read.${field}`, why));
}

/** Parses the processes of a flow; `parseFlow` without the rest. */
export function parseSteps(value: unknown): FlowStep[] {
  return list(value, "processes").map(parseStep);
}

function parseStep(value: unknown, index: number): FlowStep {
  const where = `processes[${index}]`;
  const fields = object(value, where);
  onlyKnown(fields, `${where}.`, ["process", "parameters"]);
  const id = text(fields.process, `${where}.process`);
  const spec = CATALOG.get(id);
  if (!spec) {
    const message = `Cannot use process ${id} (${where}): expected one of ${[...CATALOG.keys()].join(", ")}`;
    throw new SeisProcError("process-unknown", message, { process: id, where });
  }
  const parameters = object(fields.parameters ?? {}, `${where}.parameters`);
  parseParameters(spec, parameters, `${where}.parameters`);
  return { process: id, parameters };
}

function parseOutput(value: unknown, override: string | undefined): FlowOutput {
  const fields = object(value ?? {}, "output");
  onlyKnown(fields, "output.", ["path", "format", "mode", "endian", "text"]);
  return {
    path: override ?? text(fields.path, "output.path"),
    format: oneOf(fields.format ?? "ieee", OUTPUT_FORMATS, "output.format"),
    mode: oneOf(fields.mode ?? "processed", OUTPUT_MODES, "output.mode"),
    ...(fields.endian !== undefined && { endian: oneOf(fields.endian, ENDIANS, "output.endian") }),
    ...(fields.text !== undefined &&
      { text: textHeaderLines(fields.text, (why) => invalid("output.text", why)) }),
  };
}

function object(value: unknown, where: string): Fields {
  if (isRecord(value)) return value;
  throw invalid(where, `expected an object, found ${shown(value)}`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(where, `expected a list, found ${shown(value)}`);
}

function text(value: unknown, where: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalid(where, `expected a text, found ${shown(value)}`);
}

function oneOf<const C extends string>(value: unknown, choices: readonly C[], where: string): C {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalid(where, `expected one of ${choices.join(", ")}, found ${shown(value)}`);
}

function onlyKnown(fields: Fields, prefix: string, known: readonly string[]): void {
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalid(prefix + unknown, `expected only ${known.join(", ")}, found ${cut(unknown)}`);
  }
}

function invalid(where: string, what: string): SeisProcError<"flow-invalid"> {
  return new SeisProcError("flow-invalid", `Cannot read the flow at ${where}: ${what}`, { where });
}
