/** Whether a file is SEG-Y or Seismic Unix: by where its trace headers lie, and by its name where that does not tell. */
import { FILE_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { TEXT_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { type HeaderKind, isSuName } from "../../../../src/shared/seismic/header_kind.ts";
import type { ReadOptions } from "../../../../src/shared/seismic/read_options.ts";
import { SAMPLE_FORMATS } from "../../../../src/shared/seismic/sample_formats.ts";
import { TRACE_HEADER_BYTES } from "../../../../src/shared/seismic/trace_header.ts";
import { BinaryHeader } from "../../format/binary_header.ts";
import type { FileBytes } from "../../format/segy_file.ts";
import { detectEncoding } from "../../format/text_header.ts";

/** Headers of traces that are looked at: the first ones, and others all over the file. */
const LOOKS = 32;
/** Traces of different lengths are followed so far. */
const MOST_STEPS = 1000;
/** As many traces tell a file that is cut or that holds something more. */
const ENOUGH = 4;

/** Who forces extended text headers says that the file is SEG-Y. */
export function kindOf(file: FileBytes, { extendedTexts }: ReadOptions = {}): HeaderKind {
  if (extendedTexts !== undefined) return "segy";
  const named = isSuName(file.name);
  if (file.bytes < TRACE_HEADER_BYTES) return named ? "su" : "segy";
  const orders = [false, true].map((little) => new Traces(file, little));
  if (orders.some((traces) => traces.fillTheFile)) return "su";
  if (isTextAndFormat(file)) return "segy";
  return named || orders.some((traces) => traces.goOn) ? "su" : "segy";
}

/** A text header and a format code of the standard. */
function isTextAndFormat(file: FileBytes): boolean {
  if (file.bytes < FILE_HEADER_BYTES) return false;
  const isText = detectEncoding(file.read(0, TEXT_HEADER_BYTES)) !== "binary";
  const binary = file.read(TEXT_HEADER_BYTES, 400);
  return isText &&
    (["big", "little", "swapped"] as const).some((order) =>
      SAMPLE_FORMATS.has(BinaryHeader.fromFile(binary, order).get("format"))
    );
}

interface Header {
  readonly samples: number;
  readonly interval: number;
}

/** The file as traces of 4-byte samples from its first byte on, in one order of bytes. */
class Traces {
  readonly #file: FileBytes;
  readonly #little: boolean;
  readonly #first: Header | undefined;

  constructor(file: FileBytes, little: boolean) {
    this.#file = file;
    this.#little = little;
    this.#first = this.#header(0);
  }

  /** Traces of one length, or of several, end where the file does, and their headers agree. */
  get fillTheFile(): boolean {
    const first = this.#first;
    if (first === undefined || first.samples === 0) return false;
    const bytes = bytesOf(first), count = this.#file.bytes / bytes;
    if (!Number.isInteger(count)) return this.#follow(MOST_STEPS) === "end";
    if (count === 1) return first.interval > 0;
    const step = Math.max(1, Math.floor(count / LOOKS));
    const looks = Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
    return [...looks, 1, count - 1].every((trace) => this.#isLike(first, this.#header(trace * bytes)));
  }

  /** The first traces follow each other so, whatever comes later. */
  get goOn(): boolean {
    const first = this.#first;
    if (first === undefined || first.samples === 0 || first.interval === 0) return false;
    const headers = Array.from({ length: ENOUGH }, (_, trace) => this.#header(trace * bytesOf(first)));
    return headers.every((header) => this.#isLike(first, header));
  }

  /** Goes from header to header, by each one's number of samples. */
  #follow(most: number): "end" | "far" | "lost" {
    const first = this.#first;
    if (first === undefined || first.interval === 0) return "lost";
    let offset = 0;
    for (let steps = 0; steps < most; steps++) {
      const header = this.#header(offset);
      if (header === undefined || header.samples === 0 || header.interval !== first.interval) return "lost";
      offset += bytesOf(header);
      if (offset === this.#file.bytes) return "end";
    }
    return "far";
  }

  #isLike(first: Header, header: Header | undefined): boolean {
    return header?.samples === first.samples && header.interval === first.interval;
  }

  #header(offset: number): Header | undefined {
    const bytes = this.#file.read(offset + 114, 4);
    if (bytes.length < 4) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return { samples: view.getUint16(0, this.#little), interval: view.getUint16(2, this.#little) };
  }
}

function bytesOf({ samples }: Header): number {
  return TRACE_HEADER_BYTES + 4 * samples;
}
