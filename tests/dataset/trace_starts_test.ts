/** When traces begin, and how far apart those of one gather do, against plain arithmetic. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { TraceStarts } from "../../sidecar/dataset/trace_starts.ts";

/** Starts over the words of a survey, taken in portions of so many traces. */
function taken(delays: readonly number[], scalars: readonly number[], portion = delays.length): TraceStarts {
  const starts = new TraceStarts(delays.length);
  for (let first = 0; first < delays.length; first += portion) {
    const part = (values: readonly number[]) => Float64Array.from(values.slice(first, first + portion));
    starts.take(first, [part(delays), part(scalars)]);
  }
  return starts;
}

test("starts are delays with the time scalar where it is one", () => {
  const starts = taken([400, 4000, 40, 400, 400, 0], [0, -10, 10, 7, 1, 1000]);
  expect([0, 1, 2, 3, 4, 5].map((trace) => starts.at(trace))).toEqual([400, 400, 400, 400, 400, 0]);
  expect(starts.spreadMs(Uint32Array.of(0, 5, 6), null)).toBe(0);
  expect(starts.spreadMs(Uint32Array.of(0, 6), null)).toBe(400);
});

test("the spread is the largest within a gather, in any order and from portions of any size", () => {
  const survey = fc.array(
    fc.record({ start: fc.integer({ min: -300, max: 300 }), gather: fc.integer({ min: 0, max: 5 }) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(fc.property(survey, fc.integer({ min: 1, max: 20 }), (traces, portion) => {
    const order = traces.map((_, i) => i).sort((a, b) => traces[a].gather - traces[b].gather || a - b);
    const gathers = [...Map.groupBy(order, (trace) => traces[trace].gather).values()];
    const bounds = Uint32Array.from([0, ...gathers.map((_, g) => gathers.slice(0, g + 1).flat().length)]);
    const starts = taken(traces.map(({ start }) => start), traces.map(() => 1), portion);
    const spreads = gathers.map((members) => {
      const times = members.map((trace) => traces[trace].start);
      return Math.max(...times) - Math.min(...times);
    });
    const readOrder = (first: number, count: number) => Float64Array.from(order.slice(first, first + count));
    expect(starts.spreadMs(bounds, readOrder)).toBe(Math.max(...spreads));
  }));
});
