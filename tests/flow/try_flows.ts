/** Tries each flow of the works given and prints the trials: in a process of its own, whose cores' time is the trial's. */
import { tryFlow } from "../../sidecar/flow/estimate/trial.ts";

const [folder, works] = Deno.args;
const trials = JSON.parse(works).map((work: Parameters<typeof tryFlow>[0], i: number) =>
  tryFlow(work, Deno.makeTempDirSync({ dir: folder, prefix: `tried ${i} ` }))
);
console.log(JSON.stringify(trials));
