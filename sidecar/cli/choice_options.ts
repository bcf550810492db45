/** The options by which the user takes a part of a survey, the same for every command that can. */
import { parseExpression } from "../../src/shared/processes/header_expression.ts";
import { parseTraceRange, type TraceChoice } from "../../src/shared/seismic/trace_choice.ts";

export const CHOICE_OPTIONS = { select: true, traces: true } as const;

/** @throws `usage`, `expression-invalid` */
export function choiceOfOptions(
  { select, traces }: { readonly select: string | undefined; readonly traces: string | undefined },
): TraceChoice {
  if (select !== undefined) parseExpression(select);
  return {
    ...(select !== undefined && { select }),
    ...(traces !== undefined && { traces: parseTraceRange(traces) }),
  };
}
