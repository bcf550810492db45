/** Commands of the manager on standard input. */
import type { RunnerCommand } from "../../src/shared/job/runner_messages.ts";

/** Reads commands as JSON lines from stdin; `onEnd` is called when stdin ends: the manager is gone. */
export async function readCommands(
  onCommand: (command: RunnerCommand) => void,
  onEnd: () => void,
): Promise<void> {
  let rest = "";
  try {
    for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const command = parseCommand(line);
        if (command) onCommand(command);
      }
    }
  } finally {
    onEnd();
  }
}

/** A line that is not a command is ignored: a newer manager may know more of them. */
export function parseCommand(line: string): RunnerCommand | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("command" in value)) return undefined;
    if (value.command === "pause" || value.command === "interrupt") return { command: value.command };
    if (value.command !== "cancel") return undefined;
    return { command: "cancel", keepPartial: "keepPartial" in value && value.keepPartial === true };
  } catch {
    return undefined;
  }
}
