/** Parses `job.json`. */
import { SeisProcError } from "../errors.ts";
import { isRecord } from "../is_record.ts";
import { JOB_FORMAT, JOB_TYPES, type JobRequest, PRIORITIES } from "./job.ts";
import { type Check, fields, isArray, isNumber, isString, nullable, oneOf, optional } from "./parse.ts";

const flow: Check = fields({
  seisproc: oneOf([1]),
  name: isString,
  input: fields({ path: isString, order: isArray(isString) }),
  processes: isArray(fields({ process: isString, parameters: isRecord })),
  output: fields({ path: isString, format: isString, mode: oneOf(["processed", "noise", "both"]) }),
});
const WORK: Readonly<Record<string, Check>> = {
  flow: fields({
    flow,
    onError: oneOf(["fail", "skip"]),
    options: isRecord,
  }),
  header_scan: fields({ input: isString, to: isString, options: isRecord }),
};
const request: Check = fields({
  id: isString,
  type: oneOf(JOB_TYPES),
  name: isString,
  priority: oneOf(PRIORITIES),
  tags: isArray(isString),
  parent: nullable(isString),
  group: optional(isString),
  maxAttempts: isNumber,
  timeoutSeconds: nullable(isNumber),
  program: isString,
  createdAt: isNumber,
  work: (work) => isRecord(work) && WORK[String(work.kind)]?.(work) === true,
});

/**
 * What a job folder's `job.json` asks for.
 * @throws job-newer, job-damaged
 */
export function parseJobRequest(job: string, value: unknown): JobRequest {
  if (isRecord(value) && isNumber(value.seisproc) && value.seisproc > JOB_FORMAT) {
    throw newerJob(job, value.seisproc);
  }
  if (isRequest(value)) return value;
  throw new SeisProcError(
    "job-damaged",
    `Cannot read job ${job}: expected what a job asks for in job.json, found something else: remove the job`,
    { job, reason: "job.json is not a request" },
  );
}

export function newerJob(job: string, version: number): SeisProcError<"job-newer"> {
  return new SeisProcError(
    "job-newer",
    `Cannot read job ${job}: expected version ${JOB_FORMAT} or older, found ${version}: ` +
      `use the newer SeisProc that wrote it`,
    { job, version },
  );
}

function isRequest(value: unknown): value is JobRequest {
  return isRecord(value) && value.seisproc === JOB_FORMAT && request(value);
}
