/** Checksums of what is written and of what is read back, by the kernel `checksum`. */
import type { KernelMemory } from "./kernel_memory.ts";

export const CHECKSUM_KERNEL = "checksum";

interface ChecksumKernel {
  checksum(address: number, bytes: number, seed: bigint): bigint;
}

/** Bytes in any memory go through the kernels' memory in pieces of so many. */
const PIECE_BYTES = 1 << 16;

/** Checksums of several runs of bytes in turn: each starts from that of the run before, the first from 0. */
export class Checksum {
  readonly #memory: KernelMemory;
  readonly #kernel: ChecksumKernel;
  readonly #scratch: number;

  /** `memory` has `CHECKSUM_KERNEL`; some of it is taken. */
  constructor(memory: KernelMemory) {
    this.#memory = memory;
    this.#kernel = memory.instance<ChecksumKernel>(CHECKSUM_KERNEL);
    this.#scratch = memory.allocate(PIECE_BYTES, 64);
  }

  /** Of bytes in the kernels' memory. */
  ofMemory(address: number, bytes: number, before = 0n): bigint {
    let sum = before;
    for (let done = 0; done < bytes; done += PIECE_BYTES) {
      sum = this.#kernel.checksum(address + done, Math.min(PIECE_BYTES, bytes - done), sum);
    }
    return sum;
  }

  /** Of bytes anywhere else; the same as in the kernels' memory. */
  ofBytes(bytes: Uint8Array, before = 0n): bigint {
    let sum = before;
    for (let done = 0; done < bytes.length; done += PIECE_BYTES) {
      const piece = bytes.subarray(done, done + PIECE_BYTES);
      new Uint8Array(this.#memory.memory.buffer, this.#scratch, piece.length).set(piece);
      sum = this.#kernel.checksum(this.#scratch, piece.length, sum);
    }
    return sum;
  }
}
