/** How View shows amplitudes. It changes pictures only, never data or flows, and is kept in this browser. */
import { computed, effect, signal } from "@preact/signals";
import { COLOUR_MAPS, type ColourMapName } from "../../canvas/colour/maps.ts";
import { DRAW_MODES, type DrawMode } from "../../canvas/draw/style.ts";
import { isRecord } from "../../../shared/is_record.ts";

/** What the clip's percentile is counted over; `trace` and `agc` even traces out before, for the eye alone. */
export const SCALINGS = ["gather", "survey", "trace", "agc"] as const;
export type Scaling = typeof SCALINGS[number];
export const LAYOUTS = ["side", "flip"] as const;
export type Layout = typeof LAYOUTS[number];

export interface Look {
  readonly mode: DrawMode;
  readonly map: ColourMapName;
  readonly gainDb: number;
  /** So many percent of the samples lie below the ends of the colours. */
  readonly clipPercent: number;
  /** An amplitude that was typed in place of the percentile. */
  readonly typedClip: number | null;
  readonly turned: boolean;
  readonly scaling: Scaling;
  readonly agcMs: number;
  readonly layout: Layout;
  /** Word of the curve above the panels. */
  readonly plotWord: string;
  /** Word that names traces above the panels; null: their numbers. */
  readonly labelWord: string | null;
  readonly timeLines: boolean;
  /** Where traces begin to be live: what mutes have left. */
  readonly firstLive: boolean;
  /** Lines where this word changes from trace to trace. */
  readonly borderWord: string | null;
}

export const DEFAULT_LOOK: Look = {
  mode: "density",
  map: "vik",
  gainDb: 0,
  clipPercent: 98,
  typedClip: null,
  turned: false,
  scaling: "gather",
  agcMs: 500,
  layout: "side",
  plotWord: "offset",
  labelWord: null,
  timeLines: false,
  firstLive: false,
  borderWord: null,
};

export const GAIN_DB = { least: -40, most: 40 } as const;
export const CLIP_PERCENT = { least: 50, most: 100 } as const;
const KEY = "seisproc.look";

export const look = signal<Look>(parseLook(stored()));

/** Words that are wanted above the panels, as one text, so that it changes only when they do. */
export const wordsAbove = computed(() => {
  const { plotWord, labelWord, borderWord } = look.value;
  return [plotWord, labelWord, borderWord].filter((word) => word !== null).join(" ");
});

export function setLook(change: Partial<Look>): void {
  look.value = parseLook({ ...look.value, ...change });
}

/** Keeps what is set from now on. */
export function keepLook(): void {
  effect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(look.value));
    } catch {
      // A browser that keeps nothing shows the usual look at its next start.
    }
  });
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}

/** What is odd falls back to the usual. */
export function parseLook(value: unknown): Look {
  const given = isRecord(value) ? value : {};
  const usual = DEFAULT_LOOK;
  const maps = Object.keys(COLOUR_MAPS).filter((name): name is ColourMapName => name in COLOUR_MAPS);
  return {
    mode: oneOf(DRAW_MODES, given.mode, usual.mode),
    map: oneOf(maps, given.map, usual.map),
    gainDb: within(given.gainDb, GAIN_DB.least, GAIN_DB.most, usual.gainDb),
    clipPercent: within(given.clipPercent, CLIP_PERCENT.least, CLIP_PERCENT.most, usual.clipPercent),
    typedClip: typeof given.typedClip === "number" && given.typedClip > 0 ? given.typedClip : null,
    turned: given.turned === true,
    scaling: oneOf(SCALINGS, given.scaling, usual.scaling),
    agcMs: within(given.agcMs, 1, 1e6, usual.agcMs),
    layout: oneOf(LAYOUTS, given.layout, usual.layout),
    plotWord: typeof given.plotWord === "string" ? given.plotWord : usual.plotWord,
    labelWord: typeof given.labelWord === "string" ? given.labelWord : null,
    timeLines: given.timeLines === true,
    firstLive: given.firstLive === true,
    borderWord: typeof given.borderWord === "string" ? given.borderWord : null,
  };
}

function oneOf<T>(choices: readonly T[], value: unknown, usual: T): T {
  return choices.find((choice) => choice === value) ?? usual;
}

function within(value: unknown, least: number, most: number, usual: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(least, Math.min(most, value)) : usual;
}
