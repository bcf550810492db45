/** What is odd about a file, as detection says it. */
import type { FindingSeverity, ScanFinding } from "../../../src/shared/seismic/scan_report.ts";

/** A decision, and what is to be said of it. */
export interface Found<T> {
  readonly value: T;
  readonly findings: readonly ScanFinding[];
}

/** What is odd, what is made of it, and where; traces and bytes count from 1. */
export function finding(
  severity: FindingSeverity,
  what: string,
  meaning: string,
  place: { readonly trace?: number; readonly byte?: number } = {},
): ScanFinding {
  return { severity, what, meaning, ...place };
}

/** `1 trace`, `2 traces`. */
export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
