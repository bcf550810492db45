/** A process that holds the runner's lock of a job folder, with words that a test chooses, until it is ended. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { lockRunner } from "../../../sidecar/jobs/folder/job_lock.ts";

const [folder, words] = process.argv.slice(2);
const lock = lockRunner(folder);
if (words !== undefined) fs.writeFileSync(path.join(folder, "runner.lock"), words);
console.log(lock === undefined ? "locked" : "holds");
setInterval(() => {}, 1000);
