/** A SEG-Y file as the output of a flow: created as `<path>.part`, renamed when all of it is on disk. */
import fs from "node:fs";
import path from "node:path";
import { SeisProcError } from "../../../src/shared/errors.ts";
import type { OutputDescription, TraceSink } from "../../traces/trace_sink.ts";
import type { OutputFormat } from "../../traces/trace_sink.ts";
import { syncFileInBackground, syncFolder } from "../../files/durable_file.ts";
import { diskFull, writingError } from "../../files/file_errors.ts";
import { freeBytes } from "../../files/free_space.ts";
import { partPath } from "../../files/partial_names.ts";
import { isSameFile } from "../../files/same_file.ts";
import { writeAll } from "../../files/write_all.ts";
import { binaryPermutation } from "../format/binary_header.ts";
import { permuted, type PlacedWord } from "../format/byte_order.ts";
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

class SegySink implements TraceSink<SegyWriterPlan> {
  readonly #description: OutputDescription;
  readonly plan: SegyWriterPlan;
  readonly totalBytes: number;
  readonly #file: string;
  readonly #part: string;
  readonly #texts: OutputTexts;

  constructor(description: OutputDescription) {
    this.#description = description;
    const { layout, texts } = layOut(description);
    this.#texts = texts;
    this.#file = path.resolve(description.path);
    this.#part = partPath(this.#file);
    this.totalBytes = layout.totalBytes;
    this.plan = {
      kind: "segy",
      part: this.#part,
      path: this.#file,
      layout,
      format: description.sampleFormat,
      littleEndian: description.littleEndian,
      words: description.source.table.words.toReversed().map(({ byte, type }) => ({ byte, type })),
    };
  }

  create(resume: boolean): void {
    this.#refuseInput();
    this.#requireRoom(resume);
    this.#onFile(resume ? "r+" : "w", (fd) => {
      fs.ftruncateSync(fd, this.totalBytes);
      this.#writeHeaders(fd);
    });
    // The name must last: a checkpoint that is finishing takes a missing partial output for a finished one.
    syncFolder(path.dirname(this.#file));
  }

  isStarted(): boolean {
    return fs.existsSync(this.#part);
  }

  sync(): void {
    this.#onFile("r+", (fd) => fs.fdatasyncSync(fd));
  }

  async syncInBackground(): Promise<void> {
    try {
      await syncFileInBackground(this.#part);
    } catch (error) {
      throw writingError(this.#file, error);
    }
  }

  finish(): void {
    this.#onFile("r+", (fd) => fs.fsyncSync(fd));
    try {
      fs.renameSync(this.#part, this.#file);
      syncFolder(path.dirname(this.#file));
    } catch (error) {
      throw writingError(this.#file, error);
    }
  }

  discard(): void {
    try {
      fs.rmSync(this.#part, { force: true });
    } catch (error) {
      throw writingError(this.#file, error);
    }
  }

  /** Throws when the output would replace the file that is read. */
  #refuseInput(): void {
    const input = this.#description.source.fingerprint.path;
    if (!isSameFile(input, this.#file) && !isSameFile(input, this.#part)) return;
    const message = `Cannot write ${this.#description.path}: it is the input: choose another name`;
    throw new SeisProcError("output-is-input", message, { file: this.#file });
  }

  #requireRoom(resume: boolean): void {
    const free = freeBytes(this.#file);
    const there = this.#allocatedBytes();
    if (free === undefined) return;
    const needed = this.totalBytes - (resume ? there : 0);
    const room = resume ? free : free + there;
    if (needed > room) throw diskFull(this.#file, needed, room);
  }

  /** Bytes on disk of a partial file that is already there. */
  #allocatedBytes(): number {
    const stat = fs.statSync(this.#part, { throwIfNoEntry: false });
    return stat ? Math.min(stat.size, (stat.blocks ?? 0) * 512) : 0;
  }

  #writeHeaders(fd: number): void {
    const description = this.#description, texts = this.#texts;
    const { plan } = this;
    const header = outputBinaryHeader(description, plan.layout).bytes;
    const order = plan.littleEndian ? "little" : "big";
    writeAll(fd, encodeText(texts.main, "ebcdic"), 0);
    writeAll(fd, permuted(header, binaryPermutation(order)), 3200);
    texts.extended.forEach((lines, i) => writeAll(fd, encodeText(lines, "ebcdic"), 3600 + 3200 * i));
  }

  #onFile(flags: "w" | "r+", use: (fd: number) => void): void {
    let fd: number | undefined;
    try {
      fd = fs.openSync(this.#part, flags);
      use(fd);
    } catch (error) {
      throw writingError(this.#file, error, this.totalBytes);
    } finally {
      if (fd !== undefined) fs.closeSync(fd);
    }
  }
}
