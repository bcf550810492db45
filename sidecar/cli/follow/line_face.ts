/** A job as a person sees it: an estimate, a line in progress, warnings, and at the end what was made. */
import type { Job, JobEstimate } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import type { JobResult, SkippedGather } from "../../../src/shared/job/runner_messages.ts";
import { cut } from "../../../src/shared/shown.ts";
import { EXIT, exitOfState } from "../exit_status.ts";
import { complain, say } from "../terminal.ts";
import type { Face } from "./face.ts";
import { duration, LiveLine } from "./progress_line.ts";

export class LineFace implements Face {
  readonly #live = new LiveLine();
  #id = "";
  #name = "";

  submitted({ id, name, estimate }: Job): void {
    this.#id = id;
    this.#name = cut(name);
    if (estimate) this.#live.hint(estimateLine(this.#name, estimate));
  }

  progress(progress: JobProgress): void {
    this.#live.show(this.#name, progress);
  }

  /** Warnings, errors, and alerts about others: what this job came to is told at its end. */
  news(news: News): void {
    if (news.news === "alert" && news.alert.subject !== this.#id) {
      this.#live.say(`${news.alert.severity}: ${news.alert.text}`);
    }
    if (news.news === "log" && news.level !== "info") this.#live.say(`${news.level}: ${news.text}`);
  }

  end({ id, state, result, error, reason }: Job): void {
    this.#live.clear();
    if (result) sayResult(result);
    else say(`${this.#name}: ${state}${reason ? ` (${reason})` : ""}`);
    if (error) complain(error.message);
    if (exitOfState(state) === EXIT.resumable) say(`Go on with: seisproc jobs resume ${id}`);
  }
}

function estimateLine(name: string, { seconds, memoryBytes, diskBytes, traces }: JobEstimate): string {
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
  const memory = `${megabytes(memoryBytes)} of memory`;
  const count = traces === undefined ? "" : `${traces.toLocaleString("en")} traces, `;
  return `${name}: ${count}about ${duration(seconds)}, ${memory}, ${megabytes(diskBytes)} on disk`;
}

function sayResult({ warnings, outputs, tracesRead, seconds, skipped }: JobResult): void {
  for (const warning of warnings) complain(`warning: ${warning}`);
  for (const { path, bytes, traces } of outputs) {
    say(`${path}: ${traces.toLocaleString("en")} traces, ${(bytes / 1e6).toFixed(1)} MB`);
  }
  const rate = Math.round(tracesRead / Math.max(seconds, 1e-3)).toLocaleString("en");
  say(`${tracesRead.toLocaleString("en")} traces in ${duration(seconds)} (${rate} traces/s)`);
  for (const gather of skipped) say(`skipped: ${skippedLine(gather)}`);
}

function skippedLine({ trace, traces, error }: SkippedGather): string {
  const gather = traces === 1
    ? `trace ${trace}`
    : `gather of ${traces} traces, the first of them trace ${trace}`;
  return `${gather}: ${error.message}`;
}
