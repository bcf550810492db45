/**
 * Expressions over header words, such as `(sx + gx) / 2 / 25` or `if(offset < 0, -offset, offset)`. Parsed by jsep into a
 * tree of the few kinds of nodes that have a meaning here; nothing is ever evaluated as code.
 */
import jsep from "jsep";
import { didYouMean } from "../closest.ts";
import { SeisProcError } from "../errors.ts";
import { indexAfter, isGrouped, isNode, startOf } from "./expression_places.ts";

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

/** What binds how, in words for the help. */
export const PRECEDENCE_HELP =
  "Precedence is that of mathematics: powers first and from the right (2 ** 3 ** 2 is 2 ** 9, -2 ** 2 is -4), then " +
  "signs and !, then * / %, + -, comparisons, &&, ||, and last a ? b : c";

/** An expression and the text that the user wrote around it; messages count columns in that. */
interface Written {
  readonly text: string;
  readonly around: string;
  /** Index of `text` in `around`. */
  readonly at: number;
}

/** Throws `expression-invalid` with the column of what is wrong, in `around` when the expression is a part of it. */
export function parseExpression(text: string, around = text, at = 0): HeaderExpression {
  const words = new Map<string, number>();
  const written = { text, around, at };
  const build = compile(parseTree(written), written, words);
  return {
    text,
    words: [...words].map(([name, column]) => ({ name, column })),
    bind: build,
  };
}

/** Turns readers of words into the value of a node. */
type Build = (reader: (word: string) => TraceValue) => TraceValue;

function parseTree(written: Written): jsep.Expression {
  const { text } = written;
  if (text.trim() === "") throw invalid(written, 0, "an expression", "nothing");
  try {
    return jsep(text);
  } catch (error) {
    const index = error instanceof Error && "index" in error ? Number(error.index) : 0;
    const rest = text.slice(index).trim();
    const what = rest === "" ? "the end" : JSON.stringify(rest.slice(0, 12));
    throw invalid(written, index, `${EXPRESSION_HELP}`, what);
  }
}

function invalid(written: Written, index: number, expected: string, found: string): SeisProcError {
  const expression = written.around, column = written.at + index + 1;
  const message =
    `Cannot read expression ${JSON.stringify(expression)} at column ${column}: expected ${expected}, ` +
    `found ${found}`;
  return new SeisProcError("expression-invalid", message, { expression, column });
}

function compile(node: jsep.Expression, written: Written, words: Map<string, number>): Build {
  const child = (value: unknown): Build => compile(asNode(value, written), written, words);
  switch (node.type) {
    case "Literal":
      return compileLiteral(node, written);
    case "Identifier":
      return compileWord(node, written, words);
    case "UnaryExpression":
      return compileUnary(node, child(node.argument), written);
    case "BinaryExpression":
      return compilePower(node, child, written) ??
        compileBinary(node, child(node.left), child(node.right), written);
    case "ConditionalExpression":
      return compileChoice(child(node.test), child(node.consequent), child(node.alternate));
    case "CallExpression":
      return compileCall(node, child, written);
    default:
      throw unsupported(node, written);
  }
}

function compileLiteral(node: jsep.Expression, written: Written): Build {
  const { value } = node;
  if (typeof value !== "number" && typeof value !== "boolean") {
    throw invalid(written, startOf(node), "a number", String(node.raw));
  }
  const number = Number(value);
  return () => () => number;
}

function compileWord(node: jsep.Expression, written: Written, words: Map<string, number>): Build {
  const name = String(node.name);
  if (!words.has(name)) words.set(name, written.at + startOf(node) + 1);
  return (reader) => reader(name);
}

function compileUnary(node: jsep.Expression, argument: Build, written: Written): Build {
  const operator = String(node.operator);
  const signs: Record<string, (a: number) => number> = {
    "-": (a) => -a,
    "+": (a) => a,
    "!": (a) => Number(a === 0),
  };
  const apply = signs[operator];
  if (!apply) throw invalid(written, startOf(node), "one of - + !", operator);
  return (reader) => {
    const value = argument(reader);
    return (trace) => apply(value(trace));
  };
}

/** A sign before a power belongs to the power: -2 ** 2 is -(2 ** 2); jsep binds it to the base. */
function compilePower(
  node: jsep.Expression,
  child: (value: unknown) => Build,
  written: Written,
): Build | undefined {
  const { left } = node;
  if (node.operator !== "**" || !isNode(left) || left.type !== "UnaryExpression" || isGrouped(left)) {
    return undefined;
  }
  return compileUnary(left, child({ ...node, left: left.argument }), written);
}

function compileBinary(node: jsep.Expression, left: Build, right: Build, written: Written): Build {
  const operator = String(node.operator);
  const apply = Object.hasOwn(BINARY, operator) ? BINARY[operator] : undefined;
  if (!apply) {
    const index = indexAfter(written.text, node.left, operator);
    throw invalid(written, index, `one of ${Object.keys(BINARY).join(" ")}`, operator);
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

function compileCall(node: jsep.Expression, child: (value: unknown) => Build, written: Written): Build {
  const callee = asNode(node.callee, written);
  const name = callee.type === "Identifier" ? String(callee.name) : "";
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known) {
    const names = Object.keys(FUNCTIONS);
    const hint = `${name || "a call of something else"}${didYouMean(name, names)}`;
    const index = name === "" ? indexAfter(written.text, callee, "(") : startOf(node);
    throw invalid(written, index, `one of ${names.join(" ")}`, hint);
  }
  const [apply, least, most] = known;
  const given = Array.isArray(node.arguments) ? node.arguments : [];
  if (given.length < least || given.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    throw invalid(written, startOf(node), `${count} arguments of ${name}`, `${given.length}`);
  }
  const builds = given.map(child);
  return (reader) => {
    const values = builds.map((build) => build(reader));
    return (trace) => apply(...values.map((value) => value(trace)));
  };
}

function asNode(value: unknown, written: Written): jsep.Expression {
  if (isNode(value)) return value;
  throw invalid(written, 0, "a complete expression", "a gap");
}

/** A node that means nothing here: two expressions side by side, a member, a list, `this`. */
function unsupported(node: jsep.Expression, written: Written): SeisProcError {
  const several = node.type === "SequenceExpression" ? node.expressions : node.body;
  if (Array.isArray(several)) {
    const second = asNode(several[1] ?? node, written);
    const token = String(second.name ?? second.raw ?? "");
    return invalid(written, startOf(second), "one expression", token === "" ? "several" : token);
  }
  const sign = { MemberExpression: ".", ArrayExpression: "[", ThisExpression: "this" }[node.type];
  const bracket = node.type === "MemberExpression" && node.computed ? "[" : sign ?? "";
  const index = isNode(node.object) ? indexAfter(written.text, node.object, bracket) : startOf(node);
  return invalid(written, index, EXPRESSION_HELP, bracket || node.type);
}
