/** What tests of datasets share: a small survey, its records, and writing it through a sink as a worker would. */
import { writerKernels } from "../../sidecar/dataset/open_sink.ts";
import { openZarrWriter } from "../../sidecar/dataset/zarr/zarr_writer.ts";
import type { ZarrWriterPlan } from "../../sidecar/dataset/zarr/zarr_sink.ts";
import type { OutputDescription } from "../../sidecar/traces/trace_sink.ts";
import type { SurveyDescription } from "../../sidecar/traces/survey_description.ts";
import { HeaderRecords } from "../../sidecar/traces/header_records.ts";
import { type HeaderWord, HeaderWordTable, WORD_BYTES } from "../../src/shared/seismic/trace_header.ts";
import { growingMemory } from "../test_steps.ts";

export function surveyOf(
  traces: number,
  samplesPerTrace: number,
  words: HeaderWord[] = [],
): SurveyDescription {
  const table = new HeaderWordTable(words);
  return {
    name: "line.sgy",
    traces,
    samplesPerTrace,
    intervalUs: 2000,
    startMs: 0,
    lengthUnit: "m",
    words: table.words,
    textHeaders: [Array.from({ length: 40 }, (_, i) => `C${i + 1}`.padEnd(80))],
    binaryHeader: Uint8Array.from({ length: 400 }, (_, i) => i & 0xff),
    sampleFormat: 1,
    recordBytes: 240,
    table,
    fingerprint: { path: "/data/line.sgy", bytes: 1, modifiedMs: 2, headerHash: "ab" },
    warnings: [],
  };
}

export function outputOf(source: SurveyDescription, path: string): OutputDescription {
  const { traces, samplesPerTrace, intervalUs } = source;
  return {
    path,
    traces,
    samplesPerTrace,
    intervalUs,
    source,
    history: ["SeisProc 0.1.0: copy"],
    flow: { seisproc: 1, name: "Copy" },
    sampleFormat: "ieee",
    littleEndian: false,
    order: ["cdp"],
  };
}

/** Records in which every byte differs from its neighbours. */
export function recordsOf(source: SurveyDescription): HeaderRecords {
  const { traces, recordBytes, table } = source;
  const bytes = Uint8Array.from(
    { length: traces * recordBytes },
    (_, i) => (Math.floor(i / recordBytes) * 31 + i * 7) & 0xff,
  );
  return new HeaderRecords(bytes, recordBytes, table);
}

/** Bytes of a record that a writer sets itself: sample count and interval. */
export function withoutShape(record: Uint8Array): Uint8Array {
  return record.slice().fill(0, 114, 118);
}

export function sampleAt(trace: number, sample: number): number {
  return Math.fround(Math.sin(trace * 1.7 + sample * 0.3) * 1000);
}

/** Writes traces in portions of `portion`, each encoded in two pieces; returns how many samples were not finite. */
export function writeInPortions(
  plan: ZarrWriterPlan,
  records: HeaderRecords,
  portion: number,
  value: (trace: number, sample: number) => number = sampleAt,
): number {
  const memory = growingMemory(writerKernels(plan));
  const writer = openZarrWriter(plan, memory);
  const samples = memory.allocate(portion * plan.samplesPerTrace * 4);
  const staging = memory.allocate(writer.stagingBytes(portion));
  let notFinite = 0;
  for (let first = 0; first < plan.traces; first += portion) {
    const count = Math.min(portion, plan.traces - first);
    for (let done = 0; done < count; done += 2) {
      const pieces = Math.min(2, count - done);
      const row = new Float32Array(memory.memory.buffer, samples, pieces * plan.samplesPerTrace);
      row.forEach((_, i) => {
        const trace = first + done + Math.floor(i / plan.samplesPerTrace);
        row[i] = value(trace, i % plan.samplesPerTrace);
      });
      notFinite += writer.encode(done, records.slice(first + done, pieces), samples, staging);
    }
    writer.flush(first, count, staging);
  }
  writer.close();
  return notFinite;
}

/** A word of each type, one after the other from byte 1. */
export function wordOfEachType(): HeaderWord[] {
  const types = Object.keys(WORD_BYTES) as (keyof typeof WORD_BYTES)[];
  let byte = 1;
  return types.map((type) => {
    const word = { name: `x_${type}`, byte, type, title: type, aliases: [] };
    byte += WORD_BYTES[type];
    return word;
  });
}
