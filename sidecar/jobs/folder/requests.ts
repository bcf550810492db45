/**
 * What one process asks of another that owns a running job: sealed lines in `<job>/requests.jsonl`. The asker appends and
 * tells the change feed; the owner reads on from where it was, and removes the file when the job comes to rest.
 */
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../../src/shared/is_record.ts";
import type { Priority } from "../../../src/shared/job/job.ts";
import { PRIORITIES } from "../../../src/shared/job/job.ts";
import { isArray, isBoolean, isNumber, isString, oneOf } from "../../../src/shared/job/parse.ts";
import { isDiskFull, writingError } from "../../files/file_errors.ts";
import { sealed, unsealed } from "./sealed_line.ts";
import { giveUpSpare } from "./spare.ts";

const FILE = "requests.jsonl";

export type OwnerRequest =
  | { readonly ask: "pause" }
  | { readonly ask: "finish" }
  | { readonly ask: "cancel"; readonly keepPartial: boolean }
  | { readonly ask: "rename"; readonly name: string }
  | { readonly ask: "priority"; readonly priority: Priority }
  | { readonly ask: "tag"; readonly tags: readonly string[] };

/** `round`: the job's round that the asker saw, so that a late request never meets a later run. */
export type SentRequest = OwnerRequest & { readonly round: number };

/** @throws disk-full */
export function sendRequest(folder: string, request: SentRequest): void {
  const file = path.join(folder, FILE);
  try {
    append(file, sealed(request));
  } catch (error) {
    if (!isDiskFull(error) || !giveUpSpare(folder)) throw writingError(file, error);
    append(file, sealed(request));
  }
}

/** A line that the disk took a part of is taken back. */
function append(file: string, line: string): void {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  try {
    fs.appendFileSync(file, line);
  } catch (error) {
    if (fs.existsSync(file)) fs.truncateSync(file, size);
    throw error;
  }
}

/** The owner's end. */
export class RequestInbox {
  readonly #file: string;
  #position = 0;

  constructor(folder: string) {
    this.#file = path.join(folder, FILE);
  }

  /** New requests for this round of the job. */
  read(round: number): SentRequest[] {
    const size = fs.statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#position) return [];
    const bytes = fs.readFileSync(this.#file).subarray(this.#position);
    const whole = bytes.lastIndexOf(10) + 1;
    this.#position += whole;
    const lines = new TextDecoder().decode(bytes.subarray(0, whole)).split("\n");
    return lines.map(unsealed).filter(isSentRequest).filter((request) => request.round === round);
  }

  remove(): void {
    fs.rmSync(this.#file, { force: true });
  }
}

function isSentRequest(value: unknown): value is SentRequest {
  if (!isRecord(value) || !isNumber(value.round)) return false;
  switch (value.ask) {
    case "pause":
    case "finish":
      return true;
    case "cancel":
      return isBoolean(value.keepPartial);
    case "rename":
      return isString(value.name);
    case "priority":
      return oneOf(PRIORITIES)(value.priority);
    case "tag":
      return isArray(isString)(value.tags);
    default:
      return false;
  }
}
