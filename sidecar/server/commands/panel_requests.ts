/** Requests with binary answers: what reads each and what answers it, the other side of the table of commands. */
import {
  type GatherRequest,
  parseGatherRequest,
  parseSpectrumRequest,
  type SpectrumRequest,
  type TraceWindow,
} from "../../../src/shared/protocol/gathers.ts";
import type { SurveyChoice } from "../../../src/shared/protocol/commands.ts";
import { type ColumnsRequest, parseColumnsRequest } from "../../../src/shared/protocol/header_columns.ts";
import type { Grants } from "../grants.ts";
import type { Context } from "./command_context.ts";

type Asking = SurveyChoice & Pick<TraceWindow, "processes">;
type Binary = Uint8Array<ArrayBuffer>;
/** Reads a request, holds it against the grants and answers it, unless the client hangs up. */
export type PanelAnswer = (context: Context, asked: unknown, hungUp: AbortSignal) => Promise<Binary>;

/** By the address that they are sent to. */
const PANELS: Readonly<Record<string, PanelAnswer>> = {
  "/gather": handler<GatherRequest>(
    parseGatherRequest,
    ({ reading }, request, hungUp) => reading.panels(request, hungUp),
  ),
  "/spectrum": handler<SpectrumRequest>(
    parseSpectrumRequest,
    ({ reading }, request, hungUp) => reading.spectrum(request, hungUp),
  ),
  "/headers": handler<ColumnsRequest>(
    parseColumnsRequest,
    ({ reading }, request, hungUp) => reading.columns(request, hungUp),
  ),
};

/** What answers requests to this address; undefined for another. */
export function panelAnswer(pathname: string): PanelAnswer | undefined {
  return Object.hasOwn(PANELS, pathname) ? PANELS[pathname] : undefined;
}

function handler<R extends Asking>(
  parse: (asked: unknown) => R,
  answer: (context: Context, request: R, hungUp: AbortSignal) => Promise<Binary>,
): PanelAnswer {
  return async (context, asked, hungUp) =>
    await answer(context, await granted(context.grants, parse(asked)), hungUp);
}

/** The request with its survey held against the grants, and velocity files that were opened read. */
async function granted<R extends Asking>(grants: Grants, request: R): Promise<R> {
  const survey = grants.readable(request.survey);
  if (request.processes === undefined) return { ...request, survey };
  const { stepWithVelocities } = await import("./velocity_files.ts");
  const processes = request.processes.map((step) => stepWithVelocities(grants, step));
  return { ...request, survey, processes };
}
