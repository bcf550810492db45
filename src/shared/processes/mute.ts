/** What the process mute is. */
import type { SurveyFacts } from "../seismic/survey.ts";
import { choice, number, optionalNumber, optionalNumbers } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

export interface MuteParameters {
  readonly kind: "top" | "bottom";
  readonly timesMs?: readonly number[];
  readonly offsetsM?: readonly number[];
  readonly velocityMps?: number;
  readonly shiftMs: number;
  readonly taperMs: number;
}

export const mute = defineProcess({
  id: "mute",
  title: "Mute",
  doc:
    "Zeroes samples above (top) or below (bottom) a time that depends on offset: given at offsets, linear between them and " +
    "constant beyond them, or as a straight line of a velocity. Times count from time zero: each trace " +
    "begins at its delay recording time. Offsets count without sign, in metres (those of a survey " +
    "in feet are converted). A cosine taper leads from the mute time into the live part.",
  formula:
    "top: y = 0 for t < tm, x * (1 - cos(pi (t - tm) / taperMs)) / 2 up to tm + taperMs; bottom: the mirror image; " +
    "tm = times(|offset|) + shiftMs, or |offset| / velocityMps + shiftMs",
  source: "Yilmaz, Seismic Data Analysis (2001), section 1.3 and 3.2",
  scope: "trace",
  mutes: true,
  parameters: {
    kind: choice({
      title: "Kind",
      choices: ["top", "bottom"],
      default: "top",
      doc: "Which part becomes zero",
    }),
    timesMs: optionalNumbers({
      title: "Times",
      unit: "ms",
      doc: "Mute times at offsetsM; one time alone holds for all offsets",
    }),
    offsetsM: optionalNumbers({
      title: "Offsets",
      unit: "m",
      rising: true,
      min: 0,
      doc: "Offsets of timesMs, rising",
    }),
    velocityMps: optionalNumber({
      title: "Velocity",
      unit: "m/s",
      above: 0,
      doc: "Instead of times: mute along |offset| / velocity",
    }),
    shiftMs: number({ title: "Shift", unit: "ms", default: 0, doc: "Added to the mute time" }),
    taperMs: number({ title: "Taper", unit: "ms", default: 20, min: 0, doc: "Length of the cosine taper" }),
  },
  check: checkMute,
});

function checkMute(parameters: MuteParameters, survey: SurveyFacts): ParameterProblem[] {
  const { timesMs, offsetsM, velocityMps, taperMs } = parameters;
  const problem = (parameter: string, message: string) => [{ parameter, message }];
  if (timesMs && velocityMps !== undefined) {
    return problem("velocityMps", "mute takes timesMs or velocityMps, not both");
  }
  if (velocityMps !== undefined && offsetsM) {
    return problem("offsetsM", "offsetsM belong to timesMs, not to velocityMps");
  }
  if (!timesMs && velocityMps === undefined) {
    return problem("timesMs", "mute needs timesMs with offsetsM, or velocityMps");
  }
  const count = offsetsM?.length ?? 1;
  if (timesMs && timesMs.length !== count) {
    return problem("timesMs", `timesMs has ${timesMs.length} values for ${offsetsM ? count : "no"} offsets`);
  }
  const recordMs = (survey.samplesPerTrace * survey.intervalUs) / 1000;
  if (taperMs <= recordMs) return [];
  return problem(
    "taperMs",
    `taperMs ${taperMs} is longer than the traces (${Number(recordMs.toPrecision(9))} ms) of ${survey.name}`,
  );
}
