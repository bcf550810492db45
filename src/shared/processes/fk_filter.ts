/** What the process fk_filter is. */
import { checkRising } from "./checks.ts";
import { choice, number, optionalNumber } from "./parameter.ts";
import { defineProcess, type ParameterProblem } from "./process.ts";

export const fkFilter = defineProcess({
  id: "fk_filter",
  title: "F-K filter",
  doc:
    "Removes or keeps what crosses the gather with an apparent velocity in a range, in the frequency-wavenumber " +
    "domain. Traces are taken in order of their true distance, at the mean spacing; a spacing that departs from it by " +
    "over 20 % is said. Traces that begin at different times are put on one time axis for it, and come back at their own " +
    "start. A gather of one trace passes unchanged and is counted. Coordinates in degrees or arc seconds are projected " +
    "to UTM (WGS 84), zone of the gather's first trace. Time and space are padded so that nothing wraps around.",
  formula:
    "Y(f, k) = W(|k| / f) X(f, k); W is one (zero) for slownesses of the fan, its corners included, with ramps " +
    "3u^2 - 2u^3 outside; n samples and m traces become n (1 + paddingPercent/100) and m (1 + paddingPercent/100), rounded " +
    "up to the cheapest transform lengths from there on with no factors but 2, 3 and 5 (in time an even one)",
  source:
    "Embree, Burg and Backus, Wide-band velocity filtering, Geophysics 28 (1963); Yilmaz (2001), section 6.2",
  scope: "gather",
  parameters: {
    kind: choice({
      title: "Kind",
      choices: ["reject", "pass"],
      default: "reject",
      doc: "Whether the velocities of the range are removed, or all others",
    }),
    minVelocityMps: number({
      title: "Lowest velocity",
      unit: "m/s",
      default: 0,
      min: 0,
      doc: "Lowest apparent velocity of the range; zero: everything slower too",
    }),
    maxVelocityMps: optionalNumber({
      title: "Highest velocity",
      unit: "m/s",
      above: 0,
      doc: "Highest apparent velocity of the range; absent: everything faster too",
    }),
    dips: choice({
      title: "Dips",
      choices: ["both", "positive", "negative"],
      default: "both",
      doc: "Which dips the range holds: positive ones come later at greater distance",
    }),
    taperPercent: number({
      title: "Taper",
      unit: "%",
      default: 20,
      min: 0,
      max: 90,
      doc: "Width of the ramps outside the range, in percent of the slowness at each corner",
    }),
    paddingPercent: number({
      title: "Padding",
      unit: "%",
      default: 100,
      min: 20,
      max: 400,
      doc: "Zeros after the gather in time and in space, in percent of its size",
    }),
    distance: choice({
      title: "Distance",
      choices: ["offset", "receiver", "source"],
      default: "offset",
      doc: "Where traces lie: at the offset word, or along the line through receivers or sources",
    }),
  },
  check: ({ minVelocityMps, maxVelocityMps }): ParameterProblem[] => {
    if (maxVelocityMps !== undefined) return checkRising({ minVelocityMps, maxVelocityMps });
    if (minVelocityMps > 0) return [];
    return [{
      parameter: "maxVelocityMps",
      message: "neither minVelocityMps nor maxVelocityMps bounds the range",
    }];
  },
});
