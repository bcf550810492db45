/** Watches header words of all traces and tells how the survey lies: a grid of inlines and crosslines, or a line. */
import type { GridPlace, SurveyGeometry } from "../../../src/shared/seismic/survey_geometry.ts";
import { applyScalar, type HeaderWord, removeScalar } from "../../../src/shared/seismic/trace_header.ts";
import { counts } from "../../traces/extended_words.ts";
import { BinCounts } from "./bin_counts.ts";
import { DoubleWatch } from "./double_watch.ts";
import { LineBins, numbersOf, pathOf } from "./line_bins.ts";
import { type Plane, PlaneFit } from "./plane_fit.ts";

const NUMBERS = ["iline", "xline", "cdp", "offset"] as const;
const PLACES = ["cdpx", "cdpy", "sx", "sy", "gx", "gy"] as const;
const NAMES = [...NUMBERS, "scalco", ...PLACES] as const;
type Name = typeof NAMES[number];

/** A column of values of one word, `[trace]`. */
export type WordColumn = ArrayLike<number>;

interface Range {
  min: number;
  max: number;
}

export class GeometryWatch {
  /** The words that `add` takes, in this order. */
  readonly words: readonly HeaderWord[];
  readonly #columns: ReadonlyMap<Name, { readonly value: number; readonly extended: number }>;
  readonly #bins = new BinCounts();
  readonly #doubles = new DoubleWatch();
  readonly #fits = { cdp: new PlaneFit(), midpoint: new PlaneFit() };
  readonly #lines = { cdp: new LineBins(), iline: new LineBins(), xline: new LineBins() };
  readonly #ranges: Record<"iline" | "xline" | "cdp", Range> = {
    iline: { min: Infinity, max: -Infinity },
    xline: { min: Infinity, max: -Infinity },
    cdp: { min: Infinity, max: -Infinity },
  };
  #traces = 0;
  #withCdp = 0;
  #moved = false;

  /** `words`: those of the survey, mappings included. */
  constructor(words: readonly HeaderWord[]) {
    const found = NAMES.flatMap((name) => words.filter((word) => word.name === name));
    this.words = found.flatMap((word) => word.extended ? [word, word.extended] : [word]);
    this.#columns = new Map(
      found.map((word) => [word.name as Name, {
        value: this.words.indexOf(word),
        extended: word.extended ? this.words.indexOf(word.extended) : -1,
      }]),
    );
  }

  /** Takes the words of the next `count` traces, as stored. */
  add(count: number, columns: readonly WordColumn[]): void {
    const [iline, xline, cdp, offset] = NUMBERS.map((name) => this.#values(name, count, columns));
    const scalars = this.#values("scalco", count, columns);
    const [bx, by, sx, sy, gx, gy] = PLACES.map((name) => this.#values(name, count, columns, scalars));
    let scalar = NaN, factor = 1;
    for (let trace = 0; trace < count; trace++) {
      if (scalars[trace] !== scalar) factor = applyScalar(1, scalar = scalars[trace]);
      const i = iline[trace], j = xline[trace];
      this.#see(i, j, cdp[trace], offset[trace]);
      const isBinned = bx[trace] !== 0 || by[trace] !== 0;
      const mx = (sx[trace] + gx[trace]) / 2 * factor, my = (sy[trace] + gy[trace]) / 2 * factor;
      if (isBinned) this.#withCdp++;
      this.#moved ||= mx !== 0 || my !== 0;
      const x = isBinned ? bx[trace] * factor : mx, y = isBinned ? by[trace] * factor : my;
      if (i !== 0 || j !== 0) {
        this.#fits.midpoint.add(i, j, mx, my);
        if (isBinned) this.#fits.cdp.add(i, j, x, y);
      }
      if (!this.#isGrid) this.#lay(i, j, cdp[trace], x, y);
    }
  }

  /** Undefined where no word numbers bins. Without `places`, coordinates are angles: only numbers are told. */
  geometry(places: boolean): SurveyGeometry | undefined {
    const { iline, xline, cdp } = this.#ranges;
    if (this.#isGrid) return this.#grid(places);
    const word = varies(cdp) ? "cdp" : varies(xline) ? "xline" : varies(iline) ? "iline" : undefined;
    return word && this.#line(word, places);
  }

  #lay(i: number, j: number, cdp: number, x: number, y: number): void {
    this.#lines.cdp.add(cdp, x, y);
    this.#lines.iline.add(i, x, y);
    this.#lines.xline.add(j, x, y);
  }

  get #isGrid(): boolean {
    return varies(this.#ranges.iline) && varies(this.#ranges.xline);
  }

  /**
   * Values of a word; those of the extension that takes its place where that is not zero, as the scalar would make them;
   * zeros where it is absent.
   */
  #values(name: Name, count: number, columns: readonly WordColumn[], scalars?: WordColumn): WordColumn {
    const place = this.#columns.get(name);
    if (!place) return new Float64Array(count);
    const values = columns[place.value], extended = columns[place.extended];
    if (!extended) return values;
    return Float64Array.from({ length: count }, (_, k) => {
      return counts(extended[k]) ? removeScalar(extended[k], scalars?.[k] ?? 1) : values[k];
    });
  }

  #see(iline: number, xline: number, cdp: number, offset: number): void {
    this.#traces++;
    widen(this.#ranges.iline, iline);
    widen(this.#ranges.xline, xline);
    widen(this.#ranges.cdp, cdp);
    this.#bins.add(iline, xline);
    this.#doubles.add(iline, iline === 0 && xline === 0 ? cdp : xline, offset);
  }

  #grid(places: boolean): SurveyGeometry | undefined {
    if (this.#bins.isFull) return undefined;
    const { iline, xline } = this.#ranges;
    const bins = this.#bins.summary(iline.min, xline.min);
    const inlines = { first: iline.min, last: iline.max, step: bins.inlineStep };
    const crosslines = { first: xline.min, last: xline.max, step: bins.crosslineStep };
    const all = ((iline.max - iline.min) / bins.inlineStep + 1) *
      ((xline.max - xline.min) / bins.crosslineStep + 1);
    const from = this.#withCdp === this.#traces ? "cdp" : "midpoint";
    const plane = places && (from === "cdp" || this.#moved) ? this.#fits[from].solve() : undefined;
    return {
      kind: "grid",
      inlines,
      crosslines,
      fold: { min: bins.min, max: bins.max, mean: bins.traces / bins.occupied },
      missing: all - bins.occupied,
      doubles: this.#doubles.doubles,
      place: plane && placeOf(plane, from, [inlines.step, crosslines.step], [iline, xline]),
    };
  }

  #line(word: "cdp" | "iline" | "xline", places: boolean): SurveyGeometry | undefined {
    if (this.#lines[word].isFull) return undefined;
    const bins = this.#lines[word].bins(), counts = bins.map(({ traces }) => traces);
    const numbers = numbersOf(bins), path = pathOf(bins, numbers.step);
    const from = this.#withCdp === this.#traces ? "cdp" : "midpoint";
    return {
      kind: "line",
      word,
      numbers,
      fold: {
        min: counts.reduce((a, b) => Math.min(a, b)),
        max: counts.reduce((a, b) => Math.max(a, b)),
        mean: this.#traces / counts.length,
      },
      missing: (numbers.last - numbers.first) / numbers.step + 1 - counts.length,
      doubles: this.#doubles.doubles,
      place: places && path.length > 0 ? { from, ...path } : undefined,
    };
  }
}

function placeOf(
  plane: Plane,
  from: GridPlace["from"],
  [inlineStep, crosslineStep]: readonly [number, number],
  [iline, xline]: readonly [Range, Range],
): GridPlace {
  const { perInline, perCrossline } = plane;
  const azimuth = Math.atan2(perCrossline.x, perCrossline.y) * 180 / Math.PI;
  const corners = [[iline.min, xline.min], [iline.min, xline.max], [iline.max, xline.max], [
    iline.max,
    xline.min,
  ]];
  return {
    from,
    inlineSpacing: Math.hypot(perInline.x, perInline.y) * inlineStep,
    crosslineSpacing: Math.hypot(perCrossline.x, perCrossline.y) * crosslineStep,
    inlineAzimuthDeg: (azimuth + 360) % 360,
    corners: corners.map(([i, j]) => ({ iline: i, xline: j, ...plane.at(i, j) })),
    residual: plane.residual,
  };
}

function varies({ min, max }: Range): boolean {
  return max > min;
}

function widen(range: Range, value: number): void {
  if (value < range.min) range.min = value;
  if (value > range.max) range.max = value;
}
