/** A SEG-Y file as the output of a flow: created as `<path>.part`, renamed when all of it is on disk. */
import fs from "node:fs";
import path from "node:path";
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import { wordsOf } from "../../../src/shared/seismic/header_kind.ts";
import type { OutputCheck, OutputDescription, TraceSink } from "../../traces/trace_sink.ts";
import type { OutputFormat } from "../../traces/trace_sink.ts";
import { syncFileInBackground, syncFolder } from "../../files/durable_file.ts";
import { diskFull, readingError, writingError } from "../../files/file_errors.ts";
import { freeBytes } from "../../files/free_space.ts";
import { describe, isPlainFile, lookAt } from "../../files/file_kind.ts";
import { createFile, openToWrite } from "../../files/open_file.ts";
import { foreign, refuseRead, removePartialFile } from "../../files/output_claim.ts";
import { requireReplaceable } from "../../files/output_place.ts";
import { partPath } from "../../files/partial_names.ts";
import { writeAll } from "../../files/write_all.ts";
import { binaryPermutation } from "../format/binary_header.ts";
import { permuted, type PlacedWord } from "../format/byte_order.ts";
import { SegyOutputCheck } from "./output_check.ts";
import { layOut, outputBinaryHeader, type OutputLayout } from "./output_layout.ts";
import type { OutputTexts } from "./output_text.ts";
import { encodeText } from "../format/text_header.ts";

/** Plain data: it travels to workers. */
export interface SegyWriterPlan {
  readonly kind: "segy";
  /** The partial file. */
  readonly part: string;
  /** The final name, for messages. */
  readonly path: string;
  readonly layout: OutputLayout;
  readonly format: OutputFormat;
  readonly littleEndian: boolean;
  /** Words of the records in the order in which they claim bytes, for little-endian files. */
  readonly words: readonly PlacedWord[];
}

export function createSegySink(description: OutputDescription): TraceSink<SegyWriterPlan> {
  return new SegySink(description);
}

/** The words of the output's kind, after those that the source has anywhere else: mapped ones claim their bytes first. */
function placedWords({ source }: OutputDescription, { kind }: OutputLayout): PlacedWord[] {
  const usual = wordsOf(source.kind ?? "segy");
  const own = source.table.words.filter((word) => !usual.includes(word));
  return [...own.toReversed(), ...wordsOf(kind)].map(({ byte, type }) => ({ byte, type }));
}

class SegySink implements TraceSink<SegyWriterPlan> {
  readonly #description: OutputDescription;
  readonly plan: SegyWriterPlan;
  readonly totalBytes: number;
  readonly path: string;
  readonly traces: number;
  readonly #part: string;
  readonly #texts: OutputTexts;

  constructor(description: OutputDescription) {
    this.#description = description;
    const { layout, texts } = layOut(description);
    this.#texts = texts;
    this.path = path.resolve(description.path);
    this.#part = partPath(this.path);
    this.traces = description.traces;
    this.totalBytes = layout.totalBytes;
    this.plan = {
      kind: "segy",
      part: this.#part,
      path: this.path,
      layout,
      format: description.sampleFormat,
      littleEndian: description.littleEndian,
      words: placedWords(description, layout),
    };
  }

  create(resume: boolean): void {
    refuseRead(this.path, this.#description.source.fingerprint.path, "the input");
    this.#requireRoom(resume);
    if (!resume) removePartialFile(this.path);
    this.#onFile(resume ? openToWrite : createFile, (fd) => {
      fs.ftruncateSync(fd, this.totalBytes);
      writeAll(fd, this.#headers(), 0);
    });
    // The name must last: a checkpoint that is finishing takes a missing partial output for a finished one.
    syncFolder(path.dirname(this.path));
  }

  isStarted(): boolean {
    return lookAt(this.#part) !== undefined;
  }

  check(place: "partial" | "final"): OutputCheck {
    const file = place === "final" ? this.path : this.#part;
    const stat = lookAt(file);
    if (stat && !isPlainFile(stat)) throw foreign(this.path, file, describe(stat));
    try {
      return new SegyOutputCheck(file, this.plan.layout, this.#headers());
    } catch (error) {
      throw readingError(file, error, "the output of the earlier attempt");
    }
  }

  sync(): void {
    this.#onFile(openToWrite, (fd) => fs.fdatasyncSync(fd));
  }

  async syncInBackground(): Promise<void> {
    try {
      await syncFileInBackground(this.#part);
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  finish(): void {
    this.#onFile(openToWrite, (fd) => fs.fsyncSync(fd));
    requireReplaceable(this.path);
    try {
      fs.renameSync(this.#part, this.path);
      syncFolder(path.dirname(this.path));
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  tidy(): void {}

  discard(): void {
    try {
      removePartialFile(this.path);
      syncFolder(path.dirname(this.path));
    } catch (error) {
      throw writingError(this.path, error);
    }
  }

  #requireRoom(resume: boolean): void {
    const free = freeBytes(this.path);
    const there = this.#allocatedBytes();
    if (free === undefined) return;
    const needed = this.totalBytes - (resume ? there : 0);
    const room = resume ? free : free + there;
    if (needed > room) throw diskFull(this.path, needed, room);
  }

  /** Bytes on disk of a partial file that is already there. */
  #allocatedBytes(): number {
    const stat = fs.statSync(this.#part, { throwIfNoEntry: false });
    return stat ? Math.min(stat.size, (stat.blocks ?? 0) * 512) : 0;
  }

  /** All bytes before the first trace. */
  #headers(): Uint8Array {
    const { plan } = this, texts = this.#texts;
    if (plan.layout.kind === "su") return new Uint8Array(0);
    const header = outputBinaryHeader(this.#description, plan.layout).bytes;
    const order = plan.littleEndian ? "little" : "big";
    const bytes = new Uint8Array(plan.layout.firstTrace);
    bytes.set(encodeText(texts.main, "ebcdic"));
    bytes.set(permuted(header, binaryPermutation(order)), TEXT_HEADER_BYTES);
    texts.extended.forEach((lines, i) => {
      bytes.set(encodeText(lines, "ebcdic"), FILE_HEADER_BYTES + TEXT_HEADER_BYTES * i);
    });
    return bytes;
  }

  /** Opens the partial file, which no link leads to and no other name shares. */
  #onFile(open: (file: string) => number, use: (fd: number) => void): void {
    let fd: number | undefined;
    try {
      fd = open(this.#part);
      const stat = fs.fstatSync(fd);
      if (!isPlainFile(stat)) throw foreign(this.path, this.#part, describe(stat));
      use(fd);
    } catch (error) {
      throw writingError(this.path, error, this.totalBytes);
    } finally {
      if (fd !== undefined) fs.closeSync(fd);
    }
  }
}
