import { SeisProcError } from "../../src/shared/errors.ts";

/** The file ends inside a trace, counted from 0 here and from 1 in the message. */
export function cutShort(
  { path: file, name }: { readonly path: string; readonly name: string },
  trace: number,
  byte: number,
  expectedBytes: number,
  foundBytes: number,
): SeisProcError<"file-cut-short"> {
  const message = `Cannot read trace ${trace + 1} of ${name}: expected ${expectedBytes} bytes at ${byte}, ` +
    `found ${foundBytes}: the file is cut short`;
  return new SeisProcError("file-cut-short", message, {
    file,
    trace: trace + 1,
    byte,
    expectedBytes,
    foundBytes,
  });
}
