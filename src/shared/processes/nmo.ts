/** What the process nmo is. */
import { boolean, integer, number, velocity, type VelocityFunction } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

/** The kernels count positions in 1/4096 of a sample with 32 bits. */
const MOST_SAMPLES = 500_000;

export const nmo = defineProcess({
  id: "nmo",
  title: "Normal moveout",
  doc:
    "Moves reflections of a gather to their zero-offset time. RMS velocity is linear in time; between the cdps of several " +
    "functions 1/v^2 is linear in cdp; beyond the first and last time and cdp it stays constant. Offsets come from the " +
    "header word offset, in the survey's length unit (feet are converted). Samples that are stretched too much are muted. " +
    "Each trace keeps its start, its delay recording time; what would move before that is lost.",
  formula:
    "y(t0) = x(sqrt(t0^2 + offset^2 / v(t0)^2)), interpolated with 8-point sinc filters; zero down to the last sample " +
    "with dt0/dt > stretchMute, then a linear ramp",
  source: "Yilmaz, Seismic Data Analysis (2001), section 3.2; filters after Hale (CWP 1989)",
  scope: "trace",
  parameters: {
    velocity: velocity({
      title: "Velocity",
      doc: "RMS velocities over time, for the line or at several cdps",
    }),
    stretchMute: number({
      title: "Stretch mute",
      unit: "",
      default: 1.5,
      min: 0,
      doc: "Largest stretch dt0/dt that survives, 1 or more; 0: no mute",
    }),
    taperSamples: integer({
      title: "Taper",
      unit: "samples",
      default: 25,
      min: 0,
      max: 100_000,
      doc: "Length of the linear ramp below the stretch mute",
    }),
    inverse: boolean({
      title: "Inverse",
      default: false,
      doc:
        "Put the moveout back with the inverse time map. Approximate: what was muted or squeezed stays lost",
    }),
  },
  check({ velocity, stretchMute }, survey) {
    return [
      ...stretchProblems(stretchMute),
      ...cdpProblems(velocity),
      ...(survey.samplesPerTrace <= MOST_SAMPLES ? [] : [{
        parameter: "velocity",
        message:
          `nmo takes traces of up to ${MOST_SAMPLES} samples, and ${survey.name} has ${survey.samplesPerTrace}`,
      }]),
    ];
  },
});

function stretchProblems(stretchMute: number): ParameterProblem[] {
  if (stretchMute === 0 || stretchMute >= 1) return [];
  const message = `stretchMute ${stretchMute} is below 1 and would mute unstretched samples; 0 means no mute`;
  return [{ parameter: "stretchMute", message }];
}

function cdpProblems(velocity: readonly VelocityFunction[]): ParameterProblem[] {
  if (velocity.length < 2 || velocity.every((one) => one.cdp !== undefined)) return [];
  return [{ parameter: "velocity", message: "several velocity functions need a cdp each" }];
}
