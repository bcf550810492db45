import { CATALOG } from "../../src/shared/processes/catalog.ts";
import type { JobType } from "../../src/shared/job/job.ts";
import type { Work } from "../../src/shared/job/work.ts";

/** The type of a job that does this work: a flow with a stack is `stacking`, one that only sorts is `sort`. */
export function jobTypeOf(work: Work): JobType {
  if (work.kind === "header_scan") return "segy_import";
  const { processes, input, output } = work.flow;
  if (processes.some(({ process }) => CATALOG.get(process)?.tracesPerGather === "one")) return "stacking";
  if (processes.length > 0) return "processing";
  if (input.order.length > 0) return "sort";
  if (output.path.endsWith(".zarr")) return "segy_import";
  return input.path.endsWith(".zarr") ? "segy_export" : "processing";
}
