/** What the process phase_rotation is. */
import { number } from "./parameter.ts";
import { defineProcess } from "./process.ts";

export const phaseRotation = defineProcess({
  id: "phase_rotation",
  title: "Phase rotation",
  doc:
    "Adds a constant phase to all frequencies: 180 degrees turns the polarity, 90 degrees turns cos(wt) into " +
    "-sin(wt). Traces are padded with zeros so that nothing wraps around.",
  formula: "y = cos(phase) x - sin(phase) H[x], H the Hilbert transform; cos(wt) becomes cos(wt + phase)",
  source:
    "Taner, Koehler and Sheriff, Complex seismic trace analysis, Geophysics 44 (1979), equations 1 to 6",
  scope: "trace",
  parameters: {
    phaseDegrees: number({
      title: "Phase",
      unit: "degrees",
      min: -360,
      max: 360,
      doc: "Phase added to every frequency",
    }),
  },
});
