/**
 * How processes that share a workspace tell each other that a job changed: each appends the job's id to one file and
 * watches that file. While a manager runs jobs it also looks at the file's size every 50 ms, since not every file
 * system reports changes of other machines.
 */
import fs from "node:fs";
import type { Workspace } from "../folder/workspace.ts";

/** A starting manager empties the file beyond this size; everybody then looks at all jobs once. */
const LARGEST = 1 << 20;
const POLL_MS = 50;

/** The ids that changed, or "all" when that cannot be told. */
export type ChangedIds = ReadonlySet<string> | "all";

export class ChangeFeed {
  readonly #file: string;
  readonly #fd: number;
  #position: number;
  #closed = false;
  #onChange: (ids: ChangedIds) => void = () => {};
  #watcher: fs.FSWatcher | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;

  constructor(workspace: Workspace) {
    this.#file = workspace.changes;
    this.#fd = fs.openSync(this.#file, "a+");
    if (fs.fstatSync(this.#fd).size > LARGEST) fs.ftruncateSync(this.#fd, 0);
    this.#position = fs.fstatSync(this.#fd).size;
  }

  /** Begins to listen; listening alone does not keep a process alive. */
  watch(onChange: (ids: ChangedIds) => void): void {
    this.#onChange = onChange;
    this.#watcher = fs.watch(this.#file, { persistent: false }, () => this.read());
    this.#watcher.on("error", () => this.poll(true));
  }

  /** Looks at the file regularly, while jobs run here. */
  poll(on: boolean): void {
    if (on && this.#poll === undefined) this.#poll = setInterval(() => this.read(), POLL_MS);
    if (!on && this.#poll !== undefined) {
      clearInterval(this.#poll);
      this.#poll = undefined;
    }
  }

  /** Tells everybody, this process included, that a job changed. */
  tell(id: string): void {
    try {
      fs.writeSync(this.#fd, id + "\n");
    } catch {
      // On a full disk the others learn of the change when they next look at the job; the job's own journal decides.
    }
  }

  read(): void {
    // A watcher may still tell what it saw before it was closed.
    if (this.#closed) return;
    const size = fs.fstatSync(this.#fd).size;
    if (size === this.#position) return;
    if (size < this.#position) {
      this.#position = size;
      return this.#onChange("all");
    }
    const bytes = new Uint8Array(size - this.#position);
    const read = fs.readSync(this.#fd, bytes, 0, bytes.length, this.#position);
    const whole = bytes.subarray(0, read).lastIndexOf(10) + 1;
    this.#position += whole;
    const ids = new TextDecoder().decode(bytes.subarray(0, whole)).split("\n").filter((id) => id !== "");
    if (ids.length > 0) this.#onChange(new Set(ids));
  }

  close(): void {
    this.#closed = true;
    this.poll(false);
    this.#watcher?.close();
    fs.closeSync(this.#fd);
  }
}
