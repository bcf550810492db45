/** Gathers work and does it once a frame; in a hidden page, where no frames come, four times a second. */
const HIDDEN_MS = 250;

export class Frames<T> {
  #waiting: T[] = [];
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly work: (all: readonly T[]) => void) {}

  add(one: T): void {
    this.#waiting.push(one);
    if (this.#waiting.length > 1) return;
    this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), HIDDEN_MS);
  }

  /** Does what waits now. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    const all = this.#waiting;
    this.#waiting = [];
    this.work(all);
  }
}
