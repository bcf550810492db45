/** How the traces of a survey lie on the ground, as a scan tells it. Lengths are in the survey's own unit. */

/** Numbers from `first` to `last` in steps of `step`. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** Traces of a bin: over the bins that have any. */
export interface FoldRange {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface GridCorner {
  readonly iline: number;
  readonly xline: number;
  readonly x: number;
  readonly y: number;
}

/** Where a grid lies: least squares of coordinates on inline and crossline numbers. */
export interface GridPlace {
  /** Whose coordinates: of bins (bytes 181-188), or midpoints of source and receiver. */
  readonly from: "cdp" | "midpoint";
  /** From one inline to the next of the survey, and from one crossline to the next. */
  readonly inlineSpacing: number;
  readonly crosslineSpacing: number;
  /** Clockwise from north (+y), along an inline to where crossline numbers grow. */
  readonly inlineAzimuthDeg: number;
  /** From the first bin of the first inline, along it, and on round the survey. */
  readonly corners: readonly GridCorner[];
  /** Root mean square of the distances from the fitted places. */
  readonly residual: number;
}

/** What traces are there, and what is not. */
export interface Coverage {
  readonly fold: FoldRange;
  /** Bins inside the ranges without a trace. */
  readonly missing: number;
  /** Traces whose bin and offset an earlier trace has; absent where there are too many to tell. */
  readonly doubles?: number;
}

export interface GridGeometry extends Coverage {
  readonly kind: "grid";
  readonly inlines: NumberRange;
  readonly crosslines: NumberRange;
  /** Absent without coordinates, or where these are angles. */
  readonly place?: GridPlace;
}

export interface LineGeometry extends Coverage {
  readonly kind: "line";
  /** The word that numbers the bins. */
  readonly word: "cdp" | "iline" | "xline";
  readonly numbers: NumberRange;
  /** Along the mean places of the bins, and the median distance from one to the next. */
  readonly place?: { readonly from: "cdp" | "midpoint"; readonly length: number; readonly spacing: number };
}

export type SurveyGeometry = GridGeometry | LineGeometry;
