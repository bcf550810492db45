/** `seisproc jobs list | show ID | watch [ID] | pause ID | resume ID | cancel ID | retry ID | remove ID  [--json]` */
import { JobMonitor } from "../../monitor/job_monitor.ts";
import { cut } from "../../../src/shared/shown.ts";
import { parseArguments, usage } from "../arguments.ts";
import { exitOfState } from "../exit_status.ts";
import { JOBS_VERBS, runJobsVerb } from "./jobs_commands.ts";
import { openManager } from "../open_manager.ts";
import { complain, say, sayAll } from "../terminal.ts";
import { LiveLines } from "../follow/live_lines.ts";
import { whenToldToEnd } from "../follow/told_to_end.ts";

export async function jobs(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("jobs", args, { json: false, "keep-partial": false });
  const { json } = options;
  const [word, id, ...more] = positionals;
  const verb = JOBS_VERBS.find((one) => one === word);
  if (verb === undefined) {
    throw usage("jobs", `expected one of ${JOBS_VERBS.join(", ")}, found ${cut(word ?? "none")}`);
  }
  if (more.length > 0) throw usage("jobs", `expected one job, found ${cut(positionals.slice(1).join(" "))}`);
  const manager = openManager("run");
  const monitor = new JobMonitor(manager);
  const live = new LiveLines();
  const stopListening = whenToldToEnd((why) => void manager.shutdown(why));
  try {
    return await runJobsVerb(
      {
        manager,
        json,
        keepPartial: options["keep-partial"],
        print: (line) => say(line),
        printAll: sayAll,
        warn: (line) => complain(line),
        live: (name, progress, id) => progress ? live.show(id, name, progress) : live.drop(id),
        follow: async (job) => (await import("../follow/follow_job.ts")).followJob(manager, job, json),
        exitOf: exitOfState,
      },
      verb,
      id,
    );
  } finally {
    stopListening();
    monitor.close();
    await manager.shutdown();
  }
}
