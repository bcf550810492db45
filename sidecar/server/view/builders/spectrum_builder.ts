/** The mean over the traces of their amplitude spectra, of the times shown. */
import type { PanelHeader } from "../../../../src/shared/protocol/gathers.ts";
import { startReader } from "../../../processes/header_readers.ts";
import type { TraceBlock } from "../../../traces/trace_block.ts";
import { frameFields, type PanelBuilder, type PanelFrame, partWithin } from "./panel_builder.ts";
import { SampleFacts } from "./sample_facts.ts";
import { averageSpectrum } from "./spectrum.ts";

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
      samples.forEach((sample, i) => shown[first + i] = this.#facts.take(sample) || 0);
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
