/** How a process declares itself. */
import type { SurveyFacts, TraceShape } from "../seismic/survey.ts";
import type { Parameters, ValuesOf } from "./parameter.ts";

/** What is wrong with a parameter in view of the data: `highHz 200 is above Nyquist (125 Hz) of line.sgy`. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly message: string;
}

/**
 * What a process needs at once to work.
 * - `trace`: each trace by itself; blocks need not hold whole gathers and the traces may come in any portions.
 * - `gather`: all traces of one gather together.
 */
export type ProcessScope = "trace" | "gather";

/** What a process is; what it does lies in `sidecar/processes/` under the same name. */
export interface ProcessSpec<P extends Parameters = Parameters> {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  /** The formula in plain text and where it comes from (author, year, equation or page). */
  readonly formula: string;
  readonly source: string;
  readonly scope: ProcessScope;
  readonly parameters: P;
  /** Traces that come out of a gather: all of them (default) or one. */
  readonly tracesPerGather?: "all" | "one";
  /** True for a process that only zeroes samples (mute, kill): noise outputs apply it to the input as well. */
  readonly mutes?: boolean;
  /** The header word whose gathers the process works on; absent: the first key of the flow's order. */
  gatherKey?(parameters: ValuesOf<P>): string;
  /** Samples and interval after the process; absent: unchanged. */
  outputShape?(parameters: ValuesOf<P>, survey: SurveyFacts): TraceShape;
  /** Checks parameters against the data at this place of the flow, before anything runs. */
  check?(parameters: ValuesOf<P>, survey: SurveyFacts): ParameterProblem[];
}

/** Declares a process; keeps the parameter types. */
export function defineProcess<const P extends Parameters>(spec: ProcessSpec<P>): ProcessSpec<P> {
  return spec;
}

/** Values of a declared process' parameters. */
export type ParametersOf<S> = S extends ProcessSpec<infer P> ? ValuesOf<P> : never;
