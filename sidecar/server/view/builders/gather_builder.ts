/** Traces as they are where they fit the screen, else minimum and maximum of what falls on each place. */
import { MOST_FLOATS, type PanelHeader } from "../../../../src/shared/protocol/gathers.ts";
import { startReader } from "../../../processes/header_readers.ts";
import { liveRange } from "../../../processes/live_range.ts";
import type { TraceBlock } from "../../../traces/trace_block.ts";
import {
  frameFields,
  type PanelBuilder,
  type PanelFrame,
  type Part,
  partWithin,
  samplesLate,
} from "./panel_builder.ts";
import { MagnitudeCounts, SampleFacts } from "./sample_facts.ts";

/** How many traces and samples a place stands for, so that there are at most so many places. */
export function reductionOf({ traces, shown }: PanelFrame, columns: number, rows: number) {
  const tracesPerColumn = Math.ceil(traces / columns), samplesPerRow = Math.ceil(shown.samples / rows);
  const isReduced = tracesPerColumn > 1 || samplesPerRow > 1;
  return {
    ...{ tracesPerColumn, samplesPerRow, isReduced },
    columns: Math.ceil(traces / tracesPerColumn),
    rows: Math.ceil(shown.samples / samplesPerRow),
  };
}

/** At most so many columns and rows that all panels together stay within the bound of an answer. */
export function fittingSize(frames: readonly PanelFrame[], columns: number, rows: number) {
  const size = { columns, rows };
  const floats = () =>
    frames.reduce((sum, frame) => {
      const { columns: across, rows: down, isReduced } = reductionOf(frame, size.columns, size.rows);
      return sum + across * down * (isReduced ? 2 : 1) + 2 * frame.traces;
    }, 0);
  while (floats() > MOST_FLOATS && size.columns * size.rows > 1) {
    if (size.columns > size.rows) size.columns = Math.ceil(size.columns / 2);
    else size.rows = Math.ceil(size.rows / 2);
  }
  return size;
}

export class GatherBuilder implements PanelBuilder {
  readonly #reduction: ReturnType<typeof reductionOf>;
  readonly #floats: Float32Array;
  readonly #data: Float32Array;
  /** First and last sample of each trace that is not zero, on the axis of what is shown; NaN for dead traces. */
  readonly #live: Float32Array;
  readonly #facts = new SampleFacts();
  readonly #magnitudes = new MagnitudeCounts();
  readonly #words: ReadonlyMap<string, number[]>;
  readonly #startsMs: number[] = [];

  constructor(readonly frame: PanelFrame, columns: number, rows: number, words: readonly string[]) {
    this.#reduction = reductionOf(frame, columns, rows);
    const { columns: across, rows: down, isReduced } = this.#reduction;
    const cells = across * down * (isReduced ? 2 : 1);
    this.#floats = new Float32Array(cells + 2 * frame.traces);
    this.#data = this.#floats.subarray(0, cells);
    this.#live = this.#floats.subarray(cells).fill(NaN);
    if (isReduced) this.#clear();
    this.#words = new Map(words.map((word) => [word, []]));
  }

  add(block: TraceBlock, first: number): void {
    const startMs = startReader(block.headers, () => {});
    for (let trace = 0; trace < block.traces; trace++) {
      const row = block.row(trace), start = this.#startsMs[first + trace] = startMs(trace);
      const part = partWithin(this.frame.shown, row, start);
      if (this.#reduction.isReduced) this.#reduce(part, first + trace);
      else this.#copy(part, first + trace);
      this.#noteLive(row, samplesLate(this.frame.shown, start), first + trace);
    }
    for (const [name, values] of this.#words) {
      const word = block.headers.word(name);
      for (let trace = 0; trace < block.traces; trace++) {
        values[first + trace] = block.headers.scaled(trace, word);
      }
    }
  }

  finish(offset: number) {
    const { isReduced, ...reduction } = this.#reduction, starts = this.#startsMs;
    if (isReduced) this.#fillGaps();
    const header: PanelHeader = {
      ...frameFields(this.frame),
      kind: isReduced ? "envelope" : "traces",
      offset,
      ...reduction,
      ...this.#facts.fields,
      ...(isReduced ? { quantiles: this.#magnitudes.quantiles() } : {}),
      live: offset + this.#data.length,
      words: Object.fromEntries(this.#words),
      ...(starts.every((start) => start === starts[0]) ? {} : { startsMs: starts }),
    };
    return { header, data: this.#floats };
  }

  #clear(): void {
    const { columns, rows } = this.#reduction;
    for (let column = 0; column < columns; column++) {
      const minima = column * 2 * rows;
      this.#data.fill(Infinity, minima, minima + rows);
      this.#data.fill(-Infinity, minima + rows, minima + 2 * rows);
    }
  }

  /** Where no trace of a column was recorded there is nothing: zero. What is no number stays so. */
  #fillGaps(): void {
    const data = this.#data;
    for (let i = 0; i < data.length; i++) if (data[i] === Infinity || data[i] === -Infinity) data[i] = 0;
  }

  #noteLive(row: Float32Array, late: number, trace: number): void {
    const { first, end } = liveRange(row);
    if (end === first) return;
    this.#live[trace] = first + late;
    this.#live[this.frame.traces + trace] = end - 1 + late;
  }

  #copy({ samples, first }: Part, trace: number): void {
    for (let i = 0; i < samples.length; i++) this.#facts.take(samples[i]);
    this.#data.set(samples, trace * this.#reduction.rows + first);
  }

  #reduce({ samples, first }: Part, trace: number): void {
    const { rows, tracesPerColumn, samplesPerRow: step } = this.#reduction;
    const minima = Math.floor(trace / tracesPerColumn) * 2 * rows, maxima = minima + rows;
    const data = this.#data, facts = this.#facts;
    this.#magnitudes.add(samples);
    for (let row = Math.floor(first / step), i = 0; i < samples.length; row++) {
      let min = data[minima + row], max = data[maxima + row];
      for (const end = Math.min((row + 1) * step - first, samples.length); i < end; i++) {
        const sample = facts.take(samples[i]);
        // Once a place has a sample that is no number it stays NaN: no comparison with it is true.
        if (sample < min || Number.isNaN(sample)) min = sample;
        if (sample > max || Number.isNaN(sample)) max = sample;
      }
      data[minima + row] = min;
      data[maxima + row] = max;
    }
  }
}
