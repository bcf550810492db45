/** The layout of a file where the user has the last word: what was forced, what was overruled, and whether it fits. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { formatName, type ReadOptions, readOptionsText } from "../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import type { SegyFile } from "../format/segy_file.ts";
import { findLayout, type FindOptions, type LayoutFindings } from "./find_layout.ts";
import type { SegyLayout } from "./segy_layout.ts";
import { TraceHeaderProbe } from "./trace_header_probe.ts";

/**
 * As `findLayout`, with a finding for each field that was forced.
 * @throws SeisProcError `reading-impossible` when the file cannot be read so
 */
export function readLayout(file: SegyFile, { read = {}, kind }: FindOptions): LayoutFindings {
  const text = readOptionsText(read);
  const forced = findLayout(file, { read, kind });
  if (text === "") return forced;
  const own = findLayout(file, { kind });
  const misfit = misfitOf(file, forced.layout, own.layout);
  if (misfit !== undefined) {
    const reason = `${misfit}; by itself the file is read as ${shape(own.layout)}`;
    const message = `Cannot read ${file.name} with ${text}: ${reason}: force other values or none`;
    throw new SeisProcError("reading-impossible", message, { file: file.path, reason });
  }
  return { ...forced, findings: [...findingsOf(read, forced, own), ...forced.findings] };
}

/** What does not fit; undefined when the sizes do, or when the traces lie so and only the last is cut. */
function misfitOf(file: SegyFile, forced: SegyLayout, own: SegyLayout): string | undefined {
  const { firstTrace, recordBytes, bytesPerSample, samplesPerTrace, traceBytes } = forced;
  if (firstTrace + recordBytes > file.bytes) {
    return `expected traces after ${firstTrace} bytes of headers, found a file of ${file.bytes} bytes`;
  }
  const { traces, rest } = division(file, forced);
  if (forced.variable || rest === 0 || liesSo(file, forced, own)) return undefined;
  const room = file.bytes - firstTrace;
  return `expected traces of ${recordBytes} + ${samplesPerTrace} x ${bytesPerSample} = ${traceBytes} bytes to ` +
    `fill the ${room} bytes after the headers, found ${traces} of them and ${rest} bytes more`;
}

/** The file ends inside a trace either way, and trace headers stand where this reading puts them. */
function liesSo(file: SegyFile, forced: SegyLayout, own: SegyLayout): boolean {
  if (division(file, own).rest === 0 && !own.variable) return false;
  const probe = new TraceHeaderProbe(file, forced.byteOrder, forced.recordBytes);
  const first = probe.read(forced.firstTrace);
  if (first === undefined) return false;
  const { traces } = division(file, forced);
  for (let trace = 1; trace < Math.min(traces, MOST_LOOKS); trace++) {
    const header = probe.read(forced.firstTrace + trace * forced.traceBytes);
    if (header?.samples !== first.samples || header.interval !== first.interval) return false;
  }
  return traces >= 1;
}

const MOST_LOOKS = 32;

function division(file: SegyFile, { firstTrace, trailers, traceBytes }: SegyLayout) {
  const room = Math.max(0, file.bytes - 3200 * trailers - firstTrace);
  const traces = Math.floor(room / traceBytes);
  return { traces, rest: room - traces * traceBytes };
}

function shape({ traces, samplesPerTrace, format, byteOrder }: SegyLayout): string {
  return `${traces} traces of ${samplesPerTrace} samples, ${titleOf(format)}, ${byteOrder}-endian`;
}

function titleOf(code: number): string {
  const title = SAMPLE_FORMATS.get(code)?.title;
  return title === undefined ? "an unknown format" : `${title} (${formatName(code)})`;
}

function findingsOf(read: ReadOptions, forced: LayoutFindings, own: LayoutFindings): ScanFinding[] {
  const found = own.layout, { header, saidFormat, sampleLook } = own;
  const look = sampleLook === "unsure" ? "" : `, the samples look like ${sampleLook}`;
  return [
    ...finding("format", 3225, read.format && titleOf(read.format), {
      found: titleOf(found.format),
      evidence: `the header says code ${saidFormat}${look}`,
    }),
    ...finding("byte order", 3297, read.endian, {
      found: found.byteOrder,
      evidence: "as the headers make sense",
    }),
    ...finding("number of samples", 3221, read.samples, {
      found: found.samplesPerTrace || "none",
      evidence: `the binary header says ${header.get("exthns") || header.get("hns")}`,
    }),
    ...finding("sample interval", 3217, read.intervalUs && `${read.intervalUs} us`, {
      found: found.intervalUs > 0 ? `${found.intervalUs} us` : "none",
      evidence: `the binary header says ${header.get("hdt")}`,
    }),
    ...finding("number of extended text headers", 3505, read.extendedTexts, {
      found: found.extendedTexts,
      evidence: `the binary header says ${header.get("exth")}`,
    }),
  ].map((one) => forced.layout.kind === "su" ? { ...one, byte: undefined } : one);
}

/** What was forced; a warning where it overrules what the file is found to be. */
function finding(
  what: string,
  byte: number,
  forced: string | number | undefined,
  { found, evidence }: { readonly found: string | number; readonly evidence: string },
): ScanFinding[] {
  if (forced === undefined) return [];
  if (forced === found) {
    return [{
      severity: "info",
      what: `the ${what} is forced to ${forced}`,
      meaning: "as the file says",
      byte,
    }];
  }
  const overruled = `the ${what} is forced to ${forced}, the file by itself is read with ${found}`;
  return [{ severity: "warning", what: overruled, meaning: `${evidence}; taken as forced`, byte }];
}
