import path from "node:path";
import type { Work } from "../../src/shared/job/work.ts";
import { parseMapping } from "../../src/shared/seismic/word_mapping.ts";
import { flowWork } from "../flow/flow_work.ts";
import { countOption, onlyPositional, parseArguments, requiredOption, usage } from "./arguments.ts";
import { submitAndFollow } from "./submit_and_follow.ts";

/** `seisproc import FILE.sgy --to NAME.zarr [--map WORD=BYTE:TYPE ...] [--copy] [--workers N] [--json]` */
export async function importCommand(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("import", args, {
    to: true,
    map: "many",
    copy: false,
    workers: true,
    json: false,
  });
  const input = path.resolve(onlyPositional("import", positionals, "SEG-Y file"));
  const to = path.resolve(requiredOption("import", "to", options.to));
  if (!to.endsWith(".zarr")) {
    throw usage("import", `expected --to with a name ending in .zarr, found ${to}`, "to");
  }
  const map = options.map.map(parseMapping);
  const workers = countOption("import", "workers", options.workers);
  const choices = { map, options: workers === undefined ? {} : { workers } };
  const name = `Import ${path.basename(input)}`;
  const work: Work = options.copy
    ? flowWork(copyFlow(name, input, to), choices)
    : { kind: "header_scan", input, to, ...choices };
  return await submitAndFollow({ type: "segy_import", name, work }, options.json);
}

/** A flow without processes: it copies, and converts where the kinds of input and output differ. */
export function copyFlow(name: string, input: string, output: string) {
  return {
    seisproc: 1,
    name,
    input: { path: input, order: [] },
    processes: [],
    output: { path: output, format: "ieee", mode: "processed" },
  } as const;
}
