/** Job folders with a story, for tests of what is read from them. */
import path from "node:path";
import { createJobFolder, newJobId } from "../../../sidecar/jobs/folder/job_folder.ts";
import type { Workspace } from "../../../sidecar/jobs/folder/workspace.ts";
import type { JobEvent, JobHappening } from "../../../src/shared/job/events.ts";
import { moved, note, paused, pausing } from "../../../src/shared/job/happenings.ts";
import type { JobRequest } from "../../../src/shared/job/job.ts";
import { createdEvent } from "../../shared/job/job_events.ts";
import { scriptedWork } from "../scripted_jobs.ts";

/** A job that was paused. */
export const PAUSED: readonly JobHappening[] = [
  createdEvent(),
  moved({ to: "queued", manager: "m", order: 1, why: "submitted" }),
  moved({ to: "running", manager: "m", pid: 1 }),
  note("info", "über alles"),
  pausing("user"),
  paused("user"),
];

/** A job that was cancelled while it was paused. */
export const CANCELLED: readonly JobHappening[] = [
  ...PAUSED,
  moved({ to: "cancelled", level: 1, partialOutput: null }),
];

export function eventAt(happening: JobHappening, i: number): JobEvent {
  return { ...happening, at: 1000 + i };
}

export function requestOf(id: string): JobRequest {
  const { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program } =
    createdEvent();
  const asked = { name, type, priority, tags, parent, maxAttempts, timeoutSeconds, estimate, program };
  return { seisproc: 1, id, ...asked, createdAt: 1, work: scriptedWork("/out", {}) };
}

/** Returns the id of the new job. */
export function newJob(workspace: Workspace, happenings: readonly JobHappening[] = PAUSED): string {
  return path.basename(createJobFolder(workspace, requestOf(newJobId(Date.now())), happenings.map(eventAt)));
}
