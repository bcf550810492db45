import { flowWork } from "../flow/flow_work.ts";
import { loadFlow } from "../flow/load_flow.ts";
import { jobTypeOf } from "../jobs/job_type.ts";
import { choiceOption, countOption, onlyPositional, parseArguments } from "./arguments.ts";
import { submitAndFollow } from "./submit_and_follow.ts";

/** `seisproc run FLOW.json [--input P] [--output P] [--workers N] [--json] [--on-error fail|skip]` */
export async function run(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("run", args, {
    input: true,
    output: true,
    workers: true,
    "on-error": true,
    json: false,
  });
  const file = onlyPositional("run", positionals, "flow file");
  const workers = countOption("run", "workers", options.workers);
  const onError = choiceOption("run", "on-error", options["on-error"], ["fail", "skip"]) ?? "fail";
  const flow = loadFlow(file, { input: options.input, output: options.output });
  const work = flowWork(flow, { onError, options: workers === undefined ? {} : { workers } });
  return await submitAndFollow({ type: jobTypeOf(work), name: flow.name, work }, options.json);
}
