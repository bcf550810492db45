/** The line of a running job: what it says, and how it is replaced on a terminal. */
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { printIfThere } from "../lost_terminal.ts";
import { printable } from "../../../src/shared/shown.ts";

/** One line of a terminal for a running job: bar, percent, traces, rate, time left; cut to the terminal's width. */
export function progressLine(name: string, progress: JobProgress, columns: number): string {
  const { fraction, traces, tracesPerSecond, megabytesPerSecond, secondsLeft, phase, stalled } = progress;
  const percent = `${Math.floor(fraction * 100)} %`.padStart(5);
  const count = `${traces.done.toLocaleString("en")} of ${traces.total.toLocaleString("en")} traces`;
  const rate = `${Math.round(tracesPerSecond.smoothed).toLocaleString("en")} traces/s ` +
    `${Math.round(megabytesPerSecond.smoothed)} MB/s`;
  const left = stalled ? "stalled" : secondsLeft === null ? phase : `${duration(secondsLeft)} left`;
  const text = `${percent}  ${count}  ${rate}  ${left}`;
  const room = columns - text.length - name.length - 6;
  const bar = room >= 8 ? ` [${barOf(fraction, Math.min(30, room))}]` : "";
  return `${name}${bar} ${text}`.slice(0, Math.max(10, columns - 1));
}

function barOf(fraction: number, width: number): string {
  const filled = Math.round(fraction * width);
  return "#".repeat(filled) + "-".repeat(width - filled);
}

/** `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return seconds < 10 ? `${seconds.toFixed(1)} s` : `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** The line of a running job on a terminal's stderr; nothing where stderr is no terminal. */
export class LiveLine {
  readonly #terminal = Deno.stderr.isTerminal();

  show(name: string, progress: JobProgress): void {
    if (this.#terminal) {
      this.#write(`\r\x1b[K${progressLine(printable(name), progress, terminalSize().columns)}`);
    }
  }

  /** What is going on, in a few words. */
  showText(text: string): void {
    if (!this.#terminal) return;
    this.#write(`\r\x1b[K${printable(text).slice(0, Math.max(10, terminalSize().columns - 1))}`);
  }

  /** Prints a line of its own; the live line comes again with the next progress. */
  say(text: string): void {
    this.#write(`${this.#terminal ? "\r\x1b[K" : ""}${printable(text)}\n`);
  }

  /** A line for whoever sits before a terminal. */
  hint(text: string): void {
    if (this.#terminal) this.say(text);
  }

  clear(): void {
    if (this.#terminal) this.#write("\r\x1b[K");
  }

  #write(text: string): void {
    printIfThere(() => Deno.stderr.writeSync(new TextEncoder().encode(text)));
  }
}

export function terminalSize(): { readonly columns: number; readonly rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns || 80, rows: rows || 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}
