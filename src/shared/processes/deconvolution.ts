/** What the process deconvolution is, and its lags and window in samples. */
import { isRecord } from "../is_record.ts";
import type { SurveyFacts } from "../seismic/survey.ts";
import { samplesOfMs } from "../units.ts";
import { choice, number, optionalStructured } from "./parameter.ts";
import { isNumbers } from "./parse_velocity.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

export interface DesignWindow {
  readonly startMs: number;
  readonly endMs: number;
}

interface DeconvolutionParameters {
  readonly kind: "predictive" | "spiking";
  readonly gapMs: number;
  readonly operatorMs: number;
  readonly window?: DesignWindow;
}

export const deconvolution = defineProcess({
  id: "deconvolution",
  title: "Deconvolution",
  doc:
    "Removes what can be predicted from the past of a trace: reverberations (predictive, the gap keeps the wavelet) or " +
    "the wavelet itself (spiking, the gap is one sample). Each trace gets its own operator. A dead trace stays dead.",
  formula:
    "y[i] = x[i] - sum f[j] x[i-j] over the lags j from gapMs to operatorMs, both included; R f = g with the " +
    "autocorrelation r over the window, R[i][j] = r[|i-j|], r[0] times 1 + whiteNoisePercent/100",
  source:
    "Peacock and Treitel, Geophysics 34 (1969), 155; Robinson and Treitel, Geophysical Signal Analysis (1980)",
  scope: "trace",
  parameters: {
    kind: choice({
      title: "Kind",
      choices: ["predictive", "spiking"],
      default: "predictive",
      doc: "Predictive uses gapMs; spiking predicts one sample ahead, whatever gapMs says",
    }),
    gapMs: number({
      title: "Gap",
      unit: "ms",
      default: 20,
      min: 0,
      doc: "Prediction distance, the first lag of the operator; at least one sample",
    }),
    operatorMs: number({
      title: "Operator",
      unit: "ms",
      default: 200,
      above: 0,
      doc: "Last lag of the operator, counted from zero lag",
    }),
    whiteNoisePercent: number({
      title: "White noise",
      unit: "%",
      default: 0.1,
      min: 0,
      max: 100,
      doc: "Added to the zero lag of the autocorrelation, which keeps the operator stable",
    }),
    window: optionalStructured<DesignWindow>({
      title: "Design window",
      doc:
        "Times over which the autocorrelation is taken, within the record of every trace; left out: the whole trace",
      parse: parseWindow,
    }),
  },
  check: (parameters, survey) => [...lagProblems(parameters, survey), ...windowProblems(parameters, survey)],
});

/** First and last lag in samples, both included. */
export function operatorLags({ kind, gapMs, operatorMs }: DeconvolutionParameters, intervalUs: number) {
  const gap = kind === "spiking" ? 1 : Math.round(samplesOfMs(gapMs, intervalUs));
  return { gap, lastLag: Math.round(samplesOfMs(operatorMs, intervalUs)) };
}

/** The samples [first, end) of the design window in a trace that begins at `startMs`. */
export function designSamples(
  window: DesignWindow | undefined,
  { samplesPerTrace, intervalUs }: SurveyFacts,
  startMs: number,
): { first: number; end: number } {
  if (!window) return { first: 0, end: samplesPerTrace };
  const first = Math.round(samplesOfMs(window.startMs - startMs, intervalUs));
  const end = Math.round(samplesOfMs(window.endMs - startMs, intervalUs)) + 1;
  return { first: Math.max(0, first), end: Math.min(samplesPerTrace, end) };
}

/** Times of the first and last sample of a trace that begins at `startMs`. */
export function recordMs({ samplesPerTrace, intervalUs }: SurveyFacts, startMs: number): DesignWindow {
  return { startMs, endMs: Number((startMs + ((samplesPerTrace - 1) * intervalUs) / 1000).toPrecision(9)) };
}

export function holdsWindow(record: DesignWindow, window: DesignWindow): boolean {
  return window.startMs >= record.startMs && window.endMs <= record.endMs;
}

function parseWindow(value: unknown): { value: DesignWindow } | { expected: string } {
  const expected = "{ startMs, endMs } or [startMs, endMs] with the start before the end (ms)";
  const pair = isRecord(value) && Object.keys(value).length === 2 ? [value.startMs, value.endMs] : value;
  if (!isNumbers(pair) || pair.length !== 2 || pair[0] >= pair[1]) return { expected };
  return { value: { startMs: pair[0], endMs: pair[1] } };
}

function lagProblems(parameters: DeconvolutionParameters, survey: SurveyFacts): ParameterProblem[] {
  const { gap, lastLag } = operatorLags(parameters, survey.intervalUs);
  const { gapMs, operatorMs } = parameters;
  const intervalMs = survey.intervalUs / 1000;
  if (gap < 1) {
    return [{
      parameter: "gapMs",
      message: `gapMs ${gapMs} is below one sample (${intervalMs} ms) of ${survey.name}`,
    }];
  }
  if (lastLag < gap) {
    const least = parameters.kind === "spiking" ? `one sample (${intervalMs} ms)` : `gapMs ${gapMs}`;
    return [{ parameter: "operatorMs", message: `operatorMs ${operatorMs} is below ${least}` }];
  }
  if (lastLag < survey.samplesPerTrace) return [];
  const recordMs = (survey.samplesPerTrace - 1) * intervalMs;
  const message = `operatorMs ${operatorMs} is longer than the traces (${
    Number(recordMs.toPrecision(9))
  } ms) of ${survey.name}`;
  return [{ parameter: "operatorMs", message }];
}

function windowProblems(parameters: DeconvolutionParameters, survey: SurveyFacts): ParameterProblem[] {
  const { window } = parameters;
  if (!window) return [];
  const text = `window ${window.startMs} to ${window.endMs} ms`;
  const record = recordMs(survey, survey.startMs);
  if (!holdsWindow(record, window)) {
    return [{
      parameter: "window",
      message: `${text} is not within the traces (${record.startMs} to ${record.endMs} ms) of ${survey.name}`,
    }];
  }
  if (window.endMs - window.startMs > parameters.operatorMs) return [];
  return [{
    parameter: "window",
    message: `${text} is not longer than operatorMs ${parameters.operatorMs}`,
  }];
}
