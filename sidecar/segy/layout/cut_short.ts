import { SeisProcError } from "../../../src/shared/errors.ts";
import { type SegyLayout, traceOffset, traceSamples } from "./segy_layout.ts";

/** Throws when the file ends inside a trace or before the traces that it says, naming the first that is not whole. */
export function refuseCutFile(layout: SegyLayout): void {
  const trace = firstCutTrace(layout);
  if (trace === undefined) return;
  const byte = traceOffset(layout, trace);
  throw cutShort(layout, trace, byte, bytesOf(layout, trace), Math.max(0, layout.bytes - byte));
}

function firstCutTrace(layout: SegyLayout): number | undefined {
  const { traces, variable, bytes, firstTrace, traceBytes } = layout;
  const isWhole = (trace: number) => traceOffset(layout, trace) + bytesOf(layout, trace) <= bytes;
  if (isWhole(traces - 1)) return undefined;
  if (!variable) return Math.max(0, Math.floor((bytes - firstTrace) / traceBytes));
  let trace = traces - 1;
  while (trace > 0 && !isWhole(trace - 1)) trace--;
  return trace;
}

function bytesOf(layout: SegyLayout, trace: number): number {
  return layout.recordBytes + traceSamples(layout, trace) * layout.bytesPerSample;
}

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
