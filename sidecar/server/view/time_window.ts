/** Time axes of what is shown: traces may begin at different times, and a window takes a part of their common axis. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { TraceWindow } from "../../../src/shared/protocol/gathers.ts";
import type { SurveyFacts, TraceShape } from "../../../src/shared/seismic/survey.ts";

/** Samples of a time axis, from `startMs` on. */
export interface TimeAxis {
  readonly startMs: number;
  readonly samples: number;
  readonly intervalUs: number;
}

/** The axis of traces that begin at these times: from the earliest start to the latest end. */
export function axisOf(starts: Float64Array, { samplesPerTrace, intervalUs }: TraceShape): TimeAxis {
  const [least, most] = ends(starts);
  const later = Math.ceil(((most - least) * 1000) / intervalUs - 1e-6);
  return { startMs: least, samples: samplesPerTrace + later, intervalUs };
}

/**
 * The axis of what processes made of traces that began at these times: their own, that of their stack (`one` trace), or
 * the times to which a process has cut them all, where those of other starts begin up to a sample apart.
 */
export function processedAxis(
  starts: Float64Array,
  survey: SurveyFacts,
  output: TraceShape,
  one: boolean,
): TimeAxis {
  const { startMs = survey.startMs, samplesPerTrace: samples, intervalUs } = output;
  const own = axisOf(starts, output);
  if (startMs === survey.startMs) return one ? { ...own, samples } : own;
  if (one || own.samples === samples) return { startMs, samples, intervalUs };
  return { startMs: startMs - intervalUs / 1000, samples: samples + 2, intervalUs };
}

/** The facts of a survey for processes over gathers that begin at these times. */
export function withSpread(survey: SurveyFacts, starts: Float64Array): SurveyFacts {
  const [least, most] = ends(starts);
  return most > least ? { ...survey, startSpreadMs: most - least } : survey;
}

function ends(starts: Float64Array): [least: number, most: number] {
  return [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b))];
}

/**
 * The part of an axis that a request asks for. Its samples count from the start of the survey's first trace and in the
 * survey's interval, whatever a process made of them; what it leaves open reaches to the end of the axis.
 */
export function windowOn(
  axis: TimeAxis,
  { firstSample, samples }: TraceWindow,
  survey: SurveyFacts,
): TimeAxis {
  const ratio = survey.intervalUs / axis.intervalUs;
  const late = ((axis.startMs - survey.startMs) * 1000) / axis.intervalUs;
  const asked = firstSample === undefined ? 0 : Math.round(firstSample * ratio - late);
  const askedEnd = samples === undefined ? axis.samples : asked + Math.max(1, Math.round(samples * ratio));
  const first = Math.max(0, Math.min(asked, axis.samples - 1));
  const end = Math.max(first + 1, Math.min(askedEnd, axis.samples));
  return { ...axis, startMs: axis.startMs + (first * axis.intervalUs) / 1000, samples: end - first };
}

/**
 * Refuses a window that shows nothing of the survey's own traces.
 * @throws protocol
 */
export function requireInside(
  { firstSample, samples = Infinity }: TraceWindow,
  survey: SurveyFacts,
  axis: TimeAxis,
): void {
  const first = Math.round(((axis.startMs - survey.startMs) * 1000) / survey.intervalUs);
  const last = first + axis.samples - 1;
  if (firstSample === undefined || (firstSample <= last && firstSample + samples > first)) return;
  const reason = `firstSample: expected ${first} to ${last}, found ${firstSample}`;
  throw new SeisProcError("protocol", `Cannot show the traces: ${reason}`, { reason });
}
