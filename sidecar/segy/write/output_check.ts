/** A SEG-Y file that an earlier attempt left, read back to be held against what was noted of its blocks. */
import fs from "node:fs";
import { openToRead } from "../../files/open_file.ts";
import type { OutputCheck } from "../../traces/trace_sink.ts";
import type { OutputLayout } from "./output_layout.ts";

export class SegyOutputCheck implements OutputCheck {
  readonly #fd: number;
  readonly #layout: OutputLayout;
  readonly #headers: Uint8Array;
  #room = new Uint8Array(0);

  /** `headers` are the bytes before the first trace as they must be. */
  constructor(file: string, layout: OutputLayout, headers: Uint8Array) {
    this.#fd = openToRead(file, "the output of the earlier attempt");
    this.#layout = layout;
    this.#headers = headers;
  }

  read(first: number, count: number): readonly Uint8Array[] | undefined {
    const { firstTrace, traceBytes } = this.#layout;
    const bytes = this.#bytes(firstTrace + first * traceBytes, count * traceBytes);
    return bytes && [bytes];
  }

  hasSizes(): boolean {
    return fs.fstatSync(this.#fd).size === this.#layout.totalBytes;
  }

  isWhole(): boolean {
    if (!this.hasSizes()) return false;
    return this.#bytes(0, this.#headers.length)?.every((byte, i) => byte === this.#headers[i]) ?? false;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  /** Undefined where the file ends before. */
  #bytes(offset: number, length: number): Uint8Array | undefined {
    if (this.#room.length < length) this.#room = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const read = fs.readSync(this.#fd, this.#room, done, length - done, offset + done);
      if (read === 0) return undefined;
      done += read;
    }
    return this.#room.subarray(0, length);
  }
}
