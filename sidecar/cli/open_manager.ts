import { preflight } from "../flow/preflight.ts";
import { JobManager } from "../jobs/manager.ts";
import type { ManagerRole } from "../jobs/presence.ts";
import { launchRunner } from "../jobs/runner_launcher.ts";
import { openWorkspace } from "../jobs/workspace.ts";
import { PROGRAM_VERSION } from "../version.ts";

/** The job manager of this process, on the user's workspace. */
export function openManager(role: ManagerRole): JobManager {
  return JobManager.open({
    workspace: openWorkspace(),
    role,
    launcher: launchRunner,
    preflight,
    program: PROGRAM_VERSION,
  });
}
