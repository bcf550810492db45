/** The partition of a survey into blocks, the unit of work, of progress and of checkpoints. */
import { SeisProcError } from "../../src/shared/errors.ts";

/** Bytes of traces that a block aims at: some milliseconds of work, one read and one write. */
export const BLOCK_BYTES = 2 << 20;

/** What one worker does between two looks at the control block: a run of whole gathers in processing order. */
export interface Block {
  /** Places in processing order, from 0. */
  readonly firstTrace: number;
  readonly traces: number;
  readonly firstGather: number;
  readonly gathers: number;
  /** Output traces, from 0. */
  readonly firstOutput: number;
  readonly outputs: number;
}

/**
 * The partition of the survey into blocks, in shared memory so that workers read it without copies. It depends on the
 * survey and the flow alone, never on the number of workers or on what was done before.
 */
export interface BlockTable {
  readonly count: number;
  /** Length count + 1: where each block begins, and the end. */
  readonly firstTrace: Float64Array;
  readonly firstGather: Float64Array;
  readonly oneTracePerGather: boolean;
}

export function blockAt(table: BlockTable, index: number): Block {
  const [firstTrace, endTrace] = table.firstTrace.subarray(index, index + 2);
  const [firstGather, endGather] = table.firstGather.subarray(index, index + 2);
  const traces = endTrace - firstTrace;
  const gathers = endGather - firstGather;
  return {
    firstTrace,
    traces,
    firstGather,
    gathers,
    firstOutput: table.oneTracePerGather ? firstGather : firstTrace,
    outputs: table.oneTracePerGather ? gathers : traces,
  };
}

/**
 * Blocks of a flow that takes traces one by one: runs of equal length. Gathers are only counted: those that begin in a
 * block are its own; without `gatherStarts` each trace counts as one.
 */
export function blocksOfTraces(
  traces: number,
  traceBytes: number,
  gatherStarts: Uint32Array | null,
): BlockTable {
  const perBlock = Math.max(1, Math.floor(BLOCK_BYTES / traceBytes));
  const count = Math.ceil(traces / perBlock);
  const firstTrace = sharedFloat64(count + 1);
  for (let block = 0; block <= count; block++) firstTrace[block] = Math.min(traces, block * perBlock);
  const firstGather = gatherStarts ? gathersBefore(firstTrace, gatherStarts) : firstTrace;
  return { count, firstTrace, firstGather, oneTracePerGather: false };
}

function gathersBefore(firstTrace: Float64Array, gatherStarts: Uint32Array): Float64Array {
  const counts = sharedFloat64(firstTrace.length);
  let gather = 0;
  firstTrace.forEach((trace, block) => {
    while (gather < gatherStarts.length - 1 && gatherStarts[gather] < trace) gather++;
    counts[block] = gather;
  });
  return counts;
}

/** Blocks of whole gathers. `gatherStarts` has one more element than there are gathers: the end. */
export function blocksOfGathers(
  gatherStarts: Uint32Array,
  traceBytes: number,
  oneTracePerGather: boolean,
): BlockTable {
  const gathers = gatherStarts.length - 1;
  const tracesPerBlock = Math.max(1, Math.floor(BLOCK_BYTES / traceBytes));
  const firsts: number[] = [];
  for (let gather = 0, room = 0; gather < gathers; gather++) {
    const traces = gatherStarts[gather + 1] - gatherStarts[gather];
    if (firsts.length === 0 || traces > room) {
      firsts.push(gather);
      room = tracesPerBlock;
    }
    room -= traces;
  }
  firsts.push(gathers);
  const firstGather = sharedFloat64(firsts.length);
  const firstTrace = sharedFloat64(firsts.length);
  firsts.forEach((gather, block) => {
    firstGather[block] = gather;
    firstTrace[block] = gatherStarts[gather];
  });
  return { count: firsts.length - 1, firstTrace, firstGather, oneTracePerGather };
}

export function largestBlock(table: BlockTable): number {
  let largest = 0;
  for (let i = 0; i < table.count; i++) {
    largest = Math.max(largest, table.firstTrace[i + 1] - table.firstTrace[i]);
  }
  return largest;
}

export function largestGather(gatherStarts: Uint32Array): number {
  let largest = 0;
  for (let i = 1; i < gatherStarts.length; i++) {
    largest = Math.max(largest, gatherStarts[i] - gatherStarts[i - 1]);
  }
  return largest;
}

function sharedFloat64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** Room for the checksums of all blocks in so many outputs. */
export function sharedChecksums(blocks: number, outputs: number): BigInt64Array {
  return new BigInt64Array(new SharedArrayBuffer(blocks * outputs * 8));
}

export function sharedUint32(values: Uint32Array): Uint32Array {
  const shared = new Uint32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

/** Refuses what cannot fit into 32-bit kernel memory or the limit given. */
export function checkMemory(neededBytes: number, limitBytes: number, gatherTraces: number): void {
  if (neededBytes <= limitBytes) return;
  const mb = (bytes: number) => Math.ceil(bytes / 1e6);
  const message = `Cannot run this flow: expected at most ${mb(limitBytes)} MB of memory, found that ` +
    `${mb(neededBytes)} MB are needed for gathers of up to ${gatherTraces} traces: ` +
    `use fewer workers, raise the memory limit or choose an order with smaller gathers`;
  throw new SeisProcError("memory-short", message, { neededBytes, limitBytes });
}
