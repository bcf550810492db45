/** A file in memory, for detection that reads nothing else. */
import type { FileBytes } from "../../../sidecar/segy/format/segy_file.ts";

export class MemoryFile implements FileBytes {
  readonly path = "/memory/line.sgy";
  readonly name = "line.sgy";
  readonly modifiedMs = 0;
  readonly #content: Uint8Array;

  constructor(content: Uint8Array) {
    this.#content = content;
  }

  get bytes(): number {
    return this.#content.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#content.slice(offset, offset + length);
  }

  readInto(target: Uint8Array, offset: number): number {
    const part = this.#content.subarray(offset, offset + target.length);
    target.set(part);
    return part.length;
  }
}
