/** The kernels' shared memory, and one worker's part of it. */
import { assert } from "../../src/shared/assert.ts";

const WASM_PAGE_BYTES = 65_536;
/** Largest memory that kernels can address (wasm32). */
const MAX_MEMORY_PAGES = 65_536;

/** Where compiled kernels come from: a worker gets them from its runner, so that all share the optimised code. */
export type KernelModules = ReadonlyMap<string, WebAssembly.Module>;

export function createSharedMemory(bytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({
    initial: Math.max(1, Math.ceil(bytes / WASM_PAGE_BYTES)),
    maximum: MAX_MEMORY_PAGES,
    shared: true,
  });
}

/**
 * One worker's part of the shared WebAssembly memory, handed out from the bottom up and never given back.
 * With `grow`, allocation past the end grows the memory: so the planner learns what a flow takes.
 */
export class KernelMemory {
  readonly #modules: KernelModules;
  readonly #end: number | "grow";
  #next: number;

  constructor(
    readonly memory: WebAssembly.Memory,
    modules: KernelModules,
    start: number,
    end: number | "grow",
  ) {
    this.#modules = modules;
    this.#end = end;
    this.#next = align(start, 64);
  }

  /** Address after the last byte handed out. */
  get used(): number {
    return this.#next;
  }

  /** Byte address of `bytes` bytes, aligned to 16 (or `alignment`); contents are whatever was there. */
  allocate(bytes: number, alignment = 16): number {
    const address = align(this.#next, alignment);
    const end = address + bytes;
    if (this.#end === "grow") this.#growTo(end);
    else {assert(
        end <= this.#end,
        `kernel memory of ${this.#end} bytes is too small for ${bytes} more at ${address}`,
      );}
    this.#next = end;
    return address;
  }

  /** A float32 table in the kernels' memory. */
  float32(values: ArrayLike<number>): number {
    const address = this.allocate(values.length * 4);
    new Float32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** A float64 table in the kernels' memory. */
  float64(values: ArrayLike<number>): number {
    const address = this.allocate(values.length * 8);
    new Float64Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  /** Instantiates a kernel over this memory. */
  load<K extends { [name in keyof K]: (...numbers: number[]) => number | void }>(name: string): K {
    return this.instance<K>(name);
  }

  /** The same of a kernel that takes or gives 64-bit integers. */
  instance<K>(name: string): K {
    const module = this.#modules.get(name);
    assert(module, `kernel ${name} is not compiled: is it in the implementation's list?`);
    const instance = new WebAssembly.Instance(module, { env: { memory: this.memory, abort: kernelAbort } });
    return instance.exports as unknown as K;
  }

  #growTo(end: number): void {
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / WASM_PAGE_BYTES));
  }
}

function kernelAbort(): never {
  throw new Error("a kernel aborted");
}

function align(address: number, alignment: number): number {
  return Math.ceil(address / alignment) * alignment;
}
