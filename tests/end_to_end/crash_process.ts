/**
 * A manager in a process of its own, to be killed: finds the job of a name or submits it, and runs it to its rest.
 * Prints the state in which it found the job, the job's id, and the state in which it came to rest.
 */
import fs from "node:fs";
import process from "node:process";
import { parseWork } from "../../src/shared/job/parse_work.ts";
import { openRealManager } from "./real_jobs.ts";

const [workspace, name, workFile] = process.argv.slice(2);
const manager = openRealManager(workspace, { role: "run" });
const problems = manager.problems();
if (problems.length > 0) console.log(`problem ${JSON.stringify(problems)}`);
let job = manager.list().find((one) => one.name === name);
console.log(`found ${job?.state ?? "nothing"}`);
if (job === undefined) {
  const work = parseWork(JSON.parse(fs.readFileSync(workFile, "utf8")));
  job = await manager.submit({ type: work.kind === "flow" ? "processing" : "segy_import", name, work });
} else if (job.state !== "completed") await manager.resume(job.id);
console.log(`id ${job.id}`);
const end = await manager.whenAtRest(job.id);
console.log(`rest ${end.state} ${end.error?.message ?? ""}`);
await manager.shutdown();
