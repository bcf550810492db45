/** Collects traces, portion by portion, into what the window draws. */
import { floatsOf, type PanelHeader, type PanelName } from "../../../src/shared/protocol/gathers.ts";
import type { TraceBlock } from "../../traces/trace_block.ts";
import { averageSpectrum } from "./spectrum.ts";

/** The part of the traces that a panel shows: samples of a time axis of its own. */
export interface PanelFrame {
  readonly panel: PanelName;
  readonly traces: number;
  readonly firstSample: number;
  readonly samples: number;
  /** Time of the first sample shown. */
  readonly startMs: number;
  readonly intervalUs: number;
}

export interface PanelBuilder {
  /** Takes traces of the panel from number `first` on. */
  add(block: TraceBlock, first: number): void;
  /** The panel with its floats, which will lie at `offset`. */
  finish(offset: number): { header: PanelHeader; data: Float32Array };
}

/** What all panels know about their samples. */
class SampleFacts {
  notFinite = 0;
  peak = 0;
  #squares = 0;
  #count = 0;

  /** The sample, or zero when it is no number. */
  take(sample: number): number {
    if (!Number.isFinite(sample)) {
      this.notFinite++;
      return 0;
    }
    const magnitude = Math.abs(sample);
    if (magnitude > this.peak) this.peak = magnitude;
    this.#squares += sample * sample;
    this.#count++;
    return sample;
  }

  get rms(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count);
  }
}

/** Traces as they are where they fit the screen, else minimum and maximum of what falls on each place. */
export class GatherBuilder implements PanelBuilder {
  readonly #tracesPerColumn: number;
  readonly #samplesPerRow: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #reduced: boolean;
  readonly #data: Float32Array;
  readonly #facts = new SampleFacts();
  readonly #words: ReadonlyMap<string, number[]>;

  constructor(readonly frame: PanelFrame, columns: number, rows: number, words: readonly string[]) {
    this.#tracesPerColumn = Math.ceil(frame.traces / columns);
    this.#samplesPerRow = Math.ceil(frame.samples / rows);
    this.#columns = Math.ceil(frame.traces / this.#tracesPerColumn);
    this.#rows = Math.ceil(frame.samples / this.#samplesPerRow);
    this.#reduced = this.#tracesPerColumn > 1 || this.#samplesPerRow > 1;
    this.#data = new Float32Array(this.#columns * this.#rows * (this.#reduced ? 2 : 1));
    if (this.#reduced) this.#clear();
    this.#words = new Map(words.map((word) => [word, []]));
  }

  add(block: TraceBlock, first: number): void {
    const { firstSample, samples } = this.frame;
    for (let trace = 0; trace < block.traces; trace++) {
      const start = trace * block.samplesPerTrace + firstSample;
      const part = block.samples.subarray(start, start + samples);
      if (this.#reduced) this.#reduce(part, first + trace);
      else this.#copy(part, first + trace);
    }
    for (const [name, values] of this.#words) {
      const word = block.headers.word(name);
      for (let trace = 0; trace < block.traces; trace++) {
        values[first + trace] = block.headers.scaled(trace, word);
      }
    }
  }

  finish(offset: number) {
    const { panel, traces, samples, startMs, intervalUs } = this.frame;
    const { notFinite, peak, rms } = this.#facts;
    const header: PanelHeader = {
      panel,
      kind: this.#reduced ? "envelope" : "traces",
      offset,
      columns: this.#columns,
      rows: this.#rows,
      tracesPerColumn: this.#tracesPerColumn,
      samplesPerRow: this.#samplesPerRow,
      ...{ traces, samples, startMs, intervalUs, notFinite, peak, rms },
      words: Object.fromEntries(this.#words),
    };
    return { header, data: this.#data };
  }

  #clear(): void {
    for (let column = 0; column < this.#columns; column++) {
      const minima = column * 2 * this.#rows;
      this.#data.fill(Infinity, minima, minima + this.#rows);
      this.#data.fill(-Infinity, minima + this.#rows, minima + 2 * this.#rows);
    }
  }

  #copy(part: Float32Array, trace: number): void {
    for (const sample of part) this.#facts.take(sample);
    this.#data.set(part, trace * this.#rows);
  }

  #reduce(part: Float32Array, trace: number): void {
    const minima = Math.floor(trace / this.#tracesPerColumn) * 2 * this.#rows, maxima = minima + this.#rows;
    const data = this.#data, facts = this.#facts, step = this.#samplesPerRow;
    for (let row = 0, i = 0; row < this.#rows; row++) {
      let min = data[minima + row], max = data[maxima + row];
      for (const end = Math.min(i + step, part.length); i < end; i++) {
        const sample = facts.take(part[i]);
        if (sample < min) min = sample;
        if (sample > max) max = sample;
      }
      data[minima + row] = min;
      data[maxima + row] = max;
    }
  }
}

/** The mean over the traces of their amplitude spectra. */
export class SpectrumBuilder implements PanelBuilder {
  readonly #spectrum;
  readonly #facts = new SampleFacts();

  constructor(readonly frame: PanelFrame) {
    this.#spectrum = averageSpectrum(frame.samples);
  }

  add(block: TraceBlock): void {
    const { firstSample, samples } = this.frame;
    for (let trace = 0; trace < block.traces; trace++) {
      const start = trace * block.samplesPerTrace + firstSample;
      const part = block.samples.subarray(start, start + samples);
      this.#spectrum.add(Float64Array.from(part, (sample) => this.#facts.take(sample)));
    }
  }

  finish(offset: number) {
    const { panel, traces, samples, startMs, intervalUs } = this.frame;
    const { notFinite, peak, rms } = this.#facts;
    const data = Float32Array.from(this.#spectrum.mean());
    const header: PanelHeader = {
      ...{
        panel,
        kind: "spectrum",
        offset,
        columns: 1,
        rows: data.length,
        tracesPerColumn: 1,
        samplesPerRow: 1,
      },
      ...{ traces, samples, startMs, intervalUs, notFinite, peak, rms, words: {} },
      stepHz: 1e6 / (intervalUs * this.#spectrum.points),
    };
    return { header, data };
  }
}

export function joinPanels(builders: readonly PanelBuilder[]): { panels: PanelHeader[]; data: Float32Array } {
  const panels: PanelHeader[] = [], parts: Float32Array[] = [];
  let offset = 0;
  for (const builder of builders) {
    const { header, data } = builder.finish(offset);
    panels.push(header);
    parts.push(data);
    offset += floatsOf(header);
  }
  const joined = new Float32Array(offset);
  panels.forEach((panel, i) => joined.set(parts[i], panel.offset));
  return { panels, data: joined };
}
