/** `seisproc import`: a file as a dataset, in place or with a copy of its samples, as a job. */
import path from "node:path";
import { isChoice } from "../../../src/shared/seismic/trace_choice.ts";
import { isDatasetName } from "../../dataset/dataset_name.ts";
import { runSegyImport } from "../../jobs/processing_api.ts";
import { countOption, onlyPositional, parseArguments, requiredOption, usage } from "../arguments.ts";
import { CHOICE_OPTIONS, choiceOfOptions } from "../choice_options.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { runAndShow } from "../follow/follow_job.ts";

/** `seisproc import FILE.sgy --to NAME.zarr [--read ...] [--map ...] [--copy [--select EXPR]] [--workers N] [--json]` */
export async function importCommand(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("import", args, {
    to: true,
    ...READING_OPTIONS,
    ...CHOICE_OPTIONS,
    copy: false,
    workers: true,
    json: false,
  });
  const input = path.resolve(onlyPositional("import", positionals, "SEG-Y file"));
  const to = path.resolve(requiredOption("import", "to", options.to));
  if (!isDatasetName(to)) {
    throw usage("import", `expected --to with a name ending in .zarr, found ${to}`, "to");
  }
  const read = readingOption(options), choice = choiceOfOptions(options);
  if (isChoice(choice) && !options.copy) {
    throw usage("import", "expected --copy with --select and --traces, found none", "copy");
  }
  const workers = countOption("import", "workers", options.workers);
  const runner = workers === undefined ? {} : { workers };
  const { copy, json } = options;
  return await runAndShow(
    json,
    (manager, run) => runSegyImport(manager, { input, to, copy, read, ...choice, runner }, run),
  );
}
