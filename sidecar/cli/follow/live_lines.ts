/** The lines of running jobs at the foot of a terminal, one a job; nothing where stderr is no terminal. */
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { cut } from "../../../src/shared/shown.ts";
import { printIfThere } from "../lost_terminal.ts";
import { progressLine, terminalSize } from "./progress_line.ts";

export class LiveLines {
  readonly #terminal = Deno.stderr.isTerminal();
  readonly #lines = new Map<string, string>();
  #drawn = 0;

  show(id: string, name: string, progress: JobProgress): void {
    if (!this.#terminal) return;
    const { columns, rows } = terminalSize();
    this.#lines.set(id, progressLine(cut(name), progress, columns));
    const lines = [...this.#lines.values()].slice(-Math.max(1, rows - 1));
    this.#write(this.#eraser() + lines.join("\n"));
    this.#drawn = lines.length;
  }

  /** Takes a job's line away and makes room for a line of text; the others come again with the next progress. */
  drop(id: string): void {
    this.#lines.delete(id);
    this.#write(this.#eraser());
    this.#drawn = 0;
  }

  /** Goes to the first of the lines and erases from there. */
  #eraser(): string {
    if (this.#drawn === 0) return "";
    return `${this.#drawn > 1 ? `\x1b[${this.#drawn - 1}A` : ""}\r\x1b[J`;
  }

  #write(text: string): void {
    if (text !== "") printIfThere(() => Deno.stderr.writeSync(new TextEncoder().encode(text)));
  }
}
