/**
 * Where everything lies in a file of traces, found from its headers and a few traces without reading all of it.
 *
 * The order of evidence: what the user says; what the headers say, when the file fits it (sizes divide, trace headers at
 * that distance make sense) and the values read so are possible; another reading only when the said one is impossible
 * and the other is proved. What was not taken as said is a finding.
 */
import type { ReadOptions } from "../../../src/shared/seismic/read_options.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import type { FileBytes } from "../format/segy_file.ts";
import { findByteOrder } from "./byte_order_choice.ts";
import { saidFormat } from "./readings/candidates.ts";
import { chooseReading } from "./readings/choose_reading.ts";
import { decide, type Decision } from "./decision.ts";
import { TraceHeaderProbe } from "./evidence/trace_header_probe.ts";
import { findInterval } from "./interval.ts";
import type { LayoutFindings } from "./layout_findings.ts";
import { type Asked, findRevision, openIn, type Opening } from "./opening.ts";
import { strideOf } from "./reading.ts";
import { findFormat } from "./sample_format.ts";
import type { HeaderKind } from "../../../src/shared/seismic/header_kind.ts";
import type { SegyLayout } from "./segy_layout.ts";

export interface FindOptions {
  /** What the user says in place of what the file says. */
  readonly read?: ReadOptions;
  /** SEG-Y when left out. */
  readonly kind?: HeaderKind;
  /** Words that lie elsewhere than the standard has them. */
  readonly map?: readonly LaidOutWord[];
}

/** Finds the layout of a SEG-Y file of at least 3600 bytes, or of a Seismic Unix file, which has no file headers. */
export function findLayout(
  file: FileBytes,
  { read = {}, kind = "segy", map = [] }: FindOptions = {},
): LayoutFindings {
  const asked: Asked = { file, kind, read, map };
  const order = findByteOrder(asked);
  const opening = openIn(order.value, asked);
  const decision = decide(opening, chooseReading(opening));
  const first = new TraceHeaderProbe(opening, decision.reading.recordBytes).read(decision.reading.firstTrace);
  const format = findFormat(opening, decision);
  const interval = findInterval(opening, first);
  return {
    layout: layoutOf(opening, decision, { format: format.value, intervalUs: interval.value }),
    header: opening.header,
    saidFormat: saidFormat(opening),
    evidence: decision.evidence,
    unreadable: decision.unreadable,
    map,
    findings: [
      ...order.findings,
      ...(kind === "su" ? [] : findRevision(opening.header).findings),
      ...decision.findings,
      ...format.findings,
      ...interval.findings,
    ],
  };
}

function layoutOf(
  { file, kind, order, revision }: Opening,
  { reading, traces, variable, additionalHeaders }: Decision,
  { format, intervalUs }: Pick<SegyLayout, "format" | "intervalUs">,
): SegyLayout {
  const { samples: samplesPerTrace, bytesPerSample, extendedTexts, firstTrace, recordBytes, trailers } =
    reading;
  return {
    kind,
    path: file.path,
    name: file.name,
    bytes: file.bytes,
    modifiedMs: file.modifiedMs,
    byteOrder: order,
    revision,
    format,
    bytesPerSample,
    samplesPerTrace,
    intervalUs,
    extendedTexts,
    firstTrace,
    recordBytes,
    additionalHeaders,
    traceBytes: strideOf(reading),
    traces,
    trailers,
    variable,
  };
}
