/** `seisproc export`: a dataset or a file as SEG-Y or Seismic Unix, as a job. */
import path from "node:path";
import { ENDIANS, OUTPUT_FORMATS } from "../../../src/shared/flow/flow.ts";
import { isDatasetName } from "../../dataset/dataset_name.ts";
import { runSegyExport } from "../../jobs/processing_api.ts";
import {
  choiceOption,
  countOption,
  onlyPositional,
  parseArguments,
  requiredOption,
  usage,
} from "../arguments.ts";
import { CHOICE_OPTIONS, choiceOfOptions } from "../choice_options.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { runAndShow } from "../follow/follow_job.ts";

/** `seisproc export DATASET --to FILE.sgy [--format ...] [--endian big|little] [--read ...] [--select EXPR] [--workers N] [--json]` */
export async function exportCommand(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("export", args, {
    to: true,
    ...READING_OPTIONS,
    ...CHOICE_OPTIONS,
    format: true,
    endian: true,
    workers: true,
    json: false,
  });
  const input = path.resolve(onlyPositional("export", positionals, "dataset"));
  const to = path.resolve(requiredOption("export", "to", options.to));
  if (isDatasetName(to)) {
    throw usage("export", `expected --to with the name of a SEG-Y file, found ${to}`, "to");
  }
  const format = choiceOption("export", "format", options.format, OUTPUT_FORMATS) ?? "ieee";
  const endian = choiceOption("export", "endian", options.endian, ENDIANS);
  const workers = countOption("export", "workers", options.workers);
  const runner = workers === undefined ? {} : { workers };
  const read = readingOption(options), choice = choiceOfOptions(options);
  const config = { input, to, format, endian, read, ...choice, runner };
  return await runAndShow(options.json, (manager, run) => runSegyExport(manager, config, run));
}
