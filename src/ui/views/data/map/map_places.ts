/** Places of sources and midpoints from columns of header words, each place once. */
import type { WordColumns } from "../../../actions/data/header_columns.ts";

type Place = readonly [x: number, y: number];

export interface Places {
  readonly sources: readonly Place[];
  readonly midpoints: readonly Place[];
  readonly extent: {
    readonly minX: number;
    readonly maxX: number;
    readonly minY: number;
    readonly maxY: number;
  };
}

/** Null where no word tells places. Midpoints of sources and receivers, else those that the bins say. */
export function placesOf(columns: WordColumns): Places | null {
  const [sx, sy, gx, gy, cdpx, cdpy] = ["sx", "sy", "gx", "gy", "cdpx", "cdpy"].map((word) =>
    columns.get(word) ?? new Float64Array()
  );
  const hasSources = says(sx) || says(sy), hasReceivers = says(gx) || says(gy);
  const sources = hasSources ? unique(sx, sy) : [];
  const mean = (a: Float64Array, b: Float64Array) => a.map((value, i) => (value + b[i]) / 2);
  const midpoints = hasSources && hasReceivers
    ? unique(mean(sx, gx), mean(sy, gy))
    : says(cdpx) || says(cdpy)
    ? unique(cdpx, cdpy)
    : [];
  const all = [...sources, ...midpoints];
  if (all.length === 0) return null;
  const extent = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
  for (const [x, y] of all) {
    extent.minX = Math.min(extent.minX, x);
    extent.maxX = Math.max(extent.maxX, x);
    extent.minY = Math.min(extent.minY, y);
    extent.maxY = Math.max(extent.maxY, y);
  }
  return { sources, midpoints, extent };
}

function says(values: Float64Array): boolean {
  return values.some((value) => value !== 0);
}

function unique(xs: Float64Array, ys: Float64Array): Place[] {
  const places = new Map<string, Place>();
  xs.forEach((x, i) => {
    if (Number.isFinite(x) && Number.isFinite(ys[i])) places.set(`${x} ${ys[i]}`, [x, ys[i]]);
  });
  return [...places.values()];
}
