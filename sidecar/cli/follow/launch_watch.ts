/**
 * Notices when the program that started this one was killed: then nobody waits for this job any more, and it must not
 * go on unseen. A process whose parent dies gets another parent.
 */
const LOOK_EVERY_MS = 500;

export class LaunchWatch {
  readonly #parent = Deno.ppid;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(onGone: () => void) {
    this.#timer = setInterval(() => {
      if (Deno.ppid === this.#parent) return;
      this.close();
      onGone();
    }, LOOK_EVERY_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
