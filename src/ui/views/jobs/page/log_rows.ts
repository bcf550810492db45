/** The lines of a log, with a head where an attempt begins after the first. */
import type { JobEvent } from "../../../../shared/job/events.ts";
import { logTime } from "../../../format/times.ts";
import { JOBS } from "../../../texts/jobs.ts";

export type LogRow =
  | { readonly kind: "attempt"; readonly at: number; readonly text: string }
  | {
    readonly kind: "line";
    readonly at: number;
    readonly level: "info" | "warning" | "error";
    readonly text: string;
  };

export function logRows(events: readonly JobEvent[]): readonly LogRow[] {
  let attempt = 1;
  return events.flatMap((event): LogRow[] => {
    if (event.event === "log") return [{ kind: "line", at: event.at, level: event.level, text: event.text }];
    if (event.event !== "state" || event.to !== "queued" || !isNewAttempt(event.why)) return [];
    return [{ kind: "attempt", at: event.at, text: JOBS.attemptNumber(++attempt) }];
  });
}

/** As a file has it: one line each, times as ISO. */
export function textOfRows(rows: readonly LogRow[]): string {
  return rows.map((row) =>
    row.kind === "attempt"
      ? `--- ${row.text} ---`
      : `${new Date(row.at).toISOString()} ${row.level.padEnd(7)} ${row.text}`
  ).join("\n");
}

/** The time of a line as the page shows it. */
export function timeOf(row: LogRow): string {
  return logTime(row.at);
}

function isNewAttempt(why: string): boolean {
  return why === "retried" || why === "repeated";
}
