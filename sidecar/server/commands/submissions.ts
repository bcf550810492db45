/** Turns what a client asks to run into a job adapter, with every path held against the grants. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { Flow } from "../../../src/shared/flow/flow.ts";
import { parseFlow } from "../../../src/shared/flow/parse_flow.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseVelocityFile } from "../../../src/shared/processes/parse_parameters.ts";
import type {
  FlowSubmission,
  JobWishes,
  PreflightAnswer,
  WorkSubmission,
} from "../../../src/shared/protocol/commands.ts";
import { noisePath } from "../../files/partial_names.ts";
import { readTextFile } from "../../flow/text_file.ts";
import type { JobAdapter, JobOptions } from "../../jobs/adapters/job_adapter.ts";
import { ProcessingJobAdapter } from "../../jobs/adapters/processing_job_adapter.ts";
import { SegyExportJobAdapter } from "../../jobs/adapters/segy_export_job_adapter.ts";
import { SegyImportJobAdapter } from "../../jobs/adapters/segy_import_job_adapter.ts";
import type { Grants } from "../grants.ts";
import type { Context } from "./command_context.ts";

/**
 * @throws path-not-opened, output-exists, and what the parsers of flows throw
 */
export function adapterOf({ manager, grants }: Context, work: WorkSubmission): JobAdapter {
  const options = optionsOf(work);
  switch (work.kind) {
    case "flow": {
      const { onError, map, littleEndian, runner } = work;
      const flow = grantedFlow(grants, work);
      return new ProcessingJobAdapter(manager, { flow, onError, map, littleEndian, runner }, options);
    }
    case "import": {
      const { map, copy, runner } = work;
      const paths = { input: grants.readable(work.input), to: output(grants, work.to, work) };
      return new SegyImportJobAdapter(manager, { ...paths, map, copy, runner }, options);
    }
    case "export": {
      const { format, littleEndian, runner } = work;
      const paths = { input: grants.readable(work.input), to: output(grants, work.to, work) };
      return new SegyExportJobAdapter(manager, { ...paths, format, littleEndian, runner }, options);
    }
  }
}

/** What the work will take; refusals are thrown. Nothing is started. */
export async function preflightOf(context: Context, work: WorkSubmission): Promise<PreflightAnswer> {
  const { estimate, warnings } = await context.preflight(adapterOf(context, work).submission().work);
  return { estimate, warnings };
}

function optionsOf({ name, priority, tags, parent, timeoutSeconds }: JobWishes): JobOptions {
  const given = Object.entries({ name, priority, tags, parent, timeoutSeconds });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function grantedFlow(grants: Grants, submission: FlowSubmission): Flow {
  const flow = parseFlow(withVelocities(grants, submission.flow));
  const to = output(grants, flow.output.path, submission);
  if (flow.output.mode === "both") output(grants, noisePath(flow.output.path), submission);
  return {
    ...flow,
    input: { ...flow.input, path: grants.readable(flow.input.path) },
    output: { ...flow.output, path: to },
  };
}

function output(grants: Grants, asked: string, { overwrite = false }: JobWishes): string {
  const real = grants.writable(asked);
  if (overwrite || !fs.existsSync(real)) return real;
  const message =
    `Cannot write ${asked}: expected no such file, found one: choose another name or allow to replace it`;
  throw new SeisProcError("output-exists", message, { file: asked });
}

/** Reads velocity files that were opened into the parameters that name them. */
function withVelocities(grants: Grants, document: unknown): unknown {
  if (!isRecord(document) || !Array.isArray(document.processes)) return document;
  return { ...document, processes: document.processes.map((step) => stepWithVelocities(grants, step)) };
}

/** The step with its parameters; anything else as it is. */
export function stepWithVelocities<S>(grants: Grants, step: S): S {
  if (!isRecord(step) || !isRecord(step.parameters)) return step;
  const parameters = Object.entries(step.parameters).map(([name, value]) => {
    if (!isRecord(value) || typeof value.file !== "string") return [name, value] as const;
    const file = grants.readable(value.file);
    return [name, {
      functions: parseVelocityFile(readTextFile(file, "a velocity file"), path.basename(file)),
    }] as const;
  });
  return { ...step, parameters: Object.fromEntries(parameters) };
}
