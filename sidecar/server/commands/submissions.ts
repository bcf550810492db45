/** What a client asks to run, with every path held against the grants. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { Endian, Flow } from "../../../src/shared/flow/flow.ts";
import { parseFlow } from "../../../src/shared/flow/parse_flow.ts";
import type { JobRequest } from "../../../src/shared/job/job.ts";
import type { Work } from "../../../src/shared/job/work.ts";
import type {
  ExportSubmission,
  FlowSubmission,
  ImportSubmission,
  JobWishes,
  WorkSubmission,
} from "../../../src/shared/protocol/commands.ts";
import type { Settings } from "../../../src/shared/protocol/settings.ts";
import { inputOf, outputsOf, outputsOfFlow } from "../../dataset/work_paths.ts";
import { flowFilesOf, refuseFlowFiles } from "../../flow/output_paths.ts";
import type { JobOptions } from "../../jobs/adapters/job_adapter.ts";
import { processingSubmission } from "../../jobs/adapters/processing_job_adapter.ts";
import { exportSubmission } from "../../jobs/adapters/segy_export_job_adapter.ts";
import { importSubmission } from "../../jobs/adapters/segy_import_job_adapter.ts";
import type { Submission } from "../../jobs/manager.ts";
import type { Grants } from "../grants.ts";
import { withText, withVelocities } from "./velocity_files.ts";

/** What jobs take that do not say otherwise. */
export type RunnerDefaults = Pick<Settings, "workers" | "memoryMB">;

/**
 * What a client asks to run, as it is submitted or held against preflight. Nothing is changed; links are looked at.
 * @throws path-not-opened, output-exists, and what the parsers of flows throw
 */
export function workOf(
  asked: WorkSubmission,
  grants: Grants,
  { workers, memoryMB }: RunnerDefaults,
): Submission {
  const options = optionsOf(asked);
  const runner = {
    ...(workers !== null && { workers }),
    ...(memoryMB !== null && { memoryMB }),
    ...asked.runner,
  };
  switch (asked.kind) {
    case "flow": {
      const { onError, read, map, littleEndian } = asked;
      const flow = grantedFlow(grants, asked);
      return processingSubmission({
        flow,
        onError,
        read: { ...read, map },
        endian: endianOf(littleEndian),
        runner,
      }, options);
    }
    case "import": {
      const { read, map, select, traces, copy } = asked;
      const paths = grantedPaths(grants, asked);
      return importSubmission({ ...paths, read: { ...read, map }, select, traces, copy, runner }, options);
    }
    case "export": {
      const { read, map, select, traces, format, littleEndian } = asked;
      const paths = grantedPaths(grants, asked), endian = endianOf(littleEndian);
      const how = { read: { ...read, map }, select, traces, format, endian, runner };
      return exportSubmission({ ...paths, ...how }, options);
    }
  }
}

function endianOf(littleEndian: boolean | undefined): Endian | undefined {
  if (littleEndian === undefined) return undefined;
  return littleEndian ? "little" : "big";
}

function optionsOf({ name, priority, tags, parent, group, timeoutSeconds }: JobWishes): JobOptions {
  const given = Object.entries({ name, priority, tags, parent, group, timeoutSeconds });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function grantedPaths(grants: Grants, asked: ImportSubmission | ExportSubmission) {
  return { input: grants.readable(asked.input), to: output(grants, asked.to, asked) };
}

function grantedFlow(grants: Grants, submission: FlowSubmission): Flow {
  const flow = parseFlow(withText(grants, withVelocities(grants, submission.flow)));
  const [to] = outputsOfFlow(flow.output).map((one) => output(grants, one, submission));
  refuseFlowFiles({ ...flow.output, path: to }, flowFilesOf(submission.flow));
  return {
    ...flow,
    input: { ...flow.input, path: grants.readable(flow.input.path) },
    output: { ...flow.output, path: to },
  };
}

/**
 * The same work once more, into another output or over the one that is there. What the job reads and where it writes
 * was the user's choice when it was submitted.
 */
export function workAgain(
  { name, type, priority, tags, maxAttempts, timeoutSeconds, work }: JobRequest,
  { output: asked, overwrite }: { readonly output?: string; readonly overwrite?: boolean },
  grants: Grants,
): Submission {
  grants.open(inputOf(work));
  const [before] = outputsOf(work), also = [path.dirname(before)];
  const place = (file: string) => output(grants, file, { overwrite }, also);
  const to = place(asked ?? before);
  const again = withOutput(work, to);
  for (const other of outputsOf(again).slice(1)) place(other);
  return { name, type, priority, tags, maxAttempts, timeoutSeconds, work: again };
}

function withOutput(work: Work, to: string): Work {
  if (work.kind !== "flow") return { ...work, to };
  return { ...work, flow: { ...work.flow, output: { ...work.flow.output, path: to } } };
}

/** `also`: folders that count as chosen. */
function output(
  grants: Grants,
  asked: string,
  { overwrite = false }: JobWishes,
  also: readonly string[] = [],
): string {
  const real = grants.writable(asked, also);
  if (overwrite || !fs.existsSync(real)) return real;
  const message =
    `Cannot write ${asked}: expected no such file, found one: choose another name or allow to replace it`;
  throw new SeisProcError("output-exists", message, { file: asked });
}
