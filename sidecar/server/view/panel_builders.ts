/** Collects traces, portion by portion, into what the window draws. */
import { floatsOf, type PanelHeader, type PanelName } from "../../../src/shared/protocol/gathers.ts";
import type { TraceBlock } from "../../traces/trace_block.ts";
import { startReader } from "../../processes/header_readers.ts";
import { averageSpectrum } from "./spectrum.ts";
import type { TimeAxis } from "./time_window.ts";

/** What a panel shows: a window on the time axis of its traces. */
export interface PanelFrame {
  readonly panel: PanelName;
  readonly traces: number;
  readonly shown: TimeAxis;
  /** All that could be shown of these traces. */
  readonly axis: TimeAxis;
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

  get fields() {
    const { notFinite, peak } = this;
    return { notFinite, peak, rms: this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count) };
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

  readonly #startsMs: number[] = [];

  constructor(readonly frame: PanelFrame, columns: number, rows: number, words: readonly string[]) {
    this.#tracesPerColumn = Math.ceil(frame.traces / columns);
    this.#samplesPerRow = Math.ceil(frame.shown.samples / rows);
    this.#columns = Math.ceil(frame.traces / this.#tracesPerColumn);
    this.#rows = Math.ceil(frame.shown.samples / this.#samplesPerRow);
    this.#reduced = this.#tracesPerColumn > 1 || this.#samplesPerRow > 1;
    this.#data = new Float32Array(this.#columns * this.#rows * (this.#reduced ? 2 : 1));
    if (this.#reduced) this.#clear();
    this.#words = new Map(words.map((word) => [word, []]));
  }

  add(block: TraceBlock, first: number): void {
    const startMs = startReader(block.headers, () => {});
    for (let trace = 0; trace < block.traces; trace++) {
      const start = this.#startsMs[first + trace] = startMs(trace);
      const part = partWithin(this.frame.shown, block.row(trace), start);
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
    if (this.#reduced) this.#fillGaps();
    const starts = this.#startsMs;
    const header: PanelHeader = {
      ...frameFields(this.frame),
      kind: this.#reduced ? "envelope" : "traces",
      offset,
      columns: this.#columns,
      rows: this.#rows,
      tracesPerColumn: this.#tracesPerColumn,
      samplesPerRow: this.#samplesPerRow,
      ...this.#facts.fields,
      words: Object.fromEntries(this.#words),
      ...(starts.every((start) => start === starts[0]) ? {} : { startsMs: starts }),
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

  /** Where no trace of a column was recorded there is nothing: zero. */
  #fillGaps(): void {
    const data = this.#data;
    for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) data[i] = 0;
  }

  #copy({ samples, first }: Part, trace: number): void {
    for (const sample of samples) this.#facts.take(sample);
    this.#data.set(samples, trace * this.#rows + first);
  }

  #reduce({ samples, first }: Part, trace: number): void {
    const minima = Math.floor(trace / this.#tracesPerColumn) * 2 * this.#rows, maxima = minima + this.#rows;
    const data = this.#data, facts = this.#facts, step = this.#samplesPerRow;
    for (let row = Math.floor(first / step), i = 0; i < samples.length; row++) {
      let min = data[minima + row], max = data[maxima + row];
      for (const end = Math.min((row + 1) * step - first, samples.length); i < end; i++) {
        const sample = facts.take(samples[i]);
        if (sample < min) min = sample;
        if (sample > max) max = sample;
      }
      data[minima + row] = min;
      data[maxima + row] = max;
    }
  }
}

/** The mean over the traces of their amplitude spectra, of the times shown. */
export class SpectrumBuilder implements PanelBuilder {
  readonly #spectrum;
  readonly #facts = new SampleFacts();

  constructor(readonly frame: PanelFrame) {
    this.#spectrum = averageSpectrum(frame.shown.samples);
  }

  add(block: TraceBlock): void {
    const startMs = startReader(block.headers, () => {});
    for (let trace = 0; trace < block.traces; trace++) {
      const { samples, first } = partWithin(this.frame.shown, block.row(trace), startMs(trace));
      const shown = new Float64Array(this.frame.shown.samples);
      samples.forEach((sample, i) => shown[first + i] = this.#facts.take(sample));
      this.#spectrum.add(shown);
    }
  }

  finish(offset: number) {
    const data = Float32Array.from(this.#spectrum.mean());
    const header: PanelHeader = {
      ...frameFields(this.frame),
      kind: "spectrum",
      offset,
      columns: 1,
      rows: data.length,
      tracesPerColumn: 1,
      samplesPerRow: 1,
      ...this.#facts.fields,
      words: {},
      stepHz: 1e6 / (this.frame.shown.intervalUs * this.#spectrum.points),
    };
    return { header, data };
  }
}

/** Samples of a trace that are shown: the first of them is sample `first` of what is shown. */
interface Part {
  readonly samples: Float32Array;
  readonly first: number;
}

/** The part of a trace that begins at `traceStartMs` within the times shown, to the nearest sample. */
function partWithin(
  { startMs, samples, intervalUs }: TimeAxis,
  row: Float32Array,
  traceStartMs: number,
): Part {
  const late = Math.round(((traceStartMs - startMs) * 1000) / intervalUs);
  const first = Math.max(0, Math.min(late, samples));
  return { samples: row.subarray(Math.max(0, -late), Math.max(0, samples - late)), first };
}

function frameFields({ panel, traces, shown, axis }: PanelFrame) {
  const { samples, startMs, intervalUs } = shown;
  return {
    panel,
    traces,
    samples,
    startMs,
    intervalUs,
    axis: { startMs: axis.startMs, samples: axis.samples },
  };
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
