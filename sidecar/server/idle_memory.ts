/**
 * Gives memory back when the sidecar has nothing to do: the engine by itself keeps the garbage of a burst of commands
 * for as long as nothing happens. Needs `--expose-gc`; without it nothing is done.
 */
const IDLE_MS = 2000;

export class IdleMemory {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;

  constructor(readonly collect: (() => void) | undefined = collector(), readonly idleMs = IDLE_MS) {}

  /** Something happens: memory is given back once nothing has happened for a while. */
  touch(): void {
    this.#touched = true;
    if (this.collect !== undefined) this.#timer ??= setTimeout(() => this.#look(), this.idleMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    this.#timer = undefined;
    if (!this.#touched) return this.collect?.();
    this.#touched = false;
    this.#timer = setTimeout(() => this.#look(), this.idleMs);
  }
}

function collector(): (() => void) | undefined {
  const gc: unknown = Reflect.get(globalThis, "gc");
  return typeof gc === "function" ? () => void gc({ type: "major", flavor: "last-resort" }) : undefined;
}
