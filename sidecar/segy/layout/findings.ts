import type { FindingSeverity, ScanFinding } from "../../../src/shared/seismic/scan_report.ts";

/** Collects what is odd while a layout is found. */
export class FindingList {
  readonly findings: ScanFinding[] = [];

  add(
    severity: FindingSeverity,
    what: string,
    meaning: string,
    place: { trace?: number; byte?: number } = {},
  ) {
    this.findings.push({ severity, what, meaning, ...place });
  }
}
