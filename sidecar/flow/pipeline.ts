/** A flow held against a survey: parameters checked, the shape of the traces known before and after each process. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { assert } from "../../src/shared/assert.ts";
import type { FlowStep, OutputMode } from "../../src/shared/flow/flow.ts";
import { type AnyProcessSpec, CATALOG } from "../../src/shared/processes/catalog.ts";
import { parseParameters } from "../../src/shared/processes/parse_parameters.ts";
import type { SurveyFacts, TraceShape } from "../../src/shared/seismic/survey.ts";

type Values = Readonly<Record<string, unknown>>;

/** One process of a flow at its place: its true parameters, the data that reach it and the shape that leaves it. */
export interface PipelineStep {
  readonly spec: AnyProcessSpec;
  readonly values: Values;
  readonly facts: SurveyFacts;
  readonly output: TraceShape;
}

/** A flow held against a survey: every parameter checked, every shape known. */
export interface Pipeline {
  readonly steps: readonly PipelineStep[];
  readonly output: TraceShape;
  /** True when some process needs whole gathers. */
  readonly wholeGathers: boolean;
  /** A stack: one trace comes out of each gather. */
  readonly oneTracePerGather: boolean;
  /** The key whose gathers the processes ask for, if one does. */
  readonly gatherKey: string | undefined;
}

/**
 * @throws SeisProcError `parameter-invalid` for the first parameter that does not fit the data, `flow-invalid` for
 * processes that cannot follow each other
 */
export function resolvePipeline(
  processes: readonly FlowStep[],
  mode: OutputMode,
  survey: SurveyFacts,
): Pipeline {
  const steps: PipelineStep[] = [];
  let facts = survey;
  for (const [index, step] of processes.entries()) {
    const resolved = resolveStep(step, index, facts);
    steps.push(resolved);
    facts = { ...facts, ...resolved.output };
  }
  const keys = steps.flatMap(({ spec, values }) => spec.gatherKey?.(values) ?? []);
  checkOrderOfScopes(steps);
  checkOneKey(keys);
  const pipeline = {
    steps,
    output: {
      samplesPerTrace: facts.samplesPerTrace,
      intervalUs: facts.intervalUs,
      startMs: facts.startMs,
    },
    wholeGathers: steps.some(({ spec }) => spec.scope === "gather"),
    oneTracePerGather: steps.some(({ spec }) => spec.tracesPerGather === "one"),
    gatherKey: keys[0],
  };
  checkMode(mode, pipeline, survey);
  return pipeline;
}

function resolveStep(step: FlowStep, index: number, facts: SurveyFacts): PipelineStep {
  const spec = CATALOG.get(step.process);
  assert(spec, `process ${step.process} is in the catalog`);
  const where = `processes[${index}].parameters`;
  const values = parseParameters(spec, step.parameters, where);
  const [problem] = spec.check?.(values, facts) ?? [];
  if (problem) {
    const fields = { process: spec.id, parameter: problem.parameter, where: `${where}.${problem.parameter}` };
    throw new SeisProcError("parameter-invalid", `Cannot run ${spec.id}: ${problem.message}`, fields);
  }
  const shape = { samplesPerTrace: facts.samplesPerTrace, intervalUs: facts.intervalUs };
  return { spec, values, facts, output: spec.outputShape?.(values, facts) ?? shape };
}

function checkOrderOfScopes(steps: readonly PipelineStep[]): void {
  const stack = steps.findIndex(({ spec }) => spec.tracesPerGather === "one");
  if (stack < 0) return;
  const later = steps.findIndex(({ spec }, i) => i > stack && spec.scope === "gather");
  if (later < 0) return;
  const [one, other] = [steps[stack].spec.id, steps[later].spec.id];
  const message =
    `Cannot run ${other} after ${one} in one flow: expected gathers, found one trace of each: ` +
    `put ${other} into a second flow that reads the output of this one`;
  throw new SeisProcError("flow-invalid", message, { where: `processes[${later}]` });
}

function checkOneKey(keys: readonly string[]): void {
  const other = keys.find((key) => key !== keys[0]);
  if (other === undefined) return;
  const message = `Cannot run one flow over gathers of ${
    keys[0]
  } and of ${other}: expected one key: make two flows`;
  throw new SeisProcError("flow-invalid", message, { where: "processes" });
}

function checkMode(mode: OutputMode, pipeline: Pipeline, survey: SurveyFacts): void {
  const reshaping = mode === "processed" ? undefined : reshapingStep(pipeline, survey);
  if (reshaping === undefined) return;
  const message = `Cannot write the noise of this flow: input minus processed needs traces of one shape, ` +
    `and ${reshaping.spec.id} changes it: use "mode": "processed"`;
  throw new SeisProcError("flow-invalid", message, { where: "output.mode" });
}

/** What makes the traces that come out so unlike those that go in that there is no difference between them. */
export function reshapingStep(pipeline: Pipeline, survey: SurveyFacts): PipelineStep | undefined {
  if (!pipeline.oneTracePerGather && isSameShape(pipeline.output, survey)) return undefined;
  return pipeline.steps.find(({ spec, output, facts }) =>
    spec.tracesPerGather === "one" || !isSameShape(output, facts)
  );
}

function isSameShape(one: TraceShape, other: SurveyFacts): boolean {
  return one.samplesPerTrace === other.samplesPerTrace && one.intervalUs === other.intervalUs &&
    (one.startMs ?? other.startMs) === other.startMs;
}
