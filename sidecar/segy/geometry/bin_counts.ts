/** Traces of each bin of a grid, in pages, so that memory follows what is there and not the ranges. */

const SIDE = 64;
/** 128 MB of pages: 67 million bins where they lie close together. */
const MOST_PAGES = 1 << 14;
const MOST = 0xffffffff;

export interface BinSummary {
  readonly occupied: number;
  readonly min: number;
  readonly max: number;
  readonly traces: number;
  /** Largest steps in which the numbers of occupied bins go. */
  readonly inlineStep: number;
  readonly crosslineStep: number;
}

export class BinCounts {
  readonly #pages = new Map<string, Uint32Array<ArrayBuffer>>();
  #key = "";
  #page: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  #pageI = NaN;
  #pageJ = NaN;
  #isFull = false;

  /** True when there were more bins than can be counted. */
  get isFull(): boolean {
    return this.#isFull;
  }

  add(inline: number, crossline: number): void {
    const pageI = Math.floor(inline / SIDE), pageJ = Math.floor(crossline / SIDE);
    if ((pageI !== this.#pageI || pageJ !== this.#pageJ) && !this.#turnTo(pageI, pageJ)) return;
    const place = (inline - pageI * SIDE) * SIDE + (crossline - pageJ * SIDE);
    if (this.#page[place] < MOST) this.#page[place]++;
  }

  /** Over the bins that have traces, with steps counted from (`inline`, `crossline`). */
  summary(inline: number, crossline: number): BinSummary {
    let occupied = 0, min = Infinity, max = 0, traces = 0, inlineStep = 0, crosslineStep = 0;
    for (const [key, page] of this.#pages) {
      const [pageI, pageJ] = key.split(" ").map(Number);
      page.forEach((count, place) => {
        if (count === 0) return;
        occupied++;
        traces += count;
        min = Math.min(min, count);
        max = Math.max(max, count);
        inlineStep = commonDivisor(inlineStep, pageI * SIDE + Math.floor(place / SIDE) - inline);
        crosslineStep = commonDivisor(crosslineStep, pageJ * SIDE + place % SIDE - crossline);
      });
    }
    return { occupied, min, max, traces, inlineStep, crosslineStep };
  }

  #turnTo(pageI: number, pageJ: number): boolean {
    this.#key = `${pageI} ${pageJ}`;
    let page = this.#pages.get(this.#key);
    if (!page) {
      if (this.#pages.size >= MOST_PAGES) {
        this.#isFull = true;
        return false;
      }
      this.#pages.set(this.#key, page = new Uint32Array(SIDE * SIDE));
    }
    this.#page = page;
    this.#pageI = pageI;
    this.#pageJ = pageJ;
    return true;
  }
}

/** Of the sizes of two numbers; zero takes the other. */
export function commonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
