/** What is said of a file that ends before its traces do. */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { endOfLayout, type SegyLayout, traceOffset, traceSamples } from "./segy_layout.ts";

/** Throws when the file ends inside a trace or before the traces that it says, naming the first that is not whole. */
export function refuseCutFile(layout: SegyLayout): void {
  const trace = firstCutTrace(layout);
  if (trace === undefined) return;
  const offset = traceOffset(layout, trace);
  throw cutShort(layout, trace, offset, bytesOf(layout, trace), Math.max(0, endOfLayout(layout) - offset));
}

/** The first trace, from 0, that is not wholly in the file; undefined when all are. */
export function firstCutTrace(layout: SegyLayout): number | undefined {
  const { traces, variable, firstTrace, traceBytes } = layout, end = endOfLayout(layout);
  const isWhole = (trace: number) => traceOffset(layout, trace) + bytesOf(layout, trace) <= end;
  if (isWhole(traces - 1)) return undefined;
  if (!variable) return Math.max(0, Math.floor((end - firstTrace) / traceBytes));
  let trace = traces - 1;
  while (trace > 0 && !isWhole(trace - 1)) trace--;
  return trace;
}

function bytesOf(layout: SegyLayout, trace: number): number {
  return layout.recordBytes + traceSamples(layout, trace) * layout.bytesPerSample;
}

/** The file ends inside a trace; trace and offset count from 0 here, trace and byte from 1 in the error. */
export function cutShort(
  { path: file, name }: { readonly path: string; readonly name: string },
  trace: number,
  offset: number,
  expectedBytes: number,
  foundBytes: number,
): SeisProcError<"file-cut-short"> {
  const message = `Cannot read trace ${trace + 1} of ${name}: expected ${expectedBytes} bytes ` +
    `from byte ${offset + 1}, found ${foundBytes}: the file is cut short`;
  return new SeisProcError("file-cut-short", message, {
    file,
    trace: trace + 1,
    byte: offset + 1,
    expectedBytes,
    foundBytes,
  });
}
