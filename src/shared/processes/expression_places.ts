/**
 * Where the parts of an expression stand in its text. jsep's nodes carry no places: hooks note for each token where it
 * began and ended, by node.
 */
import jsep from "jsep";

interface Place {
  readonly start: number;
  end: number;
}

const PLACES = new WeakMap<object, Place>();
const GROUPED = new WeakSet<object>();
/** Starts of the tokens that each running parse is inside of. */
const OPEN = new WeakMap<object, number[]>();

jsep.hooks.add("gobble-token", function (env) {
  const open = OPEN.get(this) ?? [];
  OPEN.set(this, open);
  open.push(this.index);
  // jsep returns numbers without the hook at the end of a token, which a token given here always gets.
  if (/[\d.]/.test(this.char)) env.node = this.gobbleNumericLiteral();
});

jsep.hooks.add("after-token", function (env) {
  const start = OPEN.get(this)?.pop() ?? 0;
  if (!env.node) return;
  // A group in brackets is the node inside: it begins with its own text and ends with the bracket.
  const known = PLACES.get(env.node);
  if (known) {
    known.end = this.index;
    GROUPED.add(env.node);
  } else PLACES.set(env.node, { start, end: this.index });
});

/** Index of the first character of a node. */
export function startOf(node: jsep.Expression): number {
  const parts = children(node);
  return PLACES.get(node)?.start ?? (parts.length === 0 ? 0 : Math.min(...parts.map(startOf)));
}

/** True for a sign with what it belongs to when they stand in brackets of their own. */
export function isGrouped(node: jsep.Expression): boolean {
  return GROUPED.has(node);
}

/** Index of a sign that follows a node. */
export function indexAfter(text: string, node: unknown, sign: string): number {
  return Math.max(text.indexOf(sign, isNode(node) ? endOf(node) : 0), 0);
}

function endOf(node: jsep.Expression): number {
  return PLACES.get(node)?.end ?? Math.max(0, ...children(node).map(endOf));
}

function children(node: jsep.Expression): jsep.Expression[] {
  return Object.values(node).flat().filter(isNode);
}

export function isNode(value: unknown): value is jsep.Expression {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
