/** The arguments of `seisproc scan`. */
import { parseArguments, usage } from "../arguments.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { scanCommand } from "./scan.ts";

/** `seisproc scan FILE.sgy [--json]` */
// deno-lint-ignore require-await
export async function scan(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("scan", args, { ...READING_OPTIONS, json: false });
  if (positionals.length > 1) throw usage("scan", `expected one SEG-Y file, found ${positionals.join(" ")}`);
  return scanCommand(positionals[0], { json: options.json, read: readingOption(options) });
}
