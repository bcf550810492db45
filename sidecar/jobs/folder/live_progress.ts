/**
 * Progress of a running job for other processes: one small file that is replaced a few times a second and not synced.
 * The journal keeps progress too, but ever more rarely, so that it stays short.
 */
import fs from "node:fs";
import path from "node:path";
import { parseEvent } from "../../../src/shared/job/parse_event.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";

const FILE = "progress.json";

export function writeLiveProgress(folder: string, progress: JobProgress): void {
  const file = path.join(folder, FILE);
  try {
    const text = JSON.stringify({ event: "progress", at: Date.now(), progress });
    fs.rmSync(`${file}.tmp`, { force: true });
    fs.writeFileSync(`${file}.tmp`, text, { flag: "wx" });
    fs.renameSync(`${file}.tmp`, file);
  } catch {
    // Only for show: a full disk shows itself in the journal and in the output.
  }
}

export function readLiveProgress(folder: string): JobProgress | undefined {
  try {
    const event = parseEvent(parseLine(fs.readFileSync(path.join(folder, FILE), "utf8")));
    return event?.event === "progress" ? event.progress : undefined;
  } catch {
    return undefined;
  }
}

export function removeLiveProgress(folder: string): void {
  fs.rmSync(path.join(folder, FILE), { force: true });
}
