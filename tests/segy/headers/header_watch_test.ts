/** The kernel that counts headers, against a plain count. */
import { expect, test } from "vitest";
import {
  changesOf,
  extentOf,
  isMonotonic,
  oddTraces,
  rangeOf,
  risesWhereStays,
  type WordOf,
} from "../../oracles/records/header_ranges.ts";
import { type ByteOrder, permuted, recordPermutation } from "../../../sidecar/segy/format/byte_order.ts";
import { HeaderRecords, writeWord } from "../../../sidecar/traces/header_records.ts";
import { HEADER_WATCH_KERNEL, HeaderWatch, type Oddity } from "../../../sidecar/segy/headers/header_watch.ts";
import { SORT_WORDS } from "../../../sidecar/segy/headers/sort_order.ts";
import { STANDARD_WORDS, TRACE_HEADER_WORDS } from "../../../src/shared/seismic/trace_header.ts";
import { growingMemory, randomNumbers } from "../../test_steps.ts";

const ORDERS: readonly ByteOrder[] = ["big", "little", "swapped"];
const PAIRS = [["sx", "sy"], ["gx", "gy"], ["cdpx", "cdpy"]] as const;
const ODDITIES: readonly Oddity[] = ["otherInterval", "otherSamples", "noScalar", "repeated", "dead"];
const TRACES = 61, INTERVAL = 2000, SAMPLES = 40_000;

/** Bytes after each record as a file has samples there: what is not header must not be seen. */
const STRIDE = 240 + 36;

const KINDS: Readonly<Record<string, (random: number, trace: number, byte: number) => number>> = {
  "any values": (random) => random * 0x80000000,
  "few values": (random) => random * 2.5,
  "values that rise and fall in steps": (_, trace, byte) =>
    Math.floor(trace / (byte % 5 + 1)) * (byte % 3 - 1),
  "all zero": () => 0,
};

/** Big-endian records of one kind; intervals, samples, scalars and marks are often what they should be. */
function records(kind: string, seed: number): HeaderRecords {
  const random = randomNumbers(seed);
  const out = HeaderRecords.empty(TRACES, STANDARD_WORDS);
  const view = new DataView(out.bytes.buffer);
  for (let trace = 0; trace < TRACES; trace++) {
    for (const word of TRACE_HEADER_WORDS) {
      const value = Math.trunc(KINDS[kind](random(), trace, word.byte));
      const wrapped = word.type === "int32"
        ? value | 0
        : word.type === "int16"
        ? value << 16 >> 16
        : value & 0xffff;
      writeWord(view, trace * 240 + word.byte - 1, word, wrapped);
    }
    if (random() > -0.5) out.set(trace, out.word("dt"), INTERVAL);
    if (random() > -0.5) out.set(trace, out.word("ns"), SAMPLES);
    if (random() > 0) out.set(trace, out.word("trid"), 2);
    if (random() > 0.5) out.set(trace, out.word("scalco"), 10 ** (trace % 6) * (trace % 2 ? 1 : -1) % 32_768);
  }
  return out;
}

/** What the kernel says of the records, given in portions of so many traces. */
function watched(headers: HeaderRecords, order: ByteOrder, portion: number): HeaderWatch {
  const memory = growingMemory([HEADER_WATCH_KERNEL]);
  const watch = new HeaderWatch(memory, order, SAMPLES, INTERVAL);
  const block = memory.allocate(STRIDE * portion);
  const permutation = recordPermutation(order, 240, TRACE_HEADER_WORDS);
  for (let first = 0; first < TRACES; first += portion) {
    const count = Math.min(portion, TRACES - first);
    const bytes = new Uint8Array(memory.memory.buffer, block, STRIDE * portion).fill(0x5a);
    for (let i = 0; i < count; i++) {
      bytes.set(permuted(headers.slice(first + i, 1).bytes, permutation), i * STRIDE);
    }
    watch.add(block, STRIDE, count);
  }
  return watch;
}

for (const kind of Object.keys(KINDS)) {
  for (const order of ORDERS) {
    test(`${kind}, ${order}-endian: the kernel says what the plain twin says, in portions of any size`, () => {
      const headers = records(kind, 5);
      const value: WordOf = (word, trace) => headers.get(trace, headers.word(word));
      for (const portion of [1, 7, TRACES]) expectTwin(watched(headers, order, portion), value);
    });
  }
}

function expectTwin(watch: HeaderWatch, value: WordOf): void {
  expect(watch.traces).toBe(TRACES);
  for (const word of TRACE_HEADER_WORDS) {
    const range = rangeOf(word.name, TRACES, value);
    const first = value(word.name, 0), last = value(word.name, TRACES - 1);
    expect([word.name, watch.span(word)]).toEqual([word.name, { ...range, first, last }]);
  }
  const { changes, monotonic, risesWithin } = watch.changes;
  for (const word of SORT_WORDS) {
    expect([word, changes(word), monotonic(word)])
      .toEqual([word, changesOf(word, TRACES, value), isMonotonic(word, TRACES, value)]);
    for (const second of SORT_WORDS) {
      expect([word, second, risesWithin(word, second)])
        .toEqual([word, second, risesWhereStays(word, second, TRACES, value)]);
    }
  }
  PAIRS.forEach((pair, i) => expect(watch.extent(i)).toEqual(extentOf(pair, TRACES, value)));
  const odd = oddTraces(TRACES, value, INTERVAL, SAMPLES);
  for (const kind of ODDITIES) expect([kind, watch.odd(kind)]).toEqual([kind, odd[kind]]);
}

test("the greatest and least numbers of each type are found", () => {
  const headers = HeaderRecords.empty(TRACES, STANDARD_WORDS);
  headers.set(3, headers.word("ns"), 65535);
  headers.set(4, headers.word("cdp"), -0x80000000);
  headers.set(5, headers.word("cdp"), 0x7fffffff);
  headers.set(6, headers.word("smu"), -0x8000);
  for (const order of ORDERS) {
    const watch = watched(headers, order, 8);
    const span = (name: string) => watch.span(headers.word(name));
    expect(span("ns")).toEqual({ min: 0, max: 65535, first: 0, last: 0 });
    expect(span("cdp")).toEqual({ min: -0x80000000, max: 0x7fffffff, first: 0, last: 0 });
    expect(span("smu")).toEqual({ min: -0x8000, max: 0, first: 0, last: 0 });
    expect(span("smp")).toEqual({ min: 0, max: 0, first: 0, last: 0 });
  }
});
