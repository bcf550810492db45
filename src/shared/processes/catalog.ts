/** Every process there is, in the order in which the catalog is shown. */
import { agc } from "./agc.ts";
import { bandpass } from "./bandpass.ts";
import { balance } from "./balance.ts";
import { fkFilter } from "./fk_filter.ts";
import { ormsby } from "./ormsby.ts";
import { phaseRotation } from "./phase_rotation.ts";
import { spectralWhitening } from "./spectral_whitening.ts";
import { polarity } from "./polarity.ts";
import { dcRemoval } from "./dc_removal.ts";
import { deconvolution } from "./deconvolution.ts";
import { gain } from "./gain.ts";
import { headerMath } from "./header_math.ts";
import { kill } from "./kill.ts";
import { mute } from "./mute.ts";
import { nmo } from "./nmo.ts";
import { statics } from "./statics.ts";
import { resample } from "./resample.ts";
import { timeWindow } from "./time_window.ts";
import { stack } from "./stack.ts";
import type { ProcessSpec } from "./process.ts";
import type { Parameters } from "./parameter.ts";

const SPECS = [
  bandpass,
  ormsby,
  agc,
  balance,
  phaseRotation,
  spectralWhitening,
  fkFilter,
  polarity,
  dcRemoval,
  deconvolution,
  gain,
  headerMath,
  kill,
  mute,
  timeWindow,
  nmo,
  resample,
  statics,
  stack,
] as const;

/** A spec whose parameter types are forgotten: values passed to it must have come from `parseParameters`. */
export type AnyProcessSpec = ProcessSpec<Parameters>;

export const CATALOG: ReadonlyMap<string, AnyProcessSpec> = new Map(
  SPECS.map((spec) => [spec.id, spec as unknown as AnyProcessSpec]),
);
