/** Reads and writes whole surveys as workers do, for tests. */
import { openSegyReader, READER_KERNELS } from "../../sidecar/segy/read/reader.ts";
import { openSegy, type SegyOptions } from "../../sidecar/segy/read/source.ts";
import { createSegySink } from "../../sidecar/segy/write/sink.ts";
import { openSegyWriter, WRITER_KERNELS } from "../../sidecar/segy/write/writer.ts";
import type { TraceSelection } from "../../sidecar/traces/trace_source.ts";
import type { OutputDescription } from "../../sidecar/traces/trace_sink.ts";
import type { SurveyDescription } from "../../sidecar/traces/survey_description.ts";
import { HeaderRecords } from "../../sidecar/traces/header_records.ts";
import { growingMemory } from "../test_steps.ts";

export interface Traces {
  readonly description: SurveyDescription;
  readonly samples: Float32Array;
  readonly records: HeaderRecords;
  /** Samples that are not finite. */
  readonly bad: number;
}

export function readTraces(
  file: string,
  options: SegyOptions = {},
  traces?: readonly number[],
): Traces {
  const source = openSegy(file, options);
  const { description } = source;
  const memory = growingMemory(READER_KERNELS);
  const reader = openSegyReader(source.plan, memory);
  try {
    const selection: TraceSelection = traces
      ? { kind: "list", traces: Float64Array.from(traces) }
      : { kind: "run", first: 0, count: description.traces };
    const count = traces?.length ?? description.traces;
    const staging = memory.allocate(reader.stagingBytes(count));
    const address = memory.allocate(count * description.samplesPerTrace * 4);
    const fetched = reader.fetch(selection, staging);
    const bad = fetched.decode(0, count, address);
    const samples = new Float32Array(memory.memory.buffer, address, count * description.samplesPerTrace)
      .slice();
    const { records } = fetched;
    const copy = new HeaderRecords(records.bytes.slice(), records.recordBytes, records.words);
    return { description, samples, records: copy, bad };
  } finally {
    reader.close();
    source.close();
  }
}

/** Writes traces in portions, last portion first; returns how many samples did not fit. */
export function writeTraces(
  output: Partial<OutputDescription> & Pick<OutputDescription, "path" | "source">,
  samples: Float32Array,
  records: HeaderRecords,
): number {
  const { source } = output;
  const description: OutputDescription = {
    traces: records.traces,
    samplesPerTrace: source.samplesPerTrace,
    intervalUs: source.intervalUs,
    history: ["SEISPROC TEST"],
    flow: {},
    sampleFormat: "ieee",
    littleEndian: false,
    order: [],
    ...output,
  };
  const sink = createSegySink(description);
  sink.create(false);
  const memory = growingMemory(WRITER_KERNELS);
  const writer = openSegyWriter(sink.plan, memory);
  const portion = 3;
  const staging = memory.allocate(writer.stagingBytes(portion));
  const address = memory.float32(samples);
  let bad = 0;
  const starts = Array.from({ length: Math.ceil(records.traces / portion) }, (_, i) => i * portion);
  for (const first of starts.reverse()) {
    const count = Math.min(portion, records.traces - first);
    const from = address + first * description.samplesPerTrace * 4;
    for (let i = 0; i < count; i++) {
      bad += writer.encode(
        i,
        records.slice(first + i, 1),
        from + i * description.samplesPerTrace * 4,
        staging,
      );
    }
    writer.flush(first, count, staging);
  }
  writer.close();
  sink.sync();
  sink.finish();
  return bad;
}
