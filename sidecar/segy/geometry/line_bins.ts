/** Bins along a 2-D line: how many traces each has, and where they lie in the mean. */
import type { NumberRange } from "../../../src/shared/seismic/survey_geometry.ts";
import { commonDivisor } from "./bin_counts.ts";

const PAGE = 1024;
/** A million bins where they lie close together; a line has thousands. */
const MOST_PAGES = 1024;

interface Page {
  readonly traces: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Bin {
  readonly number: number;
  readonly traces: number;
  readonly x: number;
  readonly y: number;
}

const NO_PAGE: Page = { traces: new Uint32Array(0), x: new Float64Array(0), y: new Float64Array(0) };

export class LineBins {
  readonly #pages = new Map<number, Page>();
  #number = NaN;
  #page = NO_PAGE;
  #isFull = false;

  /** True when there were more bins than a line has. */
  get isFull(): boolean {
    return this.#isFull;
  }

  add(number: number, x: number, y: number): void {
    const page = Math.floor(number / PAGE);
    if (page !== this.#number && !this.#turnTo(page)) return;
    const place = number - page * PAGE;
    this.#page.traces[place]++;
    this.#page.x[place] += x;
    this.#page.y[place] += y;
  }

  /** In the order of their numbers, at the mean of their traces. */
  bins(): Bin[] {
    return [...this.#pages].sort(([a], [b]) => a - b).flatMap(([page, { traces, x, y }]) =>
      [...traces].flatMap((count, place) =>
        count === 0
          ? []
          : [{ number: page * PAGE + place, traces: count, x: x[place] / count, y: y[place] / count }]
      )
    );
  }

  #turnTo(number: number): boolean {
    let page = this.#pages.get(number);
    if (!page && this.#pages.size >= MOST_PAGES) {
      this.#isFull = true;
      return false;
    }
    if (!page) {
      page = { traces: new Uint32Array(PAGE), x: new Float64Array(PAGE), y: new Float64Array(PAGE) };
      this.#pages.set(number, page);
    }
    this.#page = page;
    this.#number = number;
    return true;
  }
}

/** First and last number, and the largest step that leads to all. */
export function numbersOf(bins: readonly Bin[]): NumberRange {
  const first = bins[0].number;
  const step = bins.reduce((step, { number }) => commonDivisor(step, number - first), 0);
  return { first, last: bins[bins.length - 1].number, step: step || 1 };
}

/** Length along the bins, and the median distance for one step of the numbers. */
export function pathOf(bins: readonly Bin[], step: number): { length: number; spacing: number } {
  const legs = bins.slice(1).map(({ number, x, y }, k) => {
    const before = bins[k];
    return { distance: Math.hypot(x - before.x, y - before.y), steps: (number - before.number) / step };
  });
  const spacings = legs.map(({ distance, steps }) => distance / steps).sort((a, b) => a - b);
  const half = spacings.length >> 1;
  const spacing = spacings.length % 2 ? spacings[half] : (spacings[half - 1] + spacings[half]) / 2;
  return { length: legs.reduce((sum, { distance }) => sum + distance, 0), spacing };
}
