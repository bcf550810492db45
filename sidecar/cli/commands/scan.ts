/** `seisproc scan FILE.sgy [--json]` */
import process from "node:process";
import { type HeaderRange, type ScanReport, sentence } from "../../../src/shared/seismic/scan_report.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { isRequestError, toWireError } from "../../../src/shared/errors.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { jsonLine, printable } from "../../../src/shared/shown.ts";
import { OWN_SU_WORDS } from "../../../src/shared/seismic/header_kind.ts";
import { HeaderWordTable, STANDARD_WORDS } from "../../../src/shared/seismic/trace_header.ts";
import { scanSegy } from "../../segy/headers/scan.ts";
import { geometryLines } from "../geometry_lines.ts";
import { ScanFollower } from "../follow/scan_watch.ts";

export interface ScanOptions {
  readonly json: boolean;
  readonly read?: Reading;
}

/** Prints what the file holds; returns the exit status: 0, 1 when no trace can be read, 2 wrong usage. */
export function scanCommand(path: string | undefined, { json, read }: ScanOptions): number {
  if (path === undefined || path === "") {
    process.stderr.write("Cannot scan: expected a file, found none: seisproc scan FILE.sgy [--json]\n");
    return 2;
  }
  const follower = new ScanFollower(path);
  try {
    const report = scanSegy(path, read, (sight) => follower.see(sight));
    follower.end();
    process.stdout.write(json ? `${jsonLine(report)}\n` : scanText(report));
    return report.completeTraces > 0 && SAMPLE_FORMATS.has(report.format.code) ? 0 : 1;
  } catch (error) {
    follower.end();
    const wire = toWireError(error);
    if (json) process.stdout.write(`${jsonLine({ error: wire })}\n`);
    process.stderr.write(`${wire.message}\n`);
    return isRequestError(wire.tag) ? 2 : 1;
  }
}

/** The report as a person reads it. */
export function scanText(report: ScanReport): string {
  const sections = [
    factLines(report),
    ...(report.kind === "su" ? [] : [["Text header", ...trimmed(report.textHeaders[0])]]),
    ...report.textHeaders.slice(1).map((lines, i) => [`Extended text header ${i + 1}`, ...trimmed(lines)]),
    ...(report.kind === "su" ? [] : [["Binary header", ...fieldLines(report)]]),
    ["Trace headers (as stored)", ...rangeLines(report.headers)],
    ["What is odd", ...oddLines(report)],
  ];
  const texts = sections.map(([title, ...lines]) =>
    [title, ...lines.map((line) => `  ${line}`)].map(printable).join("\n")
  );
  return `${texts.join("\n\n")}\n`;
}

function factLines(report: ScanReport): string[] {
  const { traces, completeTraces, samples, shortestSamples, intervalUs, startMs } = report;
  const whole = completeTraces === traces ? "" : ` (${completeTraces} whole)`;
  const range = shortestSamples === samples ? `${samples}` : `${shortestSamples} to ${samples}`;
  const lastMs = startMs + Math.max(0, samples - 1) * intervalUs / 1000;
  return [
    report.path,
    `${pad("format")} ${report.format.title} (code ${report.format.code}), ${report.byteOrder}-endian`,
    report.kind === "su"
      ? `${pad("kind")} Seismic Unix, no file headers`
      : `${pad("revision")} ${report.revision}`,
    `${pad("size")} ${report.bytes} bytes`,
    `${pad("traces")} ${traces}${whole}`,
    `${pad("samples")} ${range}`,
    `${pad("interval")} ${intervalUs} us, ${short(startMs)} to ${short(lastMs)} ms`,
    ...(report.kind === "su" ? [] : [textLine(report)]),
    ...report.stanzas.map((stanza) => `${pad("stanza")} ${stanza}`),
    ...moreHeaders(report.additionalHeaderNames),
    ...optional("trailers", report.trailers),
    `${pad("sorted by")} ${report.sorting || "no word that tells"}`,
    `${pad("length unit")} ${report.lengthUnit}`,
    ...(report.coordinateUnit === "length" ? [] : [`${pad("coordinates")} in ${report.coordinateUnit}`]),
    ...geometryLines(report).map(([name, text]) => `${pad(name)} ${text}`),
    ...report.extents.map(({ words, minX, maxX, minY, maxY }) =>
      `${pad(words)} ${short(minX)} to ${short(maxX)}, ${short(minY)} to ${short(maxY)}`
    ),
  ];
}

function textLine({ encoding, textHeaders }: ScanReport): string {
  return `${pad("text")} ${encoding}, ${textHeaders.length - 1} extended`;
}

function fieldLines({ binaryHeader }: ScanReport): string[] {
  return Object.entries(binaryHeader).map(([name, value]) => `${pad(name)} ${value}`);
}

/** By name; the words of a header without a known one are kept as they are. */
function moreHeaders(names: readonly string[]): string[] {
  return names.length > 0
    ? [`${pad("more headers")} ${names.map((name) => printable(name) || "(no name)").join(", ")}`]
    : [];
}

function optional(name: string, count: number): string[] {
  return count ? [`${pad(name)} ${count}`] : [];
}

function rangeLines(ranges: readonly HeaderRange[]): string[] {
  const line = (name: string, byte: string, numbers: readonly (string | number)[], title: string) =>
    `${name.padEnd(9)}${byte.padStart(4)}${
      numbers.map((number) => String(number).padStart(13)).join("")
    }  ${title}`;
  return [
    line("word", "byte", ["min", "max", "first", "last"], "").trimEnd(),
    ...ranges.map(({ word, byte, min, max, first, last }) =>
      line(word, String(byte), [min, max, first, last], titleOf(word))
    ),
  ];
}

function titleOf(name: string): string {
  return [STANDARD_WORDS, HeaderWordTable.of(OWN_SU_WORDS)].map((table) => table.find(name)?.title)
    .find((title) => title !== undefined) ?? "";
}

function oddLines({ findings }: ScanReport): string[] {
  return findings.length
    ? findings.map((finding) => `${finding.severity}: ${sentence(finding)}`)
    : ["nothing"];
}

function trimmed(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.replace(/^C\s*\d+/, "").trim() !== "");
  return lines.slice(0, last + 1).map((line) => line.trimEnd());
}

function pad(name: string): string {
  return name.padEnd(12);
}

function short(value: number): string {
  return String(Number(value.toPrecision(10)));
}
