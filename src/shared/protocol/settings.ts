/** What the user sets for a workspace: kept there, the same in all windows. */
import { type Check, fields, isBoolean, isNumber, nullable } from "../job/parse.ts";
import { maybe, orNull, type Parser, shape, truth, whole } from "./parse_fields.ts";

export interface Settings {
  /** Heavy jobs at once, and light ones beside them. */
  readonly heavy: number;
  readonly light: number;
  /** What jobs take that do not say otherwise; null: a worker for each core, memory as it is free. */
  readonly workers: number | null;
  readonly memoryMB: number | null;
  /** Jobs that ended so long ago are removed, unless they have the tag `pinned`; null: never. Results stay. */
  readonly retentionDays: number | null;
  /** A job that starts brings the jobs to the front. */
  readonly bringDashboardToFront: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  heavy: 1,
  light: 2,
  workers: null,
  memoryMB: null,
  retentionDays: 90,
  bringDashboardToFront: false,
};

/** The tag that keeps a job from being removed by its age. */
export const PINNED = "pinned";

/** Kinds of what the user made and windows keep in the workspace: saved views, presets, recent files and the like. */
export const DOCUMENT_KINDS = ["view", "preset", "mapping", "recent", "history", "preference"] as const;
export type DocumentKind = typeof DOCUMENT_KINDS[number];

export interface DocumentEntry {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export const settingsChange: Parser<Partial<Settings>> = shape<Partial<Settings>>({
  heavy: maybe(whole(1, 64)),
  light: maybe(whole(1, 64)),
  workers: maybe(orNull(whole(1, 256))),
  memoryMB: maybe(orNull(whole(64, 1 << 24))),
  retentionDays: maybe(orNull(whole(1, 36_500))),
  bringDashboardToFront: maybe(truth),
});

export const isSettings: Check = fields({
  heavy: isNumber,
  light: isNumber,
  workers: nullable(isNumber),
  memoryMB: nullable(isNumber),
  retentionDays: nullable(isNumber),
  bringDashboardToFront: isBoolean,
});
