/** What a header scan counts while columns go by: ranges, order, extents, and what is odd. */
import type { HeaderWord } from "../../src/shared/seismic/trace_header.ts";
import type { CoordinateExtent, HeaderRange, ScanFinding } from "../../src/shared/seismic/scan_report.ts";
import type { HeaderColumn, Portion } from "./header_columns.ts";
import { SORT_WORDS, SortWatch } from "./sort_watch.ts";

const PAIRS = [["sx", "sy"], ["gx", "gy"], ["cdpx", "cdpy"]] as const;

interface Extent {
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

/** Traces of one kind of oddness: how many, and which first (from 1). */
class Odd {
  count = 0;
  first = 0;

  add(trace: number): void {
    if (this.count++ === 0) this.first = trace + 1;
  }
}

export class HeaderStatistics {
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private readonly firsts: Float64Array;
  private readonly lasts: Float64Array;
  private readonly sorting = new SortWatch();
  private readonly extents: Extent[] = PAIRS.map(() => ({
    minX: Infinity,
    maxX: -Infinity,
    minY: Infinity,
    maxY: -Infinity,
  }));
  private readonly otherInterval = new Odd();
  private readonly otherSamples = new Odd();
  private readonly noScalar = new Odd();
  private readonly repeated = new Odd();
  private readonly dead = new Odd();
  private started = false;
  private lastFldr = NaN;
  private lastTracf = NaN;

  constructor(
    private readonly words: readonly HeaderWord[],
    private readonly samples: number,
    private readonly intervalUs: number,
  ) {
    this.min = new Float64Array(words.length).fill(Infinity);
    this.max = new Float64Array(words.length).fill(-Infinity);
    this.firsts = new Float64Array(words.length);
    this.lasts = new Float64Array(words.length);
  }

  add(portion: Portion, columns: readonly HeaderColumn[]): void {
    columns.forEach((column, i) => this.addRange(i, column, portion.count));
    this.started = true;
    this.sorting.add(SORT_WORDS.map((name) => this.column(name, columns)), portion.count);
    PAIRS.forEach(([x, y], i) => {
      const scalars = this.column("scalco", columns);
      addExtent(
        this.extents[i],
        this.column(x, columns),
        this.column(y, columns),
        scalars,
        portion.count,
      );
    });
    this.addOddities(portion, columns);
  }

  /** Words that vary or are not zero. */
  get ranges(): HeaderRange[] {
    if (!this.started) return [];
    return this.words.flatMap(({ name, byte }, i) => {
      const min = this.min[i], max = this.max[i];
      return min === 0 && max === 0
        ? []
        : [{ word: name, byte, min, max, first: this.firsts[i], last: this.lasts[i] }];
    });
  }

  get order(): string {
    return this.sorting.order;
  }

  get coordinateExtents(): CoordinateExtent[] {
    return this.extents.flatMap((extent, i) =>
      Number.isFinite(extent.minX) ? [{ words: PAIRS[i].join(", "), ...extent }] : []
    );
  }

  findings(): ScanFinding[] {
    const delays = this.ranges.find((range) => range.word === "delrt");
    return [
      ...odd(
        this.otherInterval,
        "say another sample interval than the file",
        `${this.intervalUs} us taken`,
        117,
      ),
      ...odd(this.otherSamples, "say another number of samples than they have", `${this.samples} taken`, 115),
      ...odd(this.noScalar, "have coordinates but a coordinate scalar of zero", "taken as 1", 71),
      ...odd(
        this.repeated,
        "repeat the field record and trace number of the one before",
        "kept as they are",
        9,
      ),
      ...odd(this.dead, "are marked as dead", "kept as they are", 29, "info"),
      ...(delays && delays.min !== delays.max
        ? [{
          severity: "warning" as const,
          what: `the recording delay varies from ${delays.min} to ${delays.max}`,
          meaning: "times count from the first trace's delay",
          byte: 109,
        }]
        : []),
    ];
  }

  private addRange(i: number, column: HeaderColumn, count: number): void {
    if (!this.started) this.firsts[i] = column[0];
    const [min, max] = span(column, count);
    this.min[i] = Math.min(this.min[i], min);
    this.max[i] = Math.max(this.max[i], max);
    this.lasts[i] = column[count - 1];
  }

  private addOddities({ first, count }: Portion, columns: readonly HeaderColumn[]): void {
    const ns = this.column("ns", columns), dt = this.column("dt", columns);
    const fldr = this.column("fldr", columns), tracf = this.column("tracf", columns);
    const trid = this.column("trid", columns), scalco = this.column("scalco", columns);
    const sx = this.column("sx", columns), gx = this.column("gx", columns);
    const interval = Math.round(this.intervalUs) << 16 >> 16, samples = this.samples & 0xffff;
    for (let i = 0; i < count; i++) {
      if (dt[i] !== interval && dt[i] !== 0) this.otherInterval.add(first + i);
      if (ns[i] !== samples && ns[i] !== 0) this.otherSamples.add(first + i);
      if (scalco[i] === 0 && (sx[i] !== 0 || gx[i] !== 0)) this.noScalar.add(first + i);
      if (trid[i] === 2) this.dead.add(first + i);
      if (fldr[i] === this.lastFldr && tracf[i] === this.lastTracf && tracf[i] !== 0) {
        this.repeated.add(first + i);
      }
      this.lastFldr = fldr[i];
      this.lastTracf = tracf[i];
    }
  }

  private column(name: string, columns: readonly HeaderColumn[]): HeaderColumn {
    return columns[this.words.findIndex((word) => word.name === name)];
  }
}

function odd(
  { count, first }: Odd,
  what: string,
  meaning: string,
  byte: number,
  severity: ScanFinding["severity"] = "warning",
): ScanFinding[] {
  if (count === 0) return [];
  return [{
    severity,
    what: `${count} ${count === 1 ? "trace" : "traces"}: ${what}`,
    meaning,
    trace: first,
    byte,
  }];
}

/** Points at the origin count as not given. */
function addExtent(
  extent: Extent,
  xs: HeaderColumn,
  ys: HeaderColumn,
  scalars: HeaderColumn,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (xs[i] === 0 && ys[i] === 0) continue;
    const scalar = scalars[i];
    const factor = scalar === 0 ? 1 : scalar > 0 ? scalar : -1 / scalar;
    const x = xs[i] * factor, y = ys[i] * factor;
    if (x < extent.minX) extent.minX = x;
    if (x > extent.maxX) extent.maxX = x;
    if (y < extent.minY) extent.minY = y;
    if (y > extent.maxY) extent.maxY = y;
  }
}

/** Least and greatest of the first `count` values. One loop for each common type: a shared loop is several times slower. */
function span(column: HeaderColumn, count: number): [number, number] {
  if (column instanceof Int16Array) return spanInt16(column, count);
  if (column instanceof Int32Array) return spanInt32(column, count);
  let min = Infinity, max = -Infinity;
  for (let k = 0; k < count; k++) {
    if (column[k] < min) min = column[k];
    if (column[k] > max) max = column[k];
  }
  return [min, max];
}

function spanInt16(column: Int16Array, count: number): [number, number] {
  let min = column[0], max = min;
  for (let k = 1; k < count; k++) {
    const value = column[k];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return [min, max];
}

function spanInt32(column: Int32Array, count: number): [number, number] {
  let min = column[0], max = min;
  for (let k = 1; k < count; k++) {
    const value = column[k];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return [min, max];
}
