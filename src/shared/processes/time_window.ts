/** What the process time_window is, and its window in samples. */
import type { SurveyFacts, TraceShape } from "../seismic/survey.ts";
import { samplesOfMs } from "../units.ts";
import { choice, number } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

export const timeWindow = defineProcess({
  id: "time_window",
  title: "Time window",
  doc:
    "Keeps a window of time. Cut makes shorter traces: each begins with its first sample at or after startMs, its delay " +
    "recording time follows, and all have as many samples as the window has in the first trace; zeros stand where a " +
    "trace has none, which is told. Zero keeps the length and zeroes what lies outside. Times count from time zero, " +
    "with each trace's own delay.",
  formula: "first = ceil((startMs - delay) / dt); y[i] = x[first + i], delay' = delay + first dt",
  source: "SEG-Y revision 2.1 (SEG 2023), trace header bytes 109-110 (delay recording time)",
  scope: "trace",
  mutes: true,
  parameters: {
    startMs: number({ title: "Start", unit: "ms", doc: "First time of the window, within the record" }),
    endMs: number({ title: "End", unit: "ms", doc: "Last time of the window, within the record" }),
    mode: choice({
      title: "Outside",
      choices: ["cut", "zero"],
      default: "cut",
      doc: "Whether what lies outside is cut off or zeroed",
    }),
  },
  outputShape: (window, survey) => window.mode === "cut" ? cutShape(window, survey) : shapeOf(survey),
  check: (window, survey) => [...orderProblems(window), ...recordProblems(window, survey)],
});

/** Times closer than this part of a sample to a sample are its own. */
const WHOLE = 1e-6;

/** The samples [first, end) of the window in a trace that begins at `traceStartMs`; they may lie outside the trace. */
export function windowSamples({ startMs, endMs }: Window, traceStartMs: number, intervalUs: number) {
  return {
    first: Math.ceil(samplesOfMs(startMs - traceStartMs, intervalUs) - WHOLE),
    end: Math.floor(samplesOfMs(endMs - traceStartMs, intervalUs) + WHOLE) + 1,
  };
}

/** Start of a trace that begins with this sample of another; free of the digits that sums of milliseconds leave. */
export function movedStartMs(traceStartMs: number, first: number, intervalUs: number): number {
  return Number((traceStartMs + (first * intervalUs) / 1000).toPrecision(12));
}

function cutShape(window: Window, survey: SurveyFacts): TraceShape {
  const { samplesPerTrace, intervalUs, startSpreadMs } = survey;
  const { first, end } = windowSamples(window, survey.startMs, intervalUs);
  // Traces whose samples lie between those of others keep their fraction of a sample.
  const spread = startSpreadMs === undefined
    ? {}
    : { startSpreadMs: Math.min(startSpreadMs, intervalUs / 1001) };
  return {
    samplesPerTrace: Math.max(1, Math.min(end, samplesPerTrace) - first),
    intervalUs,
    startMs: movedStartMs(survey.startMs, first, intervalUs),
    ...spread,
  };
}

function shapeOf({ samplesPerTrace, intervalUs }: SurveyFacts): TraceShape {
  return { samplesPerTrace, intervalUs };
}

function orderProblems({ startMs, endMs }: Window): ParameterProblem[] {
  if (startMs <= endMs) return [];
  return [{ parameter: "endMs", message: `endMs ${endMs} is before startMs ${startMs}` }];
}

/** A window that ends one sample after the record, where the next would lie, is taken to end with it. */
function recordProblems(window: Window, survey: SurveyFacts): ParameterProblem[] {
  const { samplesPerTrace, intervalUs, startMs, name } = survey;
  const lastMs = movedStartMs(startMs, samplesPerTrace - 1, intervalUs);
  const nextMs = movedStartMs(startMs, samplesPerTrace, intervalUs);
  const record = `the record of ${name} (${startMs} to ${lastMs} ms)`;
  const { first, end } = windowSamples(window, startMs, intervalUs);
  const outside = (parameter: "startMs" | "endMs") => [{
    parameter,
    message: `${parameter} ${window[parameter]} is outside ${record}`,
  }];
  if (window.startMs < startMs || window.startMs > lastMs) return outside("startMs");
  if (window.endMs > nextMs) return outside("endMs");
  if (end > first) return [];
  return [{
    parameter: "endMs",
    message: `the window from ${window.startMs} to ${window.endMs} ms holds no sample of ${name} (every ${
      intervalUs / 1000
    } ms)`,
  }];
}
