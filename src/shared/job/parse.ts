/** Small checks of unknown values, combined into parsers of job files and messages. */
import { isRecord } from "../is_record.ts";

export type Check = (value: unknown) => boolean;

export const isString = (value: unknown): value is string => typeof value === "string";
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

export function isArray(item: Check): Check {
  return (value) => Array.isArray(value) && value.every(item);
}

/** An object whose values all pass. */
export function isRecordOf(item: Check): Check {
  return (value) => isRecord(value) && Object.values(value).every(item);
}

export function oneOf<T>(values: readonly T[]): (value: unknown) => value is T {
  const known: ReadonlySet<unknown> = new Set(values);
  return (value): value is T => known.has(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function nullable(check: Check): Check {
  return (value) => value === null || check(value);
}

export function fields(checks: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(checks);
  return (value) => isRecord(value) && entries.every(([name, check]) => check(value[name]));
}
