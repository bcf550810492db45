/** Waits that the end of the manager cuts short. */
export class Waits {
  readonly #waits = new Map<ReturnType<typeof setTimeout>, () => void>();

  /** Resolves after a time, or at once when all waits are ended. */
  later(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#waits.delete(timer);
      resolve();
    }, ms);
    this.#waits.set(timer, resolve);
    return promise;
  }

  endAll(): void {
    for (const [timer, resolve] of this.#waits) {
      clearTimeout(timer);
      resolve();
    }
    this.#waits.clear();
  }
}
