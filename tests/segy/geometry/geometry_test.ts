/** How a survey lies: known grids and lines, turned, thinned and doubled, through a scan. */
import { expect, test } from "vitest";
import { scanSegy } from "../../../sidecar/segy/headers/scan.ts";
import type { GridGeometry, LineGeometry } from "../../../src/shared/seismic/survey_geometry.ts";
import { sharedFile, sharedHas } from "../../shared_data.ts";
import { makeSegy, type SegyRecipe } from "../make_segy.ts";

type Words = [number, number, number][];

/** Inlines 100, 102, ... and crosslines 7, 10, ...; azimuth in degrees along an inline; scalar -100. */
function gridWords(inline: number, crossline: number, azimuth: number, mirrored = false): Words {
  const angle = azimuth * Math.PI / 180, side = mirrored ? -1 : 1;
  const along = 12.5 * crossline, across = 30 * inline * side;
  const x = 431_000 + along * Math.sin(angle) + across * Math.cos(angle);
  const y = 6_512_000 + along * Math.cos(angle) - across * Math.sin(angle);
  return [
    [189, 4, 100 + 2 * inline],
    [193, 4, 7 + 3 * crossline],
    [71, 2, -100],
    [181, 4, Math.round(x * 100)],
    [185, 4, Math.round(y * 100)],
  ];
}

function gridOf(recipe: SegyRecipe): GridGeometry {
  const { geometry } = scanSegy(makeSegy("grid.sgy", recipe));
  if (geometry?.kind !== "grid") throw new Error("expected a grid");
  return geometry;
}

function lineOf(recipe: SegyRecipe): LineGeometry {
  const { geometry } = scanSegy(makeSegy("line.sgy", recipe));
  if (geometry?.kind !== "line") throw new Error("expected a line");
  return geometry;
}

for (const azimuth of [0, 33, 90, 200, 340]) {
  test(`a grid of azimuth ${azimuth} is told with its spacing and corners`, () => {
    const grid = gridOf({
      traces: 30,
      words: (trace) => gridWords(Math.floor(trace / 6), trace % 6, azimuth, azimuth === 200),
    });
    expect(grid).toMatchObject({
      inlines: { first: 100, last: 108, step: 2 },
      crosslines: { first: 7, last: 22, step: 3 },
      fold: { min: 1, max: 1, mean: 1 },
      missing: 0,
      doubles: 0,
    });
    expect(grid.place?.inlineSpacing).toBeCloseTo(30, 2);
    expect(grid.place?.crosslineSpacing).toBeCloseTo(12.5, 2);
    const turned = ((grid.place?.inlineAzimuthDeg ?? NaN) - azimuth + 540) % 360 - 180;
    expect(Math.abs(turned)).toBeLessThan(0.02);
    expect(grid.place?.residual).toBeLessThan(0.01);
    expect(grid.place?.corners[0].x).toBeCloseTo(431_000, 1);
    expect(grid.place?.corners[0].y).toBeCloseTo(6_512_000, 1);
    expect(grid.place?.corners.map(({ iline, xline }) => [iline, xline])).toEqual([
      [100, 7],
      [100, 22],
      [108, 22],
      [108, 7],
    ]);
  });
}

test("two inlines span a grid, in any order of traces", () => {
  for (const bin of [(t: number) => [t >> 2, t & 3], (t: number) => [t & 1, t >> 1]]) {
    const grid = gridOf({ traces: 8, words: (trace) => gridWords(bin(trace)[0], bin(trace)[1], 70) });
    expect(grid.place?.inlineSpacing).toBeCloseTo(30, 2);
  }
});

test("bins without a trace are counted, and traces that repeat bin and offset", () => {
  const bins = Array.from({ length: 20 }, (_, k) => [Math.floor(k / 5), k % 5]).filter((_, k) =>
    k !== 6 && k !== 13
  );
  const traces = [...bins, bins[3], bins[3], bins[9]];
  const grid = gridOf({
    traces: traces.length,
    words: (trace) => [...gridWords(traces[trace][0], traces[trace][1], 10), [37, 4, 250]],
  });
  expect([grid.missing, grid.doubles, grid.fold.max]).toEqual([2, 3, 3]);
});

test("offsets of one bin are fold, not doubles", () => {
  const grid = gridOf({
    traces: 24,
    words: (trace) => [...gridWords(trace >> 3, (trace >> 1) & 3, 0), [37, 4, 100 * (trace & 1)]],
  });
  expect([grid.fold.min, grid.fold.max, grid.doubles]).toEqual([2, 2, 0]);
});

test("a grid that is bent tells how far from regular it is", () => {
  const bent = (trace: number): Words => {
    const [iline, xline, scalar, x, [byte, bytes, y]] = gridWords(Math.floor(trace / 10), trace % 10, 0);
    return [iline, xline, scalar, x, [byte, bytes, y + (trace % 2 ? 500 : -500)]];
  };
  const { place } = gridOf({ traces: 100, words: bent });
  expect(place?.residual).toBeGreaterThan(4.5);
  expect(place?.residual).toBeLessThan(5.1);
});

test("a bent 2-D line is as long as its bins' path, by midpoints and their scalar", () => {
  // Ten bins of two traces, 20 m apart: five to the east, then five to the north.
  const words = (trace: number): Words => {
    const bin = trace >> 1, half = 50 * (1 + (trace & 1));
    const x = 20 * Math.min(bin, 5), y = 20 * Math.max(0, bin - 5);
    return [
      [21, 4, 200 + 2 * bin],
      [71, 2, -10],
      [73, 4, (x + half) * 10],
      [77, 4, y * 10],
      [
        81,
        4,
        (x - half) * 10,
      ],
      [85, 4, y * 10],
      [37, 4, 2 * half],
    ];
  };
  const line = lineOf({ traces: 20, words });
  expect(line).toMatchObject({
    word: "cdp",
    numbers: { first: 200, last: 218, step: 2 },
    fold: { min: 2, max: 2, mean: 2 },
    missing: 0,
    doubles: 0,
  });
  expect(line.place?.from).toBe("midpoint");
  expect(line.place?.length).toBeCloseTo(180, 6);
  expect(line.place?.spacing).toBeCloseTo(20, 6);
});

test("without coordinates only numbers are told, and angles are never lengths", () => {
  const words = (trace: number): Words => [[21, 4, 10 + trace]];
  expect(lineOf({ words }).place).toBeUndefined();
  const degrees = (trace: number): Words => [[21, 4, 10 + trace], [89, 2, 3], [73, 4, trace], [71, 2, -10]];
  expect(lineOf({ words: degrees }).place).toBeUndefined();
});

test("without numbers of bins there is no geometry", () => {
  expect(scanSegy(makeSegy("none.sgy", {})).geometry).toBeUndefined();
});

test("a mapped inline and crossline are taken from where the user says", () => {
  const words = (trace: number): Words => [[9, 4, trace >> 2], [13, 4, trace & 3]];
  const file = makeSegy("mapped.sgy", { traces: 16, words });
  const map = [
    { name: "iline", byte: 9, type: "int32" as const },
    { name: "xline", byte: 13, type: "int32" as const },
  ];
  expect(scanSegy(file, { map }).geometry).toMatchObject({ kind: "grid", inlines: { first: 0, last: 3 } });
});

test.skipIf(!sharedHas("data/segy/f3.sgy"))("a crop of a real survey lies on its grid of 25 m", () => {
  const { geometry } = scanSegy(sharedFile("data/segy/f3.sgy"));
  if (geometry?.kind !== "grid") throw new Error("expected a grid");
  expect(geometry.place?.inlineSpacing).toBeCloseTo(25, 1);
  expect(geometry.place?.crosslineSpacing).toBeCloseTo(25, 1);
  expect(geometry.place?.residual).toBeLessThan(0.1);
  expect(geometry.missing).toBe(0);
});
