/** Where everything lies in a SEG-Y file, found from its first headers without reading all of it. */
import type { ReadOptions } from "../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import { BINARY_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import { BinaryHeader } from "../format/binary_header.ts";
import type { ByteOrder } from "../format/byte_order.ts";
import { detectByteOrder, detectTraceOrder, lookAtSamples, type SampleLook } from "./detection.ts";
import { detectInterval } from "./interval.ts";
import type { SegyFile } from "../format/segy_file.ts";
import { countToEndText, looksLikeText } from "../format/text_header.ts";
import { FindingList } from "./findings.ts";
import type { FileKind, SegyLayout } from "./segy_layout.ts";
import { detectTraceLengths, findSampleBytes, forcedLength } from "./trace_lengths.ts";
import { TraceHeaderProbe } from "./trace_header_probe.ts";

export interface LayoutFindings {
  readonly layout: SegyLayout;
  readonly header: BinaryHeader;
  /** The code that the header says, whatever the samples look like. */
  readonly saidFormat: number;
  readonly sampleLook: SampleLook;
  readonly findings: readonly ScanFinding[];
}

export interface FindOptions {
  /** What the user says in place of what the file says. */
  readonly read?: ReadOptions;
  /** SEG-Y when left out. */
  readonly kind?: FileKind;
}

/** Finds the layout of a SEG-Y file of at least 3600 bytes, or of a Seismic Unix file, which has no file headers. */
export function findLayout(file: SegyFile, { read = {}, kind = "segy" }: FindOptions = {}): LayoutFindings {
  const odd = new FindingList();
  const { order, header } = kind === "su" ? openTraces(file, read) : openHeaders(file, read, odd);
  const revision = findRevision(header, odd);
  const { firstTrace, extendedTexts } = kind === "su"
    ? { firstTrace: 0, extendedTexts: 0 }
    : findFirstTrace(file, header, revision.major, read, odd);
  const recordBytes = findRecordBytes(file, header, revision, firstTrace, order, odd);
  const probe = new TraceHeaderProbe(file, order, recordBytes);
  const trailers = findTrailers(header, revision.major);
  const said = read.format ?? (kind === "su" ? SU_FORMAT : header.get("format"));
  const places = { file, header, probe, firstTrace, recordBytes, major: revision.major, trailers };
  const saidBytes = SAMPLE_FORMATS.get(said)?.bytes;
  const bytesPerSample = read.format !== undefined && saidBytes !== undefined
    ? saidBytes
    : findSampleBytes(places, saidBytes);
  const lengths = read.samples === undefined
    ? detectTraceLengths({ ...places, bytesPerSample }, odd)
    : forcedLength({ ...places, bytesPerSample }, read.samples, odd);
  const sampleLook = bytesPerSample === 4 && lengths.samplesPerTrace > 0
    ? lookAtSamples(sampleBytes(file, firstTrace, recordBytes, lengths.samplesPerTrace), order)
    : "unsure";
  const format = read.format ?? findFormat(said, bytesPerSample, sampleLook, odd);
  const intervalUs = read.intervalUs ?? detectInterval(header, probe.read(firstTrace), revision, odd);
  const layout: SegyLayout = {
    kind,
    path: file.path,
    name: file.name,
    bytes: file.bytes,
    modifiedMs: file.modifiedMs,
    byteOrder: order,
    revision,
    format,
    bytesPerSample,
    intervalUs,
    extendedTexts,
    firstTrace,
    recordBytes,
    traceBytes: recordBytes + lengths.samplesPerTrace * bytesPerSample,
    trailers,
    ...lengths,
  };
  return { layout, header, saidFormat: said, sampleLook, findings: odd.findings };
}

/** Seismic Unix files hold IEEE floats. */
const SU_FORMAT = 5;

function openTraces(file: SegyFile, read: ReadOptions): { order: ByteOrder; header: BinaryHeader } {
  const header = new BinaryHeader(new Uint8Array(BINARY_HEADER_BYTES));
  return { order: read.endian ?? detectTraceOrder(file), header };
}

function openHeaders(file: SegyFile, read: ReadOptions, odd: FindingList) {
  const { order, by } = read.endian ? { order: read.endian, by: "user" } : detectByteOrder(file);
  const header = BinaryHeader.fromFile(file.read(3200, 400), order);
  if (by === "looking" && order !== "big") {
    odd.add(
      "warning",
      `the byte order is not said, it looks like ${order}-endian`,
      `read as ${order}-endian`,
      {
        byte: 3297,
      },
    );
  }
  return { order, header };
}

function findRevision(header: BinaryHeader, odd: FindingList): { major: number; minor: number } {
  const major = header.get("major"), minor = header.get("minor");
  if (major === 0 && minor === 1) {
    odd.add("info", "the revision is written as 0.1", "taken as revision 1 stored as a 16-bit number", {
      byte: 3501,
    });
    return { major: 1, minor: 0 };
  }
  if (major === 0 && minor === 2) return { major: 2, minor: 0 };
  if (major <= 2) return { major, minor: major === 0 ? 0 : minor };
  odd.add("warning", `the revision ${major}.${minor} is unknown`, "read as revision 0", { byte: 3501 });
  return { major: 0, minor: 0 };
}

function findFirstTrace(
  file: SegyFile,
  header: BinaryHeader,
  major: number,
  read: ReadOptions,
  odd: FindingList,
): { firstTrace: number; extendedTexts: number } {
  const extendedTexts = read.extendedTexts ?? findExtendedTexts(file, header, odd);
  const firstTrace = 3600 + 3200 * extendedTexts;
  const said = major >= 2 && read.extendedTexts === undefined ? header.get("ftroff") : 0;
  if (said === 0 || said === firstTrace) return { firstTrace, extendedTexts };
  if (said < 3600 || said > file.bytes) {
    odd.add(
      "warning",
      `the first trace is said to begin at byte ${said}`,
      `outside the file: taken as ${firstTrace}`,
      {
        byte: 3521,
      },
    );
    return { firstTrace, extendedTexts };
  }
  odd.add("info", `the first trace is said to begin at byte ${said}, not ${firstTrace}`, "taken as said", {
    byte: 3521,
  });
  return { firstTrace: said, extendedTexts: Math.min(extendedTexts, Math.floor((said - 3600) / 3200)) };
}

function findExtendedTexts(file: SegyFile, header: BinaryHeader, odd: FindingList): number {
  const said = header.get("exth");
  if (said === 0) return 0;
  const place = { byte: 3505 };
  if (said < 0) {
    const count = countToEndText(file, 3600);
    if (count !== undefined) return count;
    const texts = countTexts(file, 1000);
    odd.add(
      "warning",
      `extended text headers without the stanza ((SEG: EndText))`,
      `${texts} found by looking`,
      place,
    );
    return texts;
  }
  const found = countTexts(file, said);
  if (found === said) return said;
  odd.add("warning", `${said} extended text headers are said, ${found} found`, `${found} taken`, place);
  return found;
}

function countTexts(file: SegyFile, limit: number): number {
  let count = 0;
  while (count < limit && looksLikeText(file.read(3600 + 3200 * count, 3200))) count++;
  return count;
}

/** Revision 2.0 has a 4-byte count of additional trace headers, 2.1 a 2-byte count and the survey type. */
function findRecordBytes(
  file: SegyFile,
  header: BinaryHeader,
  revision: { major: number; minor: number },
  firstTrace: number,
  order: ByteOrder,
  odd: FindingList,
): number {
  if (revision.major < 2) return TRACE_HEADER_BYTES;
  let more = header.get("maxtrh");
  const low = header.get("survty");
  if (order === "big" && revision.minor === 0 && more === 0 && low > 0 && low < 100) {
    const second = new TraceHeaderProbe(file, order, 480).read(firstTrace);
    if (second?.extension) more = low;
  }
  if (more >= 0 && more < 1000) return TRACE_HEADER_BYTES * (1 + more);
  odd.add("warning", `${more} additional trace headers are said`, "taken as none", { byte: 3507 });
  return TRACE_HEADER_BYTES;
}

function findTrailers(header: BinaryHeader, major: number): number {
  const said = major >= 2 ? header.get("ntrailer") : 0;
  return said > 0 && said < 1_000_000 ? said : 0;
}

/** Samples from the middle of some traces all over the file; the top is often muted. */
function sampleBytes(file: SegyFile, firstTrace: number, recordBytes: number, samples: number): Uint8Array {
  const traceBytes = recordBytes + samples * 4;
  const total = Math.max(1, Math.floor((file.bytes - firstTrace) / traceBytes));
  const traces = Math.min(total, 16);
  const step = Math.max(1, Math.floor(total / traces));
  const perTrace = Math.min(samples, 300) * 4;
  const skip = recordBytes + Math.floor((samples * 4 - perTrace) / 8) * 4;
  const out = new Uint8Array(traces * perTrace);
  let used = 0;
  for (let i = 0; i < traces; i++) {
    const found = file.readInto(
      out.subarray(used, used + perTrace),
      firstTrace + i * step * traceBytes + skip,
    );
    used += found & ~3;
  }
  return out.subarray(0, used);
}

const LOOK_CODES: Readonly<Record<SampleLook, number>> = { ibm: 1, ieee: 5, int32: 2, unsure: 0 };
/** The likeliest format of a size that tells no more. */
const SIZE_CODES: Readonly<Record<number, number>> = { 1: 8, 2: 3, 3: 7, 8: 6 };

function findFormat(said: number, bytes: number, look: SampleLook, odd: FindingList): number {
  const seen = SIZE_CODES[bytes] ?? LOOK_CODES[look];
  const place = { byte: 3225 };
  const title = SAMPLE_FORMATS.get(seen)?.title;
  const known = SAMPLE_FORMATS.get(said);
  if (!known) {
    const meaning = title
      ? `the samples look like ${title} (code ${seen})`
      : "the samples do not tell the format";
    odd.add("error", `sample format code ${said} is not one of the standard`, meaning, place);
    return seen;
  }
  const wrongFloat = (said === 1 && look === "ieee") || (said === 5 && look === "ibm");
  if (known.bytes === bytes && !wrongFloat) return said;
  const meaning = title ? `read as ${title}` : "the samples do not tell the format";
  odd.add(
    "warning",
    `sample format code ${said} (${known.title}), but the samples look different`,
    meaning,
    place,
  );
  return seen;
}
