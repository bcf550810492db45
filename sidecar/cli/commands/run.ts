/** `seisproc run`: a flow over its input, as a job. */
import { loadFlow } from "../../flow/document/load_flow.ts";
import { runParallelProcessing } from "../../jobs/processing_api.ts";
import { choiceOption, countOption, onlyPositional, parseArguments } from "../arguments.ts";
import { CHOICE_OPTIONS, choiceOfOptions } from "../choice_options.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { runAndShow } from "../follow/follow_job.ts";

/** `seisproc run FLOW.json [--input P] [--output P] [--read ...] [--map ...] [--select EXPR] [--traces A-B] [--workers N] [--json] [--on-error fail|skip]` */
export async function run(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("run", args, {
    ...READING_OPTIONS,
    ...CHOICE_OPTIONS,
    input: true,
    output: true,
    workers: true,
    "on-error": true,
    json: false,
  });
  const file = onlyPositional("run", positionals, "flow file");
  const workers = countOption("run", "workers", options.workers);
  const onError = choiceOption("run", "on-error", options["on-error"], ["fail", "skip"]) ?? "fail";
  const { input, output } = options;
  const read = readingOption(options);
  const flow = loadFlow(file, { input, output, read, ...choiceOfOptions(options) });
  const runner = workers === undefined ? {} : { workers };
  return await runAndShow(
    options.json,
    (manager, run) => runParallelProcessing(manager, { flow, onError, runner }, run),
  );
}
