/** How many traces there are, and what the bytes after the last whole one are: a trace that is cut, or no trace. */
import { agreement } from "./evidence/header_agreement.ts";
import { TraceHeaderProbe } from "./evidence/trace_header_probe.ts";
import { looksLikeText } from "../format/text_header.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import { counted, finding, type Found } from "./findings.ts";
import type { Opening } from "./opening.ts";
import { endOfTraces, type Reading, strideOf } from "./reading.ts";

/** More traces said than this times those there is room for are a count of something else. */
const FAR_TOO_MANY = 1000;
const NUMBER_OF_TRACES = { byte: 3513 };

/** Traces of one length, a last one that is cut included; `whole` of them are there and are traces. */
export function countTraces(opening: Opening, reading: Reading, whole: number): Found<number> {
  const rest = endOfTraces(opening.file, reading) - reading.firstTrace - whole * strideOf(reading);
  const isCut = rest > 0 && (whole === 0 || isCutTrace(opening, reading, whole, rest));
  const found = isCut ? whole + 1 : whole;
  const end = isCut
    ? [cutFinding(reading, whole, rest)]
    : restFindings(opening, reading.firstTrace + whole * strideOf(reading), rest);
  const said = opening.revision.major >= 2 ? opening.header.get("ntrst") : 0;
  if (said === 0 || said === found) return { value: found, findings: end };
  if (said < found) return fewerSaid(reading, said, found, rest);
  const missing = moreSaid(said, found);
  return { value: missing.value, findings: [...end, ...missing.findings] };
}

function cutFinding(reading: Reading, whole: number, rest: number): ScanFinding {
  const stride = strideOf(reading), byte = reading.firstTrace + whole * stride + 1;
  const trace = whole + 1;
  const what = `the file is cut short in trace ${trace}: expected ${stride} bytes from byte ${byte}, ` +
    `found ${rest}`;
  return finding("error", what, "the traces before it can be read, this one cannot", { trace, byte });
}

function fewerSaid(reading: Reading, said: number, found: number, rest: number): Found<number> {
  const left = (found - said) * strideOf(reading) + (rest > 0 ? rest - strideOf(reading) : 0);
  const what = `${counted(left, "byte")} follow the ${counted(said, "trace")} that the header says`;
  return { value: said, findings: [finding("warning", what, "not read", NUMBER_OF_TRACES)] };
}

function moreSaid(said: number, found: number): Found<number> {
  const what = `the header says ${counted(said, "trace")}, the file has room for ${found}`;
  if (said > FAR_TOO_MANY * Math.max(1, found)) {
    const meaning = "not believed: the traces that are there are read";
    return { value: found, findings: [finding("warning", what, meaning, NUMBER_OF_TRACES)] };
  }
  return { value: said, findings: [finding("error", what, "the file is cut short", NUMBER_OF_TRACES)] };
}

/** Bytes that are too few to tell what they are. */
const TOO_FEW = 4;

/** Whether the bytes after the last whole trace begin like the next trace. */
function isCutTrace(opening: Opening, reading: Reading, whole: number, rest: number): boolean {
  if (rest < TOO_FEW) return false;
  const { firstTrace, recordBytes, samples } = reading, stride = strideOf(reading);
  const probe = new TraceHeaderProbe(opening, recordBytes);
  const offset = firstTrace + whole * stride;
  const { header: next, known } = probe.readBegun(offset);
  if (isZero(opening, offset, known)) return false;
  const others = [0, whole - 1].map((trace) => firstTrace + trace * stride);
  const looks = others.map((other, i) => {
    const before = probe.read(other);
    return before && agreement(next, before, i === 0 ? whole : 1, samples, known);
  });
  if (known >= recordBytes) return looks.includes("same") || looks.includes("blank");
  return looks.includes("same") || others.some((other) => repeats(opening, offset, other, known));
}

/** Most bytes are those of another header. */
const MOST = 0.9;

function repeats({ file }: Opening, offset: number, other: number, known: number): boolean {
  const one = file.read(offset, known), before = file.read(other, known);
  return one.filter((byte, i) => byte === before[i]).length > MOST * known &&
    one.some((byte, i) => byte !== 0 && byte === before[i]);
}

function isZero({ file }: Opening, offset: number, length: number): boolean {
  return file.read(offset, length).every((byte) => byte === 0);
}

/** What follows the last whole trace and is none; the traces are read all the same. */
export function restFindings({ file }: Opening, offset: number, rest: number): ScanFinding[] {
  if (rest <= 0) return [];
  const bytes = file.read(offset, Math.min(rest, MOST_LOOKED_AT));
  const kind = bytes.every((byte) => byte === 0)
    ? "zeros"
    : looksLikeText(bytes)
    ? "text"
    : "no trace header";
  const what = `${counted(rest, "byte")} ${rest === 1 ? "follows" : "follow"} the last whole trace (${kind})`;
  return [finding("warning", what, "not read: the whole traces are", { byte: offset + 1 })];
}

const MOST_LOOKED_AT = 1 << 20;
