/** Jobs as tables and files that leave the window: full digits, times as ISO. */
import type { Job } from "../../../shared/job/job.ts";
import { rateOf, tracesOf } from "../../state/ended/listed.ts";
import { showToast } from "../../state/toasts.ts";
import { JOBS } from "../../texts/jobs.ts";

type Cell = string | number | null;

const COLUMNS: readonly (readonly [string, (job: Job) => Cell])[] = [
  ["id", ({ id }) => id],
  ["name", ({ name }) => name],
  ["type", ({ type }) => type],
  ["state", ({ state }) => state],
  ["priority", ({ priority }) => priority],
  ["tags", ({ tags }) => tags.join(" ")],
  ["attempt", ({ attempt }) => attempt],
  ["created", ({ createdAt }) => iso(createdAt)],
  ["started", ({ startedAt }) => iso(startedAt)],
  ["ended", ({ endedAt }) => iso(endedAt)],
  ["waitedMs", ({ waitedMs }) => waitedMs],
  ["ranMs", ({ ranMs }) => ranMs],
  ["pausedMs", ({ pausedMs }) => pausedMs],
  ["traces", tracesOf],
  ["tracesPerSecond", rateOf],
  ["bytesRead", ({ result }) => result?.bytesRead ?? null],
  ["bytesWritten", ({ result }) => result?.bytesWritten ?? null],
  ["peakMemoryBytes", ({ result }) => result?.peakMemoryBytes ?? null],
  ["outputs", ({ result, plan }) => (result ?? plan)?.outputs.map(({ path }) => path).join(" ") ?? null],
  ["error", ({ error }) => error?.tag ?? null],
  ["message", ({ error }) => error?.message ?? null],
];

/** One line of names, one line a job; what holds the separator or a quote stands in quotes (RFC 4180). */
export function csvOf(jobs: readonly Job[]): string {
  const rows = [COLUMNS.map(([name]) => name), ...jobs.map((job) => COLUMNS.map(([, of]) => of(job)))];
  return csvOfRows(rows);
}

export function csvOfRows(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

/** As spreadsheets take it from the clipboard. */
export function tsvOf(jobs: readonly Job[]): string {
  return tsvOfRows([COLUMNS.map(([name]) => name), ...jobs.map((job) => COLUMNS.map(([, of]) => of(job)))]);
}

/** One line a row, cells between tabs; what breaks lines becomes a blank. */
export function tsvOfRows(rows: readonly (readonly Cell[])[]): string {
  const cell = (one: Cell) => String(one ?? "").replaceAll(/[\t\r\n]+/g, " ");
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

export async function copyJobs(jobs: readonly Job[]): Promise<void> {
  await copyText(tsvOf(jobs));
}

export function saveJobs(jobs: readonly Job[], as: "csv" | "json"): void {
  if (as === "csv") saveText("jobs.csv", "text/csv", csvOf(jobs));
  else saveText("jobs.json", "application/json", JSON.stringify(jobs, null, 2) + "\n");
}

/** Into the clipboard; says so when it was refused. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast("info", JOBS.copied);
  } catch {
    showToast("warning", JOBS.notCopied);
  }
}

/** Saves a file where the browser puts what it downloads. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function quoted(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  // A cell that begins like a formula would be run by a spreadsheet; numbers stay numbers.
  const safe = typeof cell === "string" && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
