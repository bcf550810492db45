/** The job manager as commands open it. */
import type { Preflight } from "../../src/shared/job/preflight.ts";
import { JobManager } from "../jobs/manager.ts";
import type { ManagerRole } from "../jobs/known/presence.ts";
import { openWorkspace } from "../jobs/folder/workspace.ts";
import { PROGRAM_VERSION } from "../version.ts";

/** The job manager of this process, on the user's workspace. */
export function openManager(role: ManagerRole): JobManager {
  return JobManager.open({
    workspace: openWorkspace(),
    role,
    launcher: { load: async () => (await import("../jobs/run/runner_launcher.ts")).launchRunner },
    preflight,
    program: PROGRAM_VERSION,
  });
}

/** What reads surveys and flows is loaded with the first job. */
export const preflight: Preflight = async (work) =>
  (await import("../flow/estimate/measured_preflight.ts")).measuredPreflight(work);
