import { JobMonitor } from "../../monitor/job_monitor.ts";
import { parseArguments, usage } from "../arguments.ts";
import { exitOfState } from "../exit_status.ts";
import { followJob } from "../follow/follow_job.ts";
import { JOBS_VERBS, runJobsVerb } from "./jobs_commands.ts";
import { openManager } from "../open_manager.ts";
import { complain, say } from "../terminal.ts";
import { LiveLine } from "../follow/progress_line.ts";

/** `seisproc jobs list | show ID | watch ID | pause ID | resume ID | cancel ID | retry ID | remove ID  [--json]` */
export async function jobs(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("jobs", args, { json: false, "keep-partial": false });
  const { json } = options;
  const [word, id, ...more] = positionals;
  const verb = JOBS_VERBS.find((one) => one === word);
  if (verb === undefined) {
    throw usage("jobs", `expected one of ${JOBS_VERBS.join(", ")}, found ${word ?? "none"}`);
  }
  if (more.length > 0) throw usage("jobs", `expected one job, found ${positionals.slice(1).join(" ")}`);
  const manager = openManager("run");
  const monitor = new JobMonitor(manager);
  const live = new LiveLine();
  try {
    return await runJobsVerb(
      {
        manager,
        json,
        keepPartial: options["keep-partial"],
        print: (line) => say(line),
        warn: (line) => complain(line),
        live: (name, progress) => progress ? live.show(name, progress) : live.clear(),
        follow: (job) => followJob(manager, job, json),
        exitOf: exitOfState,
      },
      verb,
      id,
    );
  } finally {
    monitor.close();
    await manager.shutdown();
  }
}
