/**
 * Expressions over header words, such as `(sx + gx) / 2 / 25` or `if(offset < 0, -offset, offset)`. Parsed by jsep into a
 * tree of the few kinds of nodes that have a meaning here; nothing is ever evaluated as code.
 */
import jsep from "jsep";
import { didYouMean } from "../closest.ts";
import { SeisProcError } from "../errors.ts";

/** A parsed expression: its text, the words it reads with their columns (from 1), and its value. */
export interface HeaderExpression {
  readonly text: string;
  readonly words: readonly { readonly name: string; readonly column: number }[];
  /** Binds words to their readers; the result gives the value for a trace. */
  bind(reader: (word: string) => TraceValue): TraceValue;
}

/** A number for each trace of a block. */
export type TraceValue = (trace: number) => number;

type Binary = (a: number, b: number) => number;

const BINARY: Readonly<Record<string, Binary>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "&&": (a, b) => Number(a !== 0 && b !== 0),
  "||": (a, b) => Number(a !== 0 || b !== 0),
};

/** Functions with the least and the most arguments they take. */
const FUNCTIONS: Readonly<Record<string, readonly [(...args: number[]) => number, number, number]>> = {
  abs: [Math.abs, 1, 1],
  ceil: [Math.ceil, 1, 1],
  cos: [Math.cos, 1, 1],
  exp: [Math.exp, 1, 1],
  floor: [Math.floor, 1, 1],
  hypot: [Math.hypot, 1, 9],
  if: [(test, yes, no) => test !== 0 ? yes : no, 3, 3],
  log: [Math.log, 1, 1],
  max: [Math.max, 1, 9],
  min: [Math.min, 1, 9],
  mod: [(a, b) => a - b * Math.floor(a / b), 2, 2],
  round: [Math.round, 1, 1],
  sin: [Math.sin, 1, 1],
  sqrt: [Math.sqrt, 1, 1],
  trunc: [Math.trunc, 1, 1],
};

/** What an expression may hold, in words for the help. */
export const EXPRESSION_HELP = "header words, numbers, + - * / % **, comparisons, && || !, a ? b : c, and " +
  Object.keys(FUNCTIONS).join(" ");

/** Throws `expression-invalid` with the column of what is wrong. */
export function parseExpression(text: string): HeaderExpression {
  const words = new Map<string, number>();
  const tree = parseTree(text);
  const build = compile(tree, text, words);
  return {
    text,
    words: [...words].map(([name, column]) => ({ name, column })),
    bind: build,
  };
}

/** Turns readers of words into the value of a node. */
type Build = (reader: (word: string) => TraceValue) => TraceValue;

function parseTree(text: string): jsep.Expression {
  if (text.trim() === "") throw invalid(text, 1, "an expression", "nothing");
  try {
    return jsep(text);
  } catch (error) {
    const index = error instanceof Error && "index" in error ? Number(error.index) : 0;
    const rest = text.slice(index).trim();
    const what = rest === "" ? "the end" : JSON.stringify(rest.slice(0, 12));
    throw invalid(text, index + 1, `${EXPRESSION_HELP}`, what);
  }
}

function invalid(expression: string, column: number, expected: string, found: string): SeisProcError {
  const message =
    `Cannot read expression ${JSON.stringify(expression)} at column ${column}: expected ${expected}, ` +
    `found ${found}`;
  return new SeisProcError("expression-invalid", message, { expression, column });
}

/** jsep's nodes carry no places: the column of a name or sign is that of its first whole occurrence. */
function columnOf(text: string, token: string): number {
  const escaped = token.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = /^\w/.test(token) ? new RegExp(`(?<![\\w.])${escaped}(?!\\w)`) : new RegExp(escaped);
  return Math.max(text.search(whole), 0) + 1;
}

function compile(node: jsep.Expression, text: string, words: Map<string, number>): Build {
  const child = (value: unknown): Build => compile(asNode(value, text), text, words);
  switch (node.type) {
    case "Literal":
      return compileLiteral(node, text);
    case "Identifier":
      return compileWord(String(node.name), text, words);
    case "UnaryExpression":
      return compileUnary(String(node.operator), child(node.argument), text);
    case "BinaryExpression":
      return compileBinary(String(node.operator), child(node.left), child(node.right), text);
    case "ConditionalExpression":
      return compileChoice(child(node.test), child(node.consequent), child(node.alternate));
    case "CallExpression":
      return compileCall(node, child, text);
    default:
      throw unsupported(node, text);
  }
}

function compileLiteral(node: jsep.Expression, text: string): Build {
  const { value } = node;
  if (typeof value !== "number" && typeof value !== "boolean") {
    throw invalid(text, columnOf(text, String(node.raw)), "a number", String(node.raw));
  }
  const number = Number(value);
  return () => () => number;
}

function compileWord(name: string, text: string, words: Map<string, number>): Build {
  if (!words.has(name)) words.set(name, columnOf(text, name));
  return (reader) => reader(name);
}

function compileUnary(operator: string, argument: Build, text: string): Build {
  const signs: Record<string, (a: number) => number> = {
    "-": (a) => -a,
    "+": (a) => a,
    "!": (a) => Number(a === 0),
  };
  const apply = signs[operator];
  if (!apply) throw invalid(text, columnOf(text, operator), "one of - + !", operator);
  return (reader) => {
    const value = argument(reader);
    return (trace) => apply(value(trace));
  };
}

function compileBinary(operator: string, left: Build, right: Build, text: string): Build {
  const apply = Object.hasOwn(BINARY, operator) ? BINARY[operator] : undefined;
  if (!apply) {
    throw invalid(text, columnOf(text, operator), `one of ${Object.keys(BINARY).join(" ")}`, operator);
  }
  return (reader) => {
    const a = left(reader), b = right(reader);
    return (trace) => apply(a(trace), b(trace));
  };
}

function compileChoice(test: Build, yes: Build, no: Build): Build {
  return (reader) => {
    const condition = test(reader), one = yes(reader), other = no(reader);
    return (trace) => condition(trace) !== 0 ? one(trace) : other(trace);
  };
}

function compileCall(node: jsep.Expression, child: (value: unknown) => Build, text: string): Build {
  const callee = asNode(node.callee, text);
  const name = callee.type === "Identifier" ? String(callee.name) : "";
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known) {
    const names = Object.keys(FUNCTIONS);
    const hint = `${name || "a call of something else"}${didYouMean(name, names)}`;
    throw invalid(text, columnOf(text, name || "("), `one of ${names.join(" ")}`, hint);
  }
  const [apply, least, most] = known;
  const given = Array.isArray(node.arguments) ? node.arguments : [];
  if (given.length < least || given.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    throw invalid(text, columnOf(text, name), `${count} arguments of ${name}`, `${given.length}`);
  }
  const builds = given.map(child);
  return (reader) => {
    const values = builds.map((build) => build(reader));
    return (trace) => apply(...values.map((value) => value(trace)));
  };
}

function asNode(value: unknown, text: string): jsep.Expression {
  if (typeof value === "object" && value !== null && "type" in value && typeof value.type === "string") {
    return { ...value, type: value.type };
  }
  throw invalid(text, 1, "a complete expression", "a gap");
}

/** A node that means nothing here: two expressions side by side, a member, a list, `this`. */
function unsupported(node: jsep.Expression, text: string): SeisProcError {
  if (node.type === "Compound" && Array.isArray(node.body)) {
    const second = asNode(node.body[1] ?? node, text);
    const token = String(second.name ?? second.raw ?? "");
    const column = token === "" ? 1 : columnOf(text, token);
    return invalid(text, column, "one expression", token === "" ? "several" : token);
  }
  const sign = {
    MemberExpression: ".",
    ArrayExpression: "[",
    ThisExpression: "this",
    SequenceExpression: ",",
  }[node.type];
  const bracket = node.type === "MemberExpression" && node.computed ? "[" : sign ?? "";
  return invalid(text, columnOf(text, bracket), EXPRESSION_HELP, bracket || node.type);
}
