/** What the headers say of places and lengths that is not how the file is read. */
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import type { Choice } from "./readings/choose_reading.ts";
import { TraceHeaderProbe } from "./evidence/trace_header_probe.ts";
import { counted, finding } from "./findings.ts";
import type { Opening } from "./opening.ts";
import type { Reading } from "./reading.ts";
import { saidHeaders } from "./readings/record_sizes.ts";
import { saidTexts } from "./readings/text_counts.ts";
import { trailerFindings } from "./readings/trailer_counts.ts";

export function saidOtherwise(opening: Opening, said: Choice, choice: Choice): ScanFinding[] {
  const { reading } = choice;
  return [
    ...(opening.kind === "su" ? [] : [...textFindings(opening, reading), ...placeFindings(opening, reading)]),
    ...headerFindings(opening, reading),
    ...(choice.walk ? [] : sampleFindings(opening, said, choice)),
    ...trailerFindings(opening, reading.firstTrace, reading.trailers),
  ];
}

function textFindings(opening: Opening, { extendedTexts }: Reading): ScanFinding[] {
  if (opening.read.extendedTexts !== undefined) return [];
  const said = opening.header.get("exth"), place = { byte: 3505 };
  if (said === extendedTexts || (said < 0 && saidTexts(opening) === extendedTexts)) return [];
  if (said === -1) {
    const what = "extended text headers without the stanza ((SEG: EndText))";
    return [finding("warning", what, `${extendedTexts} found by looking`, place)];
  }
  const what = `${counted(said, "extended text header")} ${
    said === 1 ? "is" : "are"
  } said, ${extendedTexts} found`;
  return [finding("warning", what, `${extendedTexts} taken`, place)];
}

/** The place of the first trace as revision 2 says it. */
function placeFindings({ header, revision, file, read }: Opening, reading: Reading): ScanFinding[] {
  const said = revision.major >= 2 ? header.get("ftroff") : 0;
  const { firstTrace, extendedTexts } = reading,
    usual = FILE_HEADER_BYTES + TEXT_HEADER_BYTES * extendedTexts;
  if (said === 0 || said === usual || read.extendedTexts !== undefined) return [];
  const what = `the first trace is said to begin at offset ${said}`, place = { byte: 3521 };
  if (said === firstTrace) return [finding("info", `${what}, not ${usual}`, "taken as said", place)];
  const why = said < FILE_HEADER_BYTES || said > file.bytes
    ? "outside the file"
    : "no trace header lies there";
  return [finding("warning", what, `${why}: taken as ${firstTrace}`, place)];
}

function headerFindings(opening: Opening, { recordBytes }: Reading): ScanFinding[] {
  const said = saidHeaders(opening), taken = recordBytes / TRACE_HEADER_BYTES - 1;
  if (said === taken) return [];
  const what = `${counted(said, "additional trace header")} ${said === 1 ? "is" : "are"} said`;
  const meaning = taken === 0 ? "taken as none" : `${taken} found by name`;
  return [finding("warning", what, meaning, { byte: 3507 })];
}

function sampleFindings(opening: Opening, said: Choice, choice: Choice): ScanFinding[] {
  if (opening.read.samples !== undefined) return [];
  const { samples } = choice.reading, { header, kind } = opening;
  const { firstTrace, recordBytes } = choice.reading;
  const first = new TraceHeaderProbe(opening, recordBytes).read(firstTrace);
  const inTrace = first?.samples ?? 0, binary = header.get("hns");
  return [
    ...unproved(said, choice),
    ...(choice.count.said === undefined ? [foundByLooking(said, samples)] : []),
    ...senselessExtended(opening, samples),
    ...(choice.count.byte === 229 ? [inPasscal(samples, inTrace)] : []),
    ...(kind === "su" || choice.count.byte === 229 ? [] : shortFindings(samples, binary, inTrace)),
  ];
}

function unproved(said: Choice, choice: Choice): ScanFinding[] {
  const isSaid = choice.reading === said.reading;
  const isDoubtful = choice.evidence === "doubtful" && choice.traces > 1;
  const isOdd = choice.evidence === "possible" && choice.odd;
  const isUnproved = choice.evidence === "impossible" || isDoubtful || isOdd;
  if (!isSaid || !isUnproved) return [];
  const what = "trace headers do not bear out the length that is said";
  return [finding("warning", what, "read as said", { byte: choice.count.byte })];
}

function foundByLooking(said: Choice, samples: number): ScanFinding {
  const what = `no header says how many samples traces have: ${said.reading.samples} are said, ` +
    `the trace headers lie ${samples} samples apart`;
  return finding("warning", what, `${samples} taken`, { byte: said.count.byte });
}

function senselessExtended({ header, revision }: Opening, samples: number): ScanFinding[] {
  const extended = revision.major >= 2 ? header.get("exthns") : 0;
  if (extended === 0 || extended === samples) return [];
  const what = `the extended number of samples, ${extended}, does not fit the file`;
  return [finding("warning", what, `${samples} taken`, { byte: 3269 })];
}

function inPasscal(samples: number, inTrace: number): ScanFinding {
  const what = `bytes 229 to 232 of the trace headers say ${samples} samples, as programs of PASSCAL do; ` +
    `byte 115 says ${inTrace}`;
  return finding("info", what, `${samples} taken`, { trace: 1, byte: 229 });
}

/** What the 16-bit words say, as far as 16 bits can. */
function shortFindings(samples: number, binary: number, inTrace: number): ScanFinding[] {
  const place = { byte: 3221 };
  if (binary === 0) {
    if (inTrace !== samples || samples > 0xffff) return [];
    return [
      finding(
        "warning",
        "the binary header says no number of samples",
        `taken from trace 1: ${samples}`,
        place,
      ),
    ];
  }
  if (!saysSo(binary, samples)) {
    const what = `the binary header says ${binary} samples, the traces ${inTrace || "none"}`;
    return [finding("warning", what, `${samples} taken`, place)];
  }
  if (inTrace === 0 || saysSo(inTrace, samples)) return [];
  const what = `trace 1 says ${inTrace} samples, the binary header ${binary}`;
  return [finding("warning", what, `${samples} taken for all traces`, { trace: 1, byte: 115 })];
}

/** A 16-bit word that says this number, or what 16 bits leave of it. */
function saysSo(word: number, samples: number): boolean {
  return word === samples || (samples > 0x7fff && [0x7fff, 0xffff, samples & 0xffff].includes(word));
}
