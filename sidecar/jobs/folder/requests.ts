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
import { sealed, unsealed } from "./sealed_line.ts";

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

export function sendRequest(folder: string, request: SentRequest): void {
  fs.appendFileSync(path.join(folder, FILE), sealed(request));
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
