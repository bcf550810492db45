/** What a plot shows. */
export type PlotColour = "accent" | "danger" | "warn" | "ok" | "text-3" | "in" | "out" | "diff";

export interface PlotSeries {
  readonly name: string;
  /** As many as there are x. A null is a gap. */
  readonly values: readonly (number | null)[];
  readonly colour: PlotColour;
}

export interface PlotProps {
  readonly label: string;
  readonly height: number;
  /** Rising; seconds since 1970 when `isTime`. */
  readonly x: readonly number[];
  readonly isTime?: boolean;
  /** What of x is shown; absent: from the first to the last. */
  readonly across?: readonly [number, number];
  readonly series: readonly PlotSeries[];
  readonly kind?: "lines" | "points" | "stacked_bars";
  /** How a value is written at the axis. */
  readonly format: (value: number) => string;
  /** A value that is drawn as a line across, such as the limit of an alert. */
  readonly limit?: number;
}
