/** What the process resample is. */
import type { TraceShape } from "../seismic/survey.ts";
import { number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const resample = defineProcess({
  id: "resample",
  title: "Resample",
  doc:
    "Changes the sample interval. Frequencies up to 80 % of the lower of both Nyquist frequencies are kept, those above it " +
    "are removed, so that nothing folds back when the interval gets longer. The first sample keeps its time; the " +
    "record ends at or before its old end. Words ns and dt follow.",
  formula:
    "y(t) = sum x[i] h(t/dt - i), h(u) = c sinc(c u) Kaiser(u), c = 0.9 min(1, dt/dtNew), 24 zero crossings to each side, " +
    "80 dB; the taps of each phase sum to one",
  source:
    "Oppenheim and Schafer, Discrete-Time Signal Processing (1989), sections 3.6 and 7.4.3 (Kaiser window)",
  scope: "trace",
  parameters: {
    intervalMs: number({ title: "Interval", unit: "ms", above: 0, doc: "The new sample interval" }),
  },
  outputShape: ({ intervalMs }, survey) => resampledShape(intervalMs, survey),
  check({ intervalMs }, survey) {
    if (resampledShape(intervalMs, survey).samplesPerTrace >= 2) return [];
    const recordMs = ((survey.samplesPerTrace - 1) * survey.intervalUs) / 1000;
    return [{
      parameter: "intervalMs",
      message: `intervalMs ${intervalMs} is longer than the traces (${
        Number(recordMs.toPrecision(9))
      } ms) of ${survey.name}`,
    }];
  },
});

/** As many samples as fit into the time of the old ones. */
function resampledShape(intervalMs: number, { samplesPerTrace, intervalUs }: TraceShape): TraceShape {
  const newIntervalUs = Number((intervalMs * 1000).toPrecision(12));
  const steps = ((samplesPerTrace - 1) * intervalUs) / newIntervalUs;
  return { samplesPerTrace: Math.floor(steps + 1e-9) + 1, intervalUs: newIntervalUs };
}
