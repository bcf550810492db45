/** Every implementation, by the id of its process. */
import type { Parameters } from "../../src/shared/processes/parameter.ts";
import { dcRemoval } from "./dc_removal.ts";
import { deconvolution } from "./deconvolution.ts";
import { gain } from "./gain.ts";
import { headerMath } from "./header_math.ts";
import { kill } from "./kill.ts";
import { mute } from "./mute.ts";
import { nmo } from "./nmo.ts";
import { statics } from "./statics.ts";
import { resample } from "./resample.ts";
import type { Implementation } from "./process.ts";
import { stack } from "./stack.ts";

const IMPLEMENTATIONS = [
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

export const REGISTRY: ReadonlyMap<string, Implementation<Parameters>> = new Map(
  IMPLEMENTATIONS.map((one) => [one.spec.id, one as unknown as Implementation<Parameters>]),
);
