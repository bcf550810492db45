/** How amplitudes become colours and excursions. Nothing in it needs new data when it changes. */

export const DRAW_MODES = ["density", "wiggle", "both"] as const;
export type DrawMode = typeof DRAW_MODES[number];

export interface Style {
  readonly mode: DrawMode;
  /** Amplitude to colour and excursion: 1 is the clip; negative with turned polarity. */
  readonly scale: number;
  /** 513 colours, see `colour_table.ts`. */
  readonly table: Uint32Array;
  /** Samples that are NaN or infinite. */
  readonly notFinite: number;
  /** Where there are no traces. */
  readonly surround: number;
  /** Lines and areas of wiggles, and what lies under them without density. */
  readonly ink: number;
  readonly paper: number;
  /** Thickness of a wiggle's line in pixels of the screen. */
  readonly lineWidth: number;
}

/** Traces narrower than this many pixels are drawn as density whatever is asked. */
export const NARROWEST_WIGGLE = 8;
/** How far a sample at the clip swings, in traces, and the farthest that any swings. */
export const EXCURSION = 1.5;
export const LARGEST_EXCURSION = 2;

export interface Amplification {
  /** Amplitude that is drawn at full colour with a gain of 0 dB. */
  readonly clip: number;
  readonly gainDb: number;
  readonly turned: boolean;
}

export function scaleOf({ clip, gainDb, turned }: Amplification): number {
  const scale = 10 ** (gainDb / 20) / (clip > 0 ? clip : 1);
  return turned ? -scale : scale;
}

/** What is really drawn when traces are this many pixels wide. */
export function modeFor(mode: DrawMode, pixelsPerTrace: number): DrawMode {
  return pixelsPerTrace >= NARROWEST_WIGGLE ? mode : "density";
}
