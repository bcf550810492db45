/** Scans a SEG-Y file: everything its headers say, and what is odd about it. */
import { BINARY_FIELDS, TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import type { ScanFinding, ScanReport } from "../../../src/shared/seismic/scan_report.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { delayMs, lengthUnitOf } from "../../../src/shared/seismic/geometry.ts";
import type { BinaryHeader } from "../format/binary_header.ts";
import { compileKernels } from "../../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../../kernels/kernel_memory.ts";
import { COLUMN_KERNEL } from "./column_gather.ts";
import { BLOCK_BYTES, HeaderColumnReader } from "./header_columns.ts";
import { GeometryWatch } from "../geometry/geometry_watch.ts";
import { HeaderStatistics } from "./header_statistics.ts";
import { HEADER_WATCH_KERNEL } from "./header_watch.ts";
import { firstCutTrace } from "../layout/cut_short.ts";
import type { FindOptions } from "../layout/find_layout.ts";
import { kindOf } from "../layout/kind/kind_of_file.ts";
import { suFindings } from "../layout/kind/su_findings.ts";
import type { LayoutFindings } from "../layout/layout_findings.ts";
import { readLayout } from "../layout/forced_reading.ts";
import { type SegyLayout, traceOffset } from "../layout/segy_layout.ts";
import { SegyFile } from "../format/segy_file.ts";
import { readTextHeaders, requireHeaders } from "../layout/file_headers.ts";
import { stanzaNames } from "../format/stanzas.ts";
import { decodeText, detectEncoding } from "../format/text_header.ts";
import { wordTable } from "../format/word_table.ts";

/** A scan on its way, between two blocks of headers. */
export interface ScanSight {
  /** Traces whose headers were read, of how many. */
  readonly traces: number;
  readonly total: number;
  /** What they tell. */
  soFar(): ScanReport;
}

/** Sees a scan on its way; what it throws ends the scan. */
export type ScanWatch = (sight: ScanSight) => void;

/** Reads all trace headers. Throws only for a file of which nothing can be said. */
export function scanSegy(
  path: string,
  { map = [], ...read }: Reading = {},
  watch: ScanWatch = () => {},
): ScanReport {
  const file = SegyFile.open(path);
  try {
    const kind = kindOf(file, read);
    requireHeaders(file, kind);
    return scan(file, { read, kind, map }, watch);
  } finally {
    file.close();
  }
}

function scan(
  file: SegyFile,
  options: FindOptions,
  watch: ScanWatch,
): ScanReport {
  const found = readLayout(file, options), { layout } = found;
  const encoding = layout.kind === "su" ? "none" : detectEncoding(file.read(0, TEXT_HEADER_BYTES));
  const textHeaders = readTextHeaders(file, layout);
  const total = readableHeaders(layout);
  const tell = (seen: HeadersSeen) => report(file, found, encoding, textHeaders, seen);
  return tell(scanHeaders(file, layout, found.map, (traces, soFar) => {
    watch({ traces, total, soFar: () => tell(soFar) });
  }));
}

function report(
  file: SegyFile,
  { layout, header, saidFormat, findings }: LayoutFindings,
  encoding: ScanReport["encoding"],
  textHeaders: string[][],
  { statistics, geometry }: HeadersSeen,
): ScanReport {
  const code = layout.format || saidFormat;
  return {
    path: file.path,
    kind: layout.kind,
    bytes: file.bytes,
    format: { code, title: SAMPLE_FORMATS.get(code)?.title ?? "unknown" },
    revision: `${layout.revision.major}.${layout.revision.minor}`,
    byteOrder: layout.byteOrder,
    encoding,
    traces: layout.traces,
    completeTraces: completeTraces(layout),
    samples: layout.samplesPerTrace,
    shortestSamples: layout.variable?.samples.reduce((a, b) => Math.min(a, b)) ?? layout.samplesPerTrace,
    intervalUs: layout.intervalUs,
    startMs: startMs(statistics),
    firstTraceByte: layout.firstTrace + 1,
    additionalTraceHeaders: layout.recordBytes / TRACE_HEADER_BYTES - 1,
    additionalHeaderNames: layout.additionalHeaders,
    trailers: layout.trailers,
    textHeaders,
    stanzas: stanzaNames([...textHeaders, ...readTrailers(file, layout)].flat()),
    binaryHeader: notZero(header),
    headers: statistics.ranges,
    sorting: statistics.order,
    extents: statistics.coordinateExtents,
    coordinateUnit: statistics.coordinateUnit,
    geometry: geometry.geometry(statistics.coordinateUnit === "length"),
    lengthUnit: lengthUnitOf(header.get("mfeet")),
    findings: [
      ...suFindings(file, layout),
      ...textFindings(encoding),
      ...findings,
      ...shapeFindings(layout, statistics),
    ],
  };
}

/** What trace headers told. */
interface HeadersSeen {
  readonly statistics: HeaderStatistics;
  readonly geometry: GeometryWatch;
}

function scanHeaders(
  file: SegyFile,
  layout: SegyLayout,
  map: readonly LaidOutWord[],
  see: (traces: number, seen: HeadersSeen) => void,
): HeadersSeen {
  const { words } = wordTable(map, layout);
  const kernels = compileKernels([HEADER_WATCH_KERNEL, COLUMN_KERNEL]);
  const memory = new KernelMemory(createSharedMemory(2 * BLOCK_BYTES), kernels, 64, "grow");
  const statistics = new HeaderStatistics(words, layout, memory);
  const geometry = new GeometryWatch(words);
  const seen = { statistics, geometry };
  const own = statistics.columnWords.length;
  let traces = 0;
  new HeaderColumnReader(file, layout, words, memory).read(
    0,
    readableHeaders(layout),
    [...statistics.columnWords, ...geometry.words],
    ({ first, count }, columns) => {
      statistics.addColumns(first, count, columns.slice(0, own));
      geometry.add(count, columns.slice(own));
    },
    (address, stride, count) => {
      statistics.addRecords(address, stride, count);
      see(traces += count, seen);
    },
  );
  return seen;
}

/** Traces whose header is wholly in the file. */
function readableHeaders(layout: SegyLayout): number {
  let count = Math.min(layout.traces, wholeTraces(layout) + 1);
  while (count > 0 && traceOffset(layout, count - 1) + layout.recordBytes > layout.bytes) count--;
  return count;
}

function completeTraces(layout: SegyLayout): number {
  return Math.min(layout.traces, wholeTraces(layout));
}

function wholeTraces(layout: SegyLayout): number {
  return firstCutTrace(layout) ?? layout.traces;
}

function startMs({ ranges }: HeaderStatistics): number {
  const first = (word: string) => ranges.find((range) => range.word === word)?.first ?? 0;
  return delayMs(first("delrt"), first("tscal"));
}

function readTrailers(file: SegyFile, { bytes, trailers }: SegyLayout): string[][] {
  return Array.from({ length: Math.min(trailers, 100) }, (_, i) => {
    const block = file.read(bytes - TEXT_HEADER_BYTES * (trailers - i), TEXT_HEADER_BYTES);
    return decodeText(block, detectEncoding(block));
  });
}

function notZero(header: BinaryHeader): Record<string, number> {
  const fields = BINARY_FIELDS.map(({ name }) => [name, header.get(name)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== 0));
}

function textFindings(encoding: string): ScanFinding[] {
  if (encoding !== "binary") return [];
  const what = "the text header is neither EBCDIC nor ASCII text";
  return [{ severity: "warning", what, meaning: "shown as far as it can be; outputs get it so", byte: 1 }];
}

/** What trace headers say of lengths is known already where these differ from trace to trace. */
function shapeFindings({ variable }: SegyLayout, statistics: HeaderStatistics): ScanFinding[] {
  const findings = statistics.findings();
  return variable ? findings.filter((finding) => finding.byte !== 115) : findings;
}
