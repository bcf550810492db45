/** Every implementation, by the id of its process. */
import type { Parameters } from "../../src/shared/processes/parameter.ts";
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
import type { Implementation } from "./process.ts";
import { stack } from "./stack.ts";

const IMPLEMENTATIONS = [
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

export const REGISTRY: ReadonlyMap<string, Implementation<Parameters>> = new Map(
  IMPLEMENTATIONS.map((one) => [one.spec.id, one as unknown as Implementation<Parameters>]),
);
