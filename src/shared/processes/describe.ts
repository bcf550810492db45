/** What the help of the command line and `processes --json` say about processes, from their declarations. */
import type { Parameter, Parameters } from "./parameter.ts";
import { expectation } from "./parse_parameters.ts";
import type { ProcessSpec } from "./process.ts";

/** A parameter as one object of `processes --json`. */
export interface ParameterDescription {
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly title: string;
  readonly doc: string;
  readonly required: boolean;
  readonly unit?: string;
  readonly default?: number | string | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly integer?: boolean;
  readonly rising?: boolean;
  readonly choices?: readonly string[];
  /** What it takes, in words. */
  readonly expects: string;
}

export interface ProcessDescription {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  readonly formula: string;
  readonly source: string;
  readonly scope: "trace" | "gather";
  readonly parameters: readonly ParameterDescription[];
}

type AnySpec = Pick<ProcessSpec<Parameters>, "id" | "title" | "doc" | "formula" | "source" | "scope"> & {
  readonly parameters: Parameters;
};

export function describeProcess(spec: AnySpec): ProcessDescription {
  const { id, title, doc, formula, source, scope } = spec;
  const parameters = Object.entries(spec.parameters).map(([name, one]) => describeParameter(name, one));
  return { id, title, doc, formula, source, scope, parameters };
}

export function describeParameter(name: string, parameter: Parameter): ParameterDescription {
  const { kind, title, doc } = parameter;
  const expects = expectation(parameter);
  const common = { name, kind, title, doc, required: isRequired(parameter), expects };
  switch (parameter.kind) {
    case "number": {
      const { unit, min, max, above, integer } = parameter;
      return { ...common, unit, integer, ...defined({ default: parameter.default, min, max, above }) };
    }
    case "numbers": {
      const { unit, rising, min } = parameter;
      return { ...common, unit, rising, ...defined({ min }) };
    }
    case "choice":
      return { ...common, choices: parameter.choices, default: parameter.default };
    case "boolean":
      return { ...common, default: parameter.default };
    case "text":
    case "header_word":
      return { ...common, ...defined({ default: parameter.default }) };
    case "velocity":
    case "structured":
      return common;
  }
}

export function isRequired(parameter: Parameter): boolean {
  if ("default" in parameter && parameter.default !== undefined) return false;
  return !("optional" in parameter && parameter.optional);
}

/** The help text of a process: title, what it does, the formula, and each parameter with what it takes. */
export function processHelp(spec: AnySpec): string {
  const parameters = Object.entries(spec.parameters).map(([name, one]) => parameterHelp(name, one));
  return [
    `${spec.id}: ${spec.title}`,
    "",
    spec.doc,
    "",
    `  ${spec.formula}`,
    `  Source: ${spec.source}`,
    "",
    parameters.length > 0 ? "Parameters" : "No parameters",
    ...parameters,
  ].join("\n");
}

/** Two lines of help: name, what it takes and the default; then what it means. */
export function parameterHelp(name: string, parameter: Parameter): string {
  const given = "default" in parameter ? parameter.default : undefined;
  const otherwise = given === undefined
    ? (isRequired(parameter) ? "required" : "optional")
    : `default ${given}`;
  return `  ${name}: ${expectation(parameter)}; ${otherwise}\n      ${parameter.doc}`;
}

function defined<T extends Record<string, unknown>>(fields: T): Partial<T> {
  const kept: Partial<T> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}
