import fc from "fast-check";
import { expect, test } from "vitest";
import { layerIn } from "../../../src/ui/canvas/draw/layer.ts";
import { Levels } from "../../../src/ui/canvas/picture/levels.ts";
import { amplitudeAt, type Picture } from "../../../src/ui/canvas/picture/picture.ts";
import { extentOf, fitted, panned, pointAt, zoomed } from "../../../src/ui/canvas/view/view_window.ts";

const EXTENT = extentOf(96, { samples: 1501, startMs: 0, intervalMs: 2 });

test("all of a gather reaches half an interval beyond its first and last sample", () => {
  expect(fitted(EXTENT)).toEqual({ firstTrace: 0, traces: 96, startMs: -1, lengthMs: 3002 });
});

test("zooming keeps what is under the pointer, unless a border is in the way", () => {
  const middle = { firstTrace: 30, traces: 20, startMs: 1000, lengthMs: 500 };
  const unit = fc.double({ min: 0, max: 1, noNaN: true }),
    factor = fc.double({ min: 1, max: 3, noNaN: true });
  fc.assert(
    fc.property(unit, unit, factor, factor, (x, y, across, down) => {
      const before = pointAt(middle, x, y);
      const after = pointAt(zoomed(middle, EXTENT, { across, down }, { x, y }), x, y);
      expect(after.trace).toBeCloseTo(before.trace, 6);
      expect(after.ms).toBeCloseTo(before.ms, 6);
    }),
  );
});

test("one comes no closer than two traces and eight samples, and sees no more than there is", () => {
  const close = zoomed(fitted(EXTENT), EXTENT, { across: 1e6, down: 1e6 }, { x: 0.5, y: 0.5 });
  expect([close.traces, close.lengthMs]).toEqual([2, 16]);
  expect(zoomed(close, EXTENT, { across: 1e-9, down: 1e-9 }, { x: 0.1, y: 0.9 })).toEqual(fitted(EXTENT));
  const tiny = extentOf(1, { samples: 1, startMs: 100, intervalMs: 4 });
  expect(zoomed(fitted(tiny), tiny, { across: 9, down: 9 }, { x: 0, y: 0 })).toEqual(fitted(tiny));
});

test("panning stops at the borders", () => {
  const view = { firstTrace: 30, traces: 20, startMs: 1000, lengthMs: 500 };
  expect(panned(view, EXTENT, 0.5, -0.1)).toEqual({ ...view, firstTrace: 40, startMs: 950 });
  expect(panned(view, EXTENT, 99, 99)).toEqual({ ...view, firstTrace: 76, startMs: 2501 });
  expect(panned(view, EXTENT, -99, -99)).toEqual({ ...view, firstTrace: 0, startMs: -1 });
});

test("a part of a gather that was asked for lies where it belongs", () => {
  const picture: Picture = {
    ...{ columns: 5, rows: 4, data: Float32Array.from({ length: 20 }, (_, i) => i), extremes: null },
    ...{ tracesPerColumn: 2, samplesPerRow: 3, firstTrace: 10, traces: 10, samples: 12 },
    ...{ startMs: 100, intervalMs: 4 },
  };
  const view = { firstTrace: 10, traces: 10, startMs: 98, lengthMs: 48 };
  const { across, down } = layerIn(view, picture, new Levels(picture), 50, 40);
  expect([across.origin, across.pixels, down.origin, down.pixels]).toEqual([0, 50, 0, 40]);
  expect(across.step).toBeCloseTo(0.1, 12);
  expect(down.step).toBeCloseTo(0.1, 12);
  expect(amplitudeAt(picture, 13.9, 112)).toBe(5);
  expect(amplitudeAt(picture, 9.9, 112)).toBeUndefined();
  expect(amplitudeAt(picture, 13, 97)).toBeUndefined();
});
