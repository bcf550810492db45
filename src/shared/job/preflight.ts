/** What is found out about a job before anything starts. Refusals are thrown as typed errors. */
import type { JobEstimate } from "./job.ts";
import type { Work } from "./work.ts";

export interface PreflightReport {
  readonly estimate: JobEstimate;
  readonly warnings: readonly string[];
}

export type Preflight = (work: Work) => PreflightReport | Promise<PreflightReport>;
