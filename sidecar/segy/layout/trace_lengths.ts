/** How many samples traces have and how many traces there are: by the headers, checked against the file. */
import type { BinaryHeader } from "../format/binary_header.ts";
import type { FindingList } from "./findings.ts";
import type { VariableTraces } from "./segy_layout.ts";
import type { SegyFile } from "../format/segy_file.ts";
import type { TraceHeaderProbe } from "./trace_header_probe.ts";

export interface TraceLengths {
  readonly samplesPerTrace: number;
  readonly traces: number;
  readonly variable?: VariableTraces;
}

interface Known {
  readonly file: SegyFile;
  readonly header: BinaryHeader;
  readonly probe: TraceHeaderProbe;
  readonly firstTrace: number;
  readonly recordBytes: number;
  readonly bytesPerSample: number;
  readonly major: number;
  readonly trailers: number;
}

/**
 * Bytes of a sample: what the format code says, unless the trace headers lie where another size puts them. Without a
 * known code and without such evidence 4.
 */
export function findSampleBytes(known: Omit<Known, "bytesPerSample">, said: number | undefined): number {
  const inTrace = known.probe.read(known.firstTrace)?.samples ?? 0;
  const proves = (bytesPerSample: number) => provesSize({ ...known, bytesPerSample }, inTrace);
  if (inTrace === 0 || (said !== undefined && proves(said))) return said ?? 4;
  return [4, 2, 1, 3, 8].find((bytes) => bytes !== said && proves(bytes)) ?? said ?? 4;
}

/** At least three headers that say this number of samples lie where this size of samples puts them. */
function provesSize(known: Known, samples: number): boolean {
  const bytes = traceBytes(known, samples);
  const says = (trace: number) => known.probe.read(known.firstTrace + trace * bytes)?.samples === samples;
  return says(1) && says(2) && headersAgree(known, samples);
}

/** Headers that are looked at to see whether all traces have one length. */
const LOOKS = 32;

export function detectTraceLengths(known: Known, odd: FindingList): TraceLengths {
  const { header, probe, firstTrace, major } = known;
  const binary = (major >= 2 ? header.get("exthns") : 0) || header.get("hns");
  const inTrace = probe.read(firstTrace)?.samples ?? 0;
  if (binary === 0 && inTrace === 0) {
    odd.add(
      "error",
      "the number of samples is zero in the binary header and in trace 1",
      "traces cannot be told apart",
      {
        byte: 3221,
      },
    );
    return { samplesPerTrace: 0, traces: 0 };
  }
  if (binary === 0) {
    odd.add("warning", "the binary header says no number of samples", `taken from trace 1: ${inTrace}`, {
      byte: 3221,
    });
  }
  const candidates = [binary || inTrace, inTrace].filter((samples, i, all) =>
    samples > 0 && all.indexOf(samples) === i
  );
  for (const samples of candidates) {
    if (!headersAgree(known, samples)) continue;
    if (samples !== candidates[0] && !provenByFile(known, samples)) continue;
    if (samples !== binary && binary !== 0) {
      odd.add(
        "warning",
        `the binary header says ${binary} samples, the traces ${samples}`,
        `${samples} taken`,
        {
          byte: 3221,
        },
      );
    }
    return fixedLength(known, samples, odd);
  }
  return variableLength(known, odd) ?? disagreeing(known, candidates[0], inTrace, odd);
}

/** Every trace with as many samples as the user says. */
export function forcedLength(known: Known, samples: number, odd: FindingList): TraceLengths {
  return fixedLength(known, samples, odd);
}

/** Whether the file bears out what only trace 1 says: it divides so, or a second header agrees. */
function provenByFile(known: Known, samples: number): boolean {
  const room = endOfTraces(known) - known.firstTrace;
  const bytes = traceBytes(known, samples);
  return room % bytes === 0 || known.probe.read(known.firstTrace + bytes)?.samples === samples;
}

/** True when headers all over the file, found with this length, say this length or nothing. */
function headersAgree(known: Known, samples: number): boolean {
  const { file, probe, firstTrace } = known;
  const bytes = traceBytes(known, samples);
  const traces = Math.floor((endOfTraces(known) - firstTrace) / bytes);
  if (traces <= 0) {
    return (probe.read(firstTrace)?.samples || samples) === samples || file.bytes <= firstTrace;
  }
  const step = Math.max(1, Math.floor(traces / LOOKS));
  for (let trace = 0; trace < traces; trace += step) {
    const header = probe.read(firstTrace + trace * bytes);
    if (header && header.samples !== samples && header.samples !== 0) return false;
  }
  return true;
}

function fixedLength(known: Known, samplesPerTrace: number, odd: FindingList): TraceLengths {
  const bytes = traceBytes(known, samplesPerTrace);
  const room = endOfTraces(known) - known.firstTrace;
  const found = Math.max(0, Math.ceil(room / bytes));
  const said = known.major >= 2 ? known.header.get("ntrst") : 0;
  const traces = said > 0 && said !== found ? countedTraces(said, found, room, bytes, odd) : found;
  const rest = room - Math.floor(room / bytes) * bytes;
  if (rest > 0 && traces >= found) {
    const begin = known.firstTrace + (found - 1) * bytes;
    const what =
      `the file is cut short in trace ${found}: expected ${bytes} bytes at ${begin}, found ${rest}`;
    odd.add("error", what, "the traces before it can be read, this one cannot", {
      trace: found,
      byte: begin + 1,
    });
  }
  return { samplesPerTrace, traces };
}

function countedTraces(said: number, found: number, room: number, bytes: number, odd: FindingList): number {
  const place = { byte: 3513 };
  if (said < found) {
    const left = room - said * bytes;
    odd.add("info", `${left} bytes follow the ${said} traces that the header says`, "not read", place);
    return said;
  }
  if (said - found > 1e9) return found;
  odd.add(
    "error",
    `the header says ${said} traces, the file has room for ${found}`,
    "the file is cut short",
    place,
  );
  return said;
}

/** Follows the traces from header to header; undefined when that does not lead through the file. */
function variableLength(known: Known, odd: FindingList): TraceLengths | undefined {
  const { probe, firstTrace } = known;
  const end = endOfTraces(known);
  const offsets: number[] = [], samples: number[] = [];
  let at = firstTrace;
  while (at < end) {
    const count = probe.read(at)?.samples;
    if (count === undefined) break;
    if (count === 0) return undefined;
    offsets.push(at);
    samples.push(count);
    at += traceBytes(known, count);
  }
  const last = offsets.length - 1;
  if (last < 1 || !plausible(known, offsets, at, end)) return undefined;
  const longest = samples.reduce((a, b) => Math.max(a, b)),
    shortest = samples.reduce((a, b) => Math.min(a, b));
  const different = samples.findIndex((count) => count !== longest);
  odd.add(
    "warning",
    `traces have ${shortest} to ${longest} samples`,
    `shorter ones are filled with zeros to ${longest}`,
    { trace: different + 1, byte: 115 },
  );
  if (at !== end) {
    const found = end - (at > end ? offsets[last] : at);
    const trace = at > end ? last + 1 : last + 2;
    odd.add(
      "error",
      `the file is cut short in trace ${trace}: ${found} bytes of it found`,
      "that trace cannot be read",
      {
        trace,
        byte: end - found + 1,
      },
    );
    if (at < end) offsets.push(at), samples.push(longest);
  }
  return {
    samplesPerTrace: longest,
    traces: offsets.length,
    variable: { offsets: Float64Array.from(offsets), samples: Uint32Array.from(samples) },
  };
}

/** The walk ends where the file does, or its headers keep saying one interval. */
function plausible(known: Known, offsets: readonly number[], at: number, end: number): boolean {
  if (at === end) return true;
  const first = known.probe.read(known.firstTrace)?.interval;
  const looked = offsets.slice(1, 200);
  return first !== 0 && looked.length > 3 &&
    looked.every((offset) => known.probe.read(offset)?.interval === first);
}

/** Trace headers that contradict the length by which the file divides best: the length wins, and it is said. */
function disagreeing(known: Known, samples: number, inTrace: number, odd: FindingList): TraceLengths {
  const room = endOfTraces(known) - known.firstTrace;
  const divides = (count: number) => count > 0 && room % traceBytes(known, count) === 0;
  const taken = divides(samples) || !divides(inTrace) ? samples : inTrace;
  const what = inTrace === taken
    ? "the trace headers say different numbers of samples"
    : `trace 1 says ${inTrace} samples, the binary header ${samples}`;
  odd.add("warning", what, `${taken} taken for all traces`, { trace: 1, byte: 115 });
  return fixedLength(known, taken, odd);
}

function traceBytes({ recordBytes, bytesPerSample }: Known, samples: number): number {
  return recordBytes + samples * bytesPerSample;
}

function endOfTraces({ file, trailers, firstTrace }: Known): number {
  return Math.max(firstTrace, file.bytes - 3200 * trailers);
}
