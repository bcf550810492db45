/** Reports as files; what makes them is loaded with the first. */
import type { JobEvent } from "../../../shared/job/events.ts";
import type { Job, JobRequest } from "../../../shared/job/job.ts";
import { sidecar } from "../../state/link.ts";
import { saveText } from "./export_jobs.ts";

export async function saveJobReport(
  job: Job,
  request: JobRequest | null,
  events: readonly JobEvent[],
): Promise<void> {
  const { jobReport } = await import("../../report/job_report.ts");
  save(job.name, jobReport({ job, request, events, workspace: workspace(), now: Date.now() }));
}

export async function savePeriodReport(jobs: readonly Job[], period: string, since: number): Promise<void> {
  const { periodReport } = await import("../../report/period_report.ts");
  save("jobs", periodReport({ jobs, period, since, now: Date.now(), workspace: workspace() }));
}

function save(name: string, html: string): void {
  saveText(`${name.replaceAll(/[\\/:*?"<>|]+/g, "_")}.html`, "text/html", html);
}

function workspace(): string {
  return sidecar.value?.workspace ?? "";
}
