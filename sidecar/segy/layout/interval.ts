/** The sample interval from all the places that may say it. */
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import type { ProbedHeader } from "./evidence/trace_header_probe.ts";
import { finding, type Found } from "./findings.ts";
import type { Opening, Revision } from "./opening.ts";

const IN_BINARY_HEADER = { byte: 3217 };
const EXTENDED = { byte: 3273 };

/**
 * Microseconds, 0 when no header says it. The extended interval (revision 2) wins over the binary header's, that over
 * the first trace's; a positive one wins over a negative one, and two 16-bit words that agree over a senseless extended
 * one.
 */
export function findInterval(opening: Opening, first: ProbedHeader | undefined): Found<number> {
  const { header, revision } = opening;
  if (opening.read.intervalUs !== undefined) return { value: opening.read.intervalUs, findings: [] };
  const binary = header.get("hdt"), short = first?.get("dt") ?? 0;
  const said = revision.major >= 2 ? header.get("exthdt") : 0;
  const senseless = senselessExtended(said, binary, short);
  const extended = senseless.length > 0 ? 0 : said;
  const own = first?.extended("extDt") ?? 0;
  const trace = senselessExtended(own, binary, short).length > 0 ? short : own || short;
  if (opening.kind === "su" && trace > 0) return { value: trace, findings: senseless };
  const found = firstOf(extended, binary, trace, revision);
  return { value: found.value, findings: [...senseless, ...found.findings] };
}

/** Intervals of seismic and radar data lie between; a number outside is text, or was meant in another unit. */
const LEAST = 1e-4;
const GREATEST = 1e8;
/** From here on two values differ by their unit. */
const OTHER_UNIT = 100;

function senselessExtended(said: number, binary: number, trace: number): ScanFinding[] {
  if (said === 0) return [];
  const size = Math.abs(said);
  const agreed = binary !== 0 && binary === trace ? Math.abs(binary) : undefined;
  const ratio = agreed === undefined ? 1 : Math.max(size / agreed, agreed / size);
  if (size >= LEAST && size <= GREATEST && (ratio < OTHER_UNIT || isWrapped(said, binary))) return [];
  const what = `the extended sample interval ${shown(said)} makes no sense`;
  const others = agreed === undefined ? "not believed" : `not believed: both 16-bit words say ${binary}`;
  return [finding("warning", what, others, EXTENDED)];
}

/** What 16 bits leave of the interval. */
function isWrapped(interval: number, word: number): boolean {
  return (Math.round(interval) & 0xffff) === (word & 0xffff);
}

function firstOf(extended: number, binary: number, trace: number, revision: Revision): Found<number> {
  if (extended > 0) return checked(extended, trace);
  if (binary > 0) return checked(binary, trace);
  if (trace > 0) {
    const said = binary === 0 ? "no sample interval" : `the sample interval ${binary}`;
    const meaning = `taken from trace 1: ${trace} us`;
    return {
      value: trace,
      findings: [finding("warning", `the binary header says ${said}`, meaning, IN_BINARY_HEADER)],
    };
  }
  const negative = extended || binary || trace;
  if (negative === 0) {
    const what = "the sample interval is zero in the binary header and in trace 1";
    return { value: 0, findings: [finding("error", what, "time is unknown", IN_BINARY_HEADER)] };
  }
  const { us, as } = negativeInterval(negative, revision);
  const what = `the sample interval is ${negative}`;
  return { value: us, findings: [finding("warning", what, `taken as ${as}`, IN_BINARY_HEADER)] };
}

function checked(interval: number, trace: number): Found<number> {
  const same = trace === 0 || trace === interval || trace === Math.round(interval) ||
    trace === Math.floor(interval) ||
    isWrapped(interval, trace);
  if (same) return { value: interval, findings: [] };
  const what = `the sample interval is ${interval} us in the binary header and ${trace} in trace 1`;
  const meaning = `taken from the binary header: ${interval} us`;
  return { value: interval, findings: [finding("warning", what, meaning, { trace: 1, byte: 117 })] };
}

/**
 * A negative interval: samples per second in revision 2.1 and wherever that gives whole microseconds; else a 16-bit
 * number above 32767 that was written unsigned.
 */
function negativeInterval(value: number, { major, minor }: Revision): { us: number; as: string } {
  const hertz = -value;
  const us = 1e6 / hertz;
  const unsigned = value + 65536;
  if ((major >= 2 && minor >= 1) || Number.isInteger(us) || !Number.isInteger(value) || unsigned < 32768) {
    return { us, as: `${hertz} samples per second: ${shown(us)} us` };
  }
  return { us: unsigned, as: `an unsigned number: ${unsigned} us` };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(8)));
}
