/** What a choice comes to: traces and their lengths, what is said otherwise, and whether anything can be read. */
import { FILE_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import type { Choice, Chosen } from "./readings/choose_reading.ts";
import type { Evidence } from "./evidence/evidence.ts";
import { TraceHeaderProbe } from "./evidence/trace_header_probe.ts";
import { counted, finding } from "./findings.ts";
import type { Opening } from "./opening.ts";
import { endOfTraces, type Reading } from "./reading.ts";
import { saidOtherwise } from "./said_otherwise.ts";
import type { VariableTraces } from "./segy_layout.ts";
import { countTraces, restFindings } from "./trace_count.ts";
import { trailerFindings } from "./readings/trailer_counts.ts";
import type { Walk } from "./readings/variable_lengths.ts";

export interface Decision {
  /** Its samples are those of the longest trace. */
  readonly reading: Reading;
  /** Traces, a last one that is cut included; whole ones only in `whole`. */
  readonly traces: number;
  readonly whole: number;
  readonly variable: VariableTraces | undefined;
  /** Names of the headers after the standard one. */
  readonly additionalHeaders: readonly string[];
  readonly evidence: Evidence;
  readonly unreadable: string | undefined;
  readonly findings: readonly ScanFinding[];
}

export function decide(opening: Opening, { said, choice }: Chosen): Decision {
  if (opening.file.bytes <= startOfTraces(opening)) return withoutTraces(said);
  if (!choice) return refused(opening, said, whyNone(said));
  const lost = whyLost(said, choice);
  if (lost !== undefined) return refused(opening, said, lost);
  const { reading } = choice;
  const lengths = choice.walk ? variable(opening, reading, choice.walk) : fixed(opening, choice);
  return {
    ...lengths,
    additionalHeaders: namesIn(opening, reading),
    evidence: choice.evidence,
    whole: choice.traces,
    unreadable: undefined,
    findings: [...saidOtherwise(opening, said, choice), ...lengths.findings],
  };
}

type Lengths = Pick<Decision, "reading" | "traces" | "variable" | "findings">;

function fixed(opening: Opening, { reading, traces: whole }: Choice): Lengths {
  const { value: traces, findings } = countTraces(opening, reading, whole);
  return { reading, traces, variable: undefined, findings };
}

function variable(opening: Opening, reading: Reading, walk: Walk): Lengths {
  const { offsets, samples, isCut, reached } = walk;
  const longest = samples.reduce((a, b) => Math.max(a, b)),
    shortest = samples.reduce((a, b) => Math.min(a, b));
  const left = endOfTraces(opening.file, reading) - reached;
  const cut = `the file is cut short in trace ${offsets.length}: ${left} bytes of it found`;
  const end = isCut
    ? [finding("error", cut, "that trace cannot be read", { trace: offsets.length, byte: reached + 1 })]
    : restFindings(opening, reached, left);
  const what = `traces have ${shortest} to ${longest} samples`;
  const meaning = `shorter ones are filled with zeros to ${longest}`;
  const place = { trace: samples.findIndex((count) => count !== longest) + 1, byte: 115 };
  return {
    reading: { ...reading, samples: longest },
    traces: offsets.length,
    variable: { offsets, samples },
    findings: [finding("warning", what, meaning, place), ...end],
  };
}

function namesIn(opening: Opening, { firstTrace, recordBytes }: Reading): string[] {
  if (recordBytes === TRACE_HEADER_BYTES) return [];
  const names = new TraceHeaderProbe(opening, recordBytes).read(firstTrace)?.names ?? [];
  return Array.from({ length: recordBytes / TRACE_HEADER_BYTES - 1 }, (_, i) => names[i] ?? "");
}

/** Where traces begin at the earliest. */
function startOfTraces({ kind }: Opening): number {
  return kind === "su" ? 0 : FILE_HEADER_BYTES;
}

/** The file ends before a trace begins. */
function withoutTraces({ reading, evidence }: Choice): Decision {
  const nothing = { variable: undefined, additionalHeaders: [], unreadable: undefined, findings: [] };
  return { ...nothing, reading, traces: 0, whole: 0, evidence };
}

/** Nothing can be read; the said numbers are shown. */
function refused(opening: Opening, { reading, count }: Choice, why: string): Decision {
  return {
    reading,
    traces: 0,
    whole: 0,
    variable: undefined,
    additionalHeaders: [],
    evidence: "impossible",
    unreadable: why,
    findings: [
      ...trailerFindings(opening, reading.firstTrace, reading.trailers),
      finding("error", why, "traces cannot be told apart", { byte: count.byte }),
    ],
  };
}

function whyNone({ reading: { samples } }: Choice): string {
  return samples === 0
    ? "the number of samples is zero in the binary header and in trace 1"
    : `no trace header lies where ${counted(samples, "sample")} a trace put it`;
}

const CLAMPED: readonly number[] = [0, 0x7fff, 0xffff];

/** The headers hold only what 16 bits leave of the number of samples, which is nowhere said. */
function whyLost(said: Choice, { count, reading: { samples } }: Choice): string | undefined {
  const rest = said.reading.samples;
  const isLeft = CLAMPED.includes(rest) || samples % 0x10000 === rest || samples > 0xffff;
  if (count.said !== undefined || samples <= 0x7fff || !isLeft) return undefined;
  return `the headers say ${
    counted(rest, "sample")
  } a trace, but trace headers lie ${samples} samples apart: ` +
    `more than 16 bits can say; --read samples=${samples} reads them`;
}
