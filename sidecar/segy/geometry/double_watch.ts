/** Finds traces whose bin and offset were there before, exactly, for as many traces as fit a set of fixed size. */

/** Entries of three numbers: 48 MB at most. */
const MOST_ENTRIES = 1 << 21;
const FIRST_SLOTS = 1 << 14;
const WIDTH = 3;

export class DoubleWatch {
  #slots = FIRST_SLOTS;
  #keys = new Int32Array(FIRST_SLOTS * WIDTH);
  #used = new Uint8Array(FIRST_SLOTS);
  #entries = 0;
  #doubles = 0;

  /** Undefined when there were too many traces to tell. */
  get doubles(): number | undefined {
    return this.#entries > MOST_ENTRIES ? undefined : this.#doubles;
  }

  add(inline: number, crossline: number, offset: number): void {
    if (this.#entries > MOST_ENTRIES) return;
    const slot = this.#find(inline, crossline, offset);
    if (this.#used[slot]) {
      this.#doubles++;
      return;
    }
    this.#put(slot, inline, crossline, offset);
    if (++this.#entries > MOST_ENTRIES) this.#forget();
    else if (this.#entries * 2 > this.#slots) this.#grow();
  }

  /** The slot that holds this key, or the free one where it belongs. */
  #find(a: number, b: number, c: number): number {
    const mask = this.#slots - 1;
    let slot = mixed(a ^ mixed(b ^ mixed(c))) & mask;
    while (this.#used[slot]) {
      const at = slot * WIDTH;
      if (this.#keys[at] === a && this.#keys[at + 1] === b && this.#keys[at + 2] === c) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, a: number, b: number, c: number): void {
    this.#used[slot] = 1;
    const at = slot * WIDTH;
    this.#keys[at] = a;
    this.#keys[at + 1] = b;
    this.#keys[at + 2] = c;
  }

  #grow(): void {
    const keys = this.#keys, used = this.#used;
    this.#slots *= 4;
    this.#keys = new Int32Array(this.#slots * WIDTH);
    this.#used = new Uint8Array(this.#slots);
    used.forEach((isUsed, slot) => {
      if (!isUsed) return;
      const at = slot * WIDTH, a = keys[at], b = keys[at + 1], c = keys[at + 2];
      this.#put(this.#find(a, b, c), a, b, c);
    });
  }

  #forget(): void {
    this.#slots = 1;
    this.#keys = new Int32Array(WIDTH);
    this.#used = new Uint8Array(1);
  }
}

/** Every bit of the number changes about half of the result's (Appleby's finalizer of MurmurHash3). */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
