/** The partition into blocks: whole, without gaps, of whole gathers where they are needed, and never of the workers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Block,
  BLOCK_BYTES,
  blockAt,
  blocksOfGathers,
  blocksOfTraces,
  type BlockTable,
  checkMemory,
  largestBlock,
  largestGather,
} from "../../sidecar/flow/blocks.ts";

const all = (table: BlockTable): Block[] => Array.from({ length: table.count }, (_, i) => blockAt(table, i));

/** Traces, gathers and outputs follow each other without a gap from nothing to these totals. */
function expectWhole(table: BlockTable, totals: { traces: number; gathers: number; outputs: number }): void {
  let traces = 0, gathers = 0, outputs = 0;
  for (const block of all(table)) {
    expect([block.firstTrace, block.firstGather, block.firstOutput]).toEqual([traces, gathers, outputs]);
    traces += block.traces;
    gathers += block.gathers;
    outputs += block.outputs;
  }
  expect({ traces, gathers, outputs }).toEqual(totals);
}

function startsOf(sizes: readonly number[]): Uint32Array {
  let end = 0;
  return Uint32Array.from([0, ...sizes.map((size) => end += size)]);
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });

test("traces by themselves make blocks of about two megabytes", () => {
  const table = blocksOfTraces(10_000, 4096, null);
  expect(all(table).slice(0, -1).every(({ traces }) => traces === BLOCK_BYTES / 4096)).toBe(true);
  expectWhole(table, { traces: 10_000, gathers: 10_000, outputs: 10_000 });
  expect(largestBlock(table)).toBe(512);
});

test("a trace larger than a block is a block", () => {
  const table = blocksOfTraces(3, 10 * BLOCK_BYTES, null);
  expect(all(table).map(({ traces }) => traces)).toEqual([1, 1, 1]);
});

test("gathers that begin in a block of traces are its own, each counted once", () => {
  fc.assert(fc.property(sizes, fc.integer({ min: 1, max: 30 }), (gathers, perBlock) => {
    const starts = startsOf(gathers), traces = starts[gathers.length];
    const table = blocksOfTraces(traces, Math.floor(BLOCK_BYTES / perBlock), starts);
    expectWhole(table, { traces, gathers: gathers.length, outputs: traces });
    for (const { firstTrace, firstGather, gathers: own } of all(table)) {
      const begins = [...starts.slice(firstGather, firstGather + own)];
      expect(begins.every((start) => start >= firstTrace)).toBe(true);
    }
  }));
});

test("blocks of gathers hold whole gathers, as many as fit", () => {
  fc.assert(fc.property(sizes, fc.integer({ min: 1, max: 30 }), fc.boolean(), (gathers, perBlock, one) => {
    const starts = startsOf(gathers), traces = starts[gathers.length];
    const table = blocksOfGathers(starts, Math.floor(BLOCK_BYTES / perBlock), one);
    expectWhole(table, { traces, gathers: gathers.length, outputs: one ? gathers.length : traces });
    const room = Math.max(1, Math.floor(BLOCK_BYTES / Math.floor(BLOCK_BYTES / perBlock)));
    for (const block of all(table)) {
      expect(starts[block.firstGather]).toBe(block.firstTrace);
      expect(starts[block.firstGather + block.gathers]).toBe(block.firstTrace + block.traces);
      if (block.gathers > 1) expect(block.traces).toBeLessThanOrEqual(room);
    }
  }));
});

test("the largest gather is found", () => {
  expect(largestGather(startsOf([3, 17, 5]))).toBe(17);
});

test("memory that is not there is refused with the size of the gathers that ask for it", () => {
  expect(() => checkMemory(100e6, 100e6, 5)).not.toThrow();
  expect(() => checkMemory(250e6, 100e6, 1234)).toThrow(
    "Cannot run this flow: expected at most 100 MB of memory, found that 250 MB are needed for gathers of up " +
      "to 1234 traces: use fewer workers, raise the memory limit or choose an order with smaller gathers",
  );
});
