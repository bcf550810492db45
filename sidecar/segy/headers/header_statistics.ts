/** What a header scan tells: ranges of all words, order, extents, and what is odd. */
import { ANGLE_UNITS } from "../../../src/shared/seismic/geometry.ts";
import { type HeaderWord, isScalar, TRACE_HEADER_WORDS } from "../../../src/shared/seismic/trace_header.ts";
import type {
  CoordinateExtent,
  HeaderRange,
  ScanFinding,
  ScanReport,
} from "../../../src/shared/seismic/scan_report.ts";
import type { KernelMemory } from "../../kernels/kernel_memory.ts";
import type { HeaderColumn } from "./column_gather.ts";
import { HeaderWatch, type Oddity, type Span } from "./header_watch.ts";
import type { SegyLayout } from "../layout/segy_layout.ts";
import { sortOrder } from "./sort_order.ts";

/** Scalar words, and what they scale. */
const SCALAR_WORDS: ReadonlyMap<string, string> = new Map([
  ["scalel", "elevations and depths"],
  ["scalco", "coordinates"],
  ["tscal", "times"],
]);
const PAIRS = ["sx, sy", "gx, gy", "cdpx, cdpy"];

export class HeaderStatistics {
  readonly #words: readonly HeaderWord[];
  readonly #layout: SegyLayout;
  /** Mapped words and those of header extensions, which come as columns; the kernel sees the standard ones. */
  readonly columnWords: readonly HeaderWord[];
  readonly #watch: HeaderWatch;
  readonly #spans: Span[];

  constructor(
    words: readonly HeaderWord[],
    layout: SegyLayout,
    memory: KernelMemory,
  ) {
    this.#words = words;
    this.#layout = layout;
    const { byteOrder, samplesPerTrace, intervalUs } = layout;
    this.#watch = new HeaderWatch(memory, byteOrder, samplesPerTrace, intervalUs);
    this.columnWords = words.filter((word) => !isWhereTheKernelLooks(word));
    this.#spans = this.columnWords.map(() => ({ min: Infinity, max: -Infinity, first: NaN, last: NaN }));
  }

  /** Takes the records of the next traces, `stride` bytes apart in the kernel's memory. */
  addRecords(address: number, stride: number, count: number): void {
    this.#watch.add(address, stride, count);
  }

  /** Takes those words of traces from the same file, in order. */
  addColumns(first: number, count: number, columns: readonly HeaderColumn[]): void {
    columns.forEach((column, i) => this.#spans[i] = widened(this.#spans[i], column, count, first === 0));
  }

  /** Words that vary or are not zero. */
  get ranges(): HeaderRange[] {
    if (this.#watch.traces === 0) return [];
    return this.#words.flatMap((word) => {
      const { min, max, first, last } = this.#span(word);
      return min === 0 && max === 0 ? [] : [{ word: word.name, byte: word.byte, min, max, first, last }];
    });
  }

  get order(): string {
    return sortOrder(this.#watch.changes, this.#elsewhere);
  }

  get coordinateExtents(): CoordinateExtent[] {
    return PAIRS.flatMap((words, i) => {
      const extent = this.#watch.extent(i);
      const moved = words.split(", ").some((word) => this.#elsewhere.includes(word));
      return extent && !moved ? [{ words, ...extent }] : [];
    });
  }

  /** Words that are not where the kernel looks, or not there at all, or whose extension takes their place. */
  get #elsewhere(): string[] {
    const there = this.#words.filter((word) => isWhereTheKernelLooks(word) && !this.#isExtended(word));
    const names = new Set(there.map((word) => word.name));
    return TRACE_HEADER_WORDS.filter((word) => !names.has(word.name)).map((word) => word.name);
  }

  #isExtended({ extended }: HeaderWord): boolean {
    const word = this.columnWords.find(({ name }) => name === extended?.name);
    if (!word) return false;
    const { min, max } = this.#span(word);
    return min < 0 || max > 0;
  }

  /** As the largest code says, where traces differ. */
  get coordinateUnit(): ScanReport["coordinateUnit"] {
    const units = this.ranges.find(({ word }) => word === "counit");
    return ANGLE_UNITS.get(units?.max ?? 0) ?? "length";
  }

  findings(): ScanFinding[] {
    const { samplesPerTrace, intervalUs } = this.#layout;
    const delays = this.ranges.find((range) => range.word === "delrt");
    return [
      ...this.#odd(
        "otherInterval",
        "say another sample interval than the file",
        `${intervalUs} us taken`,
        117,
      ),
      ...this.#odd(
        "otherSamples",
        "say another number of samples than they have",
        `${samplesPerTrace} taken`,
        115,
      ),
      ...this.#odd("noScalar", "have coordinates but a coordinate scalar of zero", "taken as 1", 71),
      ...this.#odd(
        "repeated",
        "repeat the field record and trace number of the one before",
        "kept as they are",
        9,
      ),
      ...this.#odd("dead", "are marked as dead", "kept as they are", 29, "info"),
      ...(delays && delays.min !== delays.max
        ? [{
          severity: "warning" as const,
          what: `the recording delay varies from ${delays.min} to ${delays.max}`,
          meaning: "times count from each trace's own; what combines traces puts them on one time axis first",
          byte: 109,
        }]
        : []),
      ...this.#oddScalars(),
      ...this.#angles(),
    ];
  }

  /** Told from the ends of their ranges: what is no scalar is not applied. */
  #oddScalars(): ScanFinding[] {
    return this.ranges.flatMap(({ word, byte, min, max }) => {
      const scaled = SCALAR_WORDS.get(word);
      if (scaled === undefined || (isScalar(min) && isScalar(max))) return [];
      return [{
        severity: "warning",
        what: `${word} holds ${isScalar(max) ? min : max}, which is no scalar of the standard`,
        meaning: `${scaled} are taken there as they stand`,
        byte,
      }];
    });
  }

  #angles(): ScanFinding[] {
    const unit = this.coordinateUnit;
    if (unit === "length") return [];
    return [{
      severity: "info",
      what: `coordinates are in ${unit}`,
      meaning: "never taken for lengths; projected to UTM (WGS 84) where metres are needed",
      byte: 89,
    }];
  }

  #span(word: HeaderWord): Span {
    const column = this.columnWords.indexOf(word);
    return column < 0 ? this.#watch.span(word) : this.#spans[column];
  }

  #odd(
    kind: Oddity,
    what: string,
    meaning: string,
    byte: number,
    severity: ScanFinding["severity"] = "warning",
  ): ScanFinding[] {
    const { count, first } = this.#watch.odd(kind);
    if (count === 0) return [];
    return [{
      severity,
      what: `${count} ${count === 1 ? "trace" : "traces"}: ${what}`,
      meaning,
      trace: first,
      byte,
    }];
  }
}

/** A standard word at its standard place. */
function isWhereTheKernelLooks({ name, byte, type }: HeaderWord): boolean {
  return TRACE_HEADER_WORDS.some((word) => word.name === name && word.byte === byte && word.type === type);
}

function widened(span: Span, column: HeaderColumn, count: number, isFirst: boolean): Span {
  let { min, max } = span;
  for (let i = 0; i < count; i++) {
    if (column[i] < min) min = column[i];
    if (column[i] > max) max = column[i];
  }
  return { min, max, first: isFirst ? column[0] : span.first, last: column[count - 1] };
}
