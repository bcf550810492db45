/** The layout of a file where the user has the last word: what was forced, what was overruled, and whether it fits. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { formatName, type ReadOptions, readOptionsText } from "../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import type { FileBytes } from "../format/segy_file.ts";
import type { Evidence } from "./evidence/evidence.ts";
import { findLayout, type FindOptions } from "./find_layout.ts";
import { finding } from "./findings.ts";
import { layoutWords } from "./layout_stanza.ts";
import type { LayoutFindings } from "./layout_findings.ts";
import { wholeTraces } from "./reading.ts";
import type { SegyLayout } from "./segy_layout.ts";

/**
 * As `findLayout`, with the words that a layout stanza gives their places, and a finding for each field that was forced.
 * @throws SeisProcError `reading-impossible` when the file cannot be read so
 */
export function readLayout(file: FileBytes, options: FindOptions): LayoutFindings {
  const found = readForced(file, options);
  const { value: words, findings } = layoutWords(file, found.layout);
  if (words.length === 0) return { ...found, findings: [...found.findings, ...findings] };
  const moved = new Set(options.map?.map((mapping) => mapping.name));
  const map = [...words.filter((word) => !moved.has(word.name)), ...options.map ?? []];
  const laidOut = readForced(file, { ...options, map });
  return { ...laidOut, findings: [...laidOut.findings, ...findings] };
}

function readForced(file: FileBytes, { read = {}, ...options }: FindOptions): LayoutFindings {
  const text = readOptionsText(read);
  const forced = findLayout(file, { read, ...options });
  if (text === "") return forced;
  const own = findLayout(file, options);
  const misfit = misfitOf(file, forced, own);
  if (misfit !== undefined) {
    const reason = `${misfit}; by itself the file is read as ${shape(own.layout)}`;
    const message = `Cannot read ${file.name} with ${text}: ${reason}: force other values or none`;
    throw new SeisProcError("reading-impossible", message, { file: file.path, reason });
  }
  return { ...forced, findings: [...findingsOf(read, forced, own), ...forced.findings] };
}

/**
 * What does not fit; undefined when the sizes do, when trace headers bear it out, or when they do so for no reading: then
 * the user knows better.
 */
function misfitOf(
  file: FileBytes,
  { layout, evidence }: LayoutFindings,
  own: LayoutFindings,
): string | undefined {
  const { firstTrace, recordBytes, bytesPerSample, samplesPerTrace, traceBytes } = layout;
  if (firstTrace + recordBytes > file.bytes) {
    return `expected traces after ${firstTrace} bytes of headers, found a file of ${file.bytes} bytes`;
  }
  const { whole, rest } = wholeTraces(file, { ...layout, samples: samplesPerTrace });
  if (layout.variable || rest === 0 || evidence === "proved") return undefined;
  if (evidence === "possible" && own.evidence !== "proved") return undefined;
  const room = file.bytes - firstTrace;
  return `expected traces of ${recordBytes} + ${samplesPerTrace} x ${bytesPerSample} = ${traceBytes} bytes to ` +
    `fill the ${room} bytes after the headers, found ${whole} of them and ${rest} bytes more`;
}

function shape({ traces, samplesPerTrace, format, byteOrder }: SegyLayout): string {
  return `${traces} traces of ${samplesPerTrace} samples, ${titleOf(format)}, ${byteOrder}-endian`;
}

function titleOf(code: number): string {
  const title = SAMPLE_FORMATS.get(code)?.title;
  return title === undefined ? "an unknown format" : `${title} (${formatName(code)})`;
}

function findingsOf(read: ReadOptions, forced: LayoutFindings, own: LayoutFindings): ScanFinding[] {
  const found = own.layout, { header, saidFormat } = own;
  const says = (text: string | number) => `the binary header says ${text}`;
  const fits = IN_FILE[forced.evidence];
  return [
    ...forcedTo("format", 3225, read.format && titleOf(read.format), {
      found: titleOf(found.format),
      evidence: [`the header says code ${saidFormat}`, ...whatIsOdd(own, 3225)].join(", "),
    }),
    ...forcedTo("byte order", 3297, read.endian, { found: found.byteOrder, evidence: fits }),
    ...forcedTo("number of samples", 3221, read.samples, {
      found: found.samplesPerTrace || "none",
      evidence: `${says(header.get("exthns") || header.get("hns"))}, ${fits}`,
    }),
    ...forcedTo("sample interval", 3217, read.intervalUs && `${read.intervalUs} us`, {
      found: found.intervalUs > 0 ? `${found.intervalUs} us` : "none",
      evidence: says(header.get("hdt")),
    }),
    ...forcedTo("number of extended text headers", 3505, read.extendedTexts, {
      found: found.extendedTexts,
      evidence: `${says(header.get("exth"))}, ${fits}`,
    }),
  ].map((one) => found.kind === "su" ? { ...one, byte: undefined } : one);
}

function whatIsOdd({ findings }: LayoutFindings, place: number): string[] {
  return findings.flatMap(({ byte, what }) => byte === place ? [what] : []);
}

/** How the file bears out the places that the user gives traces. */
const IN_FILE: Readonly<Record<Evidence, string>> = {
  proved: "trace headers lie where that puts them",
  possible: "trace headers tell nothing, and the traces fill the file",
  doubtful: "trace headers do not tell that they lie where that puts them",
  impossible: "no trace headers lie where that puts them",
};

/** What was forced; a warning where it overrules what the file is found to be. */
function forcedTo(
  what: string,
  byte: number,
  forced: string | number | undefined,
  { found, evidence }: { readonly found: string | number; readonly evidence: string },
): ScanFinding[] {
  if (forced === undefined) return [];
  if (forced === found) {
    return [finding("info", `the ${what} is forced to ${forced}`, "as the file says", { byte })];
  }
  const overruled = `the ${what} is forced to ${forced}, the file by itself is read with ${found}`;
  return [finding("warning", overruled, `${evidence}; taken as forced`, { byte })];
}
