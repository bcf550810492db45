/** A runner as an operating-system process: started, spoken to in JSON lines, stopped by force when it must be. */
import type { RunnerCommand, RunnerEnd, RunnerMessage } from "../../../src/shared/job/runner_messages.ts";
import { parseRunnerMessage } from "../../../src/shared/job/parse_event.ts";
import { LineDecoder, parseLine } from "../../../src/shared/protocol/json_lines.ts";

/** The command line that starts a runner for a job folder. */
export interface RunnerCommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
export type RunnerLauncher = (folder: string) => RunnerCommandLine;
/** A launcher whose module is loaded with the first job. */
export interface LateLauncher {
  load(): Promise<RunnerLauncher>;
}

export interface RunnerExit {
  /** What the runner said about its end; null when it died without a word. */
  readonly end: RunnerEnd | null;
  readonly code: number;
  readonly signal: string | null;
  /** We sent it a signal. */
  readonly forced: boolean;
  /** The last of what it wrote to stderr. */
  readonly stderr: string;
}

export interface RunnerListener {
  message(message: RunnerMessage): void;
  /** A line on stdout that is no message. */
  noise(line: string): void;
}

const STDERR_TAIL = 8192;
/** How long output may still come after the process ended. */
const DRAIN_MS = 1000;

export class RunnerProcess {
  readonly exited: Promise<RunnerExit>;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #end: RunnerEnd | null = null;
  #forced = false;
  #stderr = "";

  /** Throws what the platform throws when the command cannot be started. */
  constructor(line: RunnerCommandLine, readonly listener: RunnerListener) {
    this.#child = new Deno.Command(line.command, {
      args: [...line.args],
      env: { ...line.env },
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#input.closed.catch(() => {});
    this.exited = this.#follow();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Sends a command; a runner that already died shows in `exited`. */
  send(command: RunnerCommand): void {
    this.#input.write(new TextEncoder().encode(JSON.stringify(command) + "\n")).catch(() => {});
  }

  /** Ends its input: the runner checkpoints and ends as interrupted. */
  endInput(): void {
    this.#input.close().catch(() => {});
  }

  /** Sends the terminate signal and then the kill signal, unless it ended before. */
  stopAfter(terminateMs: number, killMs: number): void {
    this.#later(terminateMs, () => this.#signal("SIGTERM"));
    this.#later(killMs, () => this.#signal("SIGKILL"));
  }

  async #follow(): Promise<RunnerExit> {
    const reading = Promise.all([this.#readMessages(), this.#readErrors()]);
    const { code, signal } = await this.#child.status;
    for (const timer of this.#timers) clearTimeout(timer);
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([reading, new Promise((resolve) => timer = setTimeout(resolve, DRAIN_MS))]);
    clearTimeout(timer);
    this.#input.close().catch(() => {});
    return { end: this.#end, code, signal, forced: this.#forced, stderr: this.#stderr.trim() };
  }

  async #readMessages(): Promise<void> {
    const lines = new LineDecoder(
      undefined,
      (length) => this.listener.noise(`a line of over ${length} bytes`),
    );
    for await (const piece of this.#child.stdout) lines.push(piece).forEach((line) => this.#line(line));
    const torn = lines.end();
    if (torn !== "") this.#line(torn);
  }

  #line(line: string): void {
    const message = parseRunnerMessage(parseLine(line));
    if (message === undefined) return this.listener.noise(line);
    if (message.message === "ended") this.#end = message.end;
    this.listener.message(message);
  }

  async #readErrors(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const piece of this.#child.stderr) {
      this.#stderr = (this.#stderr + decoder.decode(piece, { stream: true })).slice(-STDERR_TAIL);
    }
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    try {
      this.#child.kill(signal);
      this.#forced = true;
    } catch {
      // It ended at this moment: `exited` tells how.
    }
  }
}
