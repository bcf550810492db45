/** Where a line is printed may be gone: the terminal closed, the reader of a pipe ended. That is no reason to end a job. */
import { systemCode } from "../files/file_errors.ts";

const GONE: ReadonlySet<string | undefined> = new Set(["EIO", "EPIPE"]);

/** Prints, unless nobody is there any more. Everything else that goes wrong, such as a full disk, is thrown. */
export function printIfThere(print: () => void): void {
  try {
    print();
  } catch (error) {
    if (!GONE.has(systemCode(error))) throw error;
  }
}

/** From now on the console prints only where somebody is there. */
export function outliveTerminal(): void {
  const { log, error } = console;
  console.log = (...values: unknown[]) => printIfThere(() => log(...values));
  console.error = (...values: unknown[]) => printIfThere(() => error(...values));
}
