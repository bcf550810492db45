/** `seisproc processes`: the catalog, and what each process does. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { CATALOG } from "../../../src/shared/processes/catalog.ts";
import { describeProcess, processHelp } from "../../../src/shared/processes/describe.ts";
import { parseArguments, usage } from "../arguments.ts";
import { EXIT } from "../exit_status.ts";

/** `seisproc processes [ID] [--json]` */
// deno-lint-ignore require-await
export async function processes(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("processes", args, { json: false });
  if (positionals.length > 1) {
    throw usage("processes", `expected one process, found ${positionals.join(" ")}`);
  }
  const specs = positionals.length === 0 ? [...CATALOG.values()] : [find(positionals[0])];
  if (options.json) { for (const spec of specs) console.log(JSON.stringify(describeProcess(spec))); }
  else if (positionals.length === 1) console.log(processHelp(specs[0]));
  else {
    const width = Math.max(...specs.map((spec) => spec.id.length));
    for (const { id, title } of specs) console.log(`${id.padEnd(width)}  ${title}`);
  }
  return EXIT.completed;
}

function find(id: string) {
  const spec = CATALOG.get(id);
  if (spec) return spec;
  const message = `Cannot show process ${id}: expected one of ${[...CATALOG.keys()].join(", ")}`;
  throw new SeisProcError("process-unknown", message, { process: id });
}
