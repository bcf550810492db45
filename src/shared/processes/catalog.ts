/** Every process there is, in the order in which the catalog is shown. */
import { dcRemoval } from "./dc_removal.ts";
import { deconvolution } from "./deconvolution.ts";
import { gain } from "./gain.ts";
import { headerMath } from "./header_math.ts";
import { kill } from "./kill.ts";
import { mute } from "./mute.ts";
import { nmo } from "./nmo.ts";
import { statics } from "./statics.ts";
import { resample } from "./resample.ts";
import { stack } from "./stack.ts";
import type { ProcessSpec } from "./process.ts";
import type { Parameters } from "./parameter.ts";

const SPECS = [
  dcRemoval,
  deconvolution,
  gain,
  headerMath,
  kill,
  mute,
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
