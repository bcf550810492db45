/** Distances from coordinates: lengths as they are, angles projected, and never an angle taken for a length. */
import { describe, expect, test } from "vitest";
import { pointsInMetres } from "../../sidecar/processes/coordinates.ts";
import { spreadOf } from "../../sidecar/processes/gather_distances.ts";
import { type Remark, remarkSentence } from "../../src/shared/processes/remark.ts";
import { gather, setWord } from "../test_steps.ts";

/** Receivers on a straight line of `step` degrees of longitude and latitude a trace, in the unit of `code`. */
function line(code: number, longitude: number, latitude: number, step: [number, number], traces = 6) {
  const stored = (degrees: number) => {
    if (code === 2) return Math.round(degrees * 3600 * 100);
    if (code === 3) return Math.round(degrees * 1e4 * 100) / 100;
    const size = Math.round(Math.abs(degrees) * 360_000) / 100, sign = Math.sign(degrees);
    const whole = Math.floor(size / 3600), minutes = Math.floor(size / 60) % 60, seconds = size % 60;
    return sign * Math.round((whole * 10_000 + minutes * 100 + seconds) * 100);
  };
  const made = setWord(gather(traces, 4, 4000), "counit", () => code);
  setWord(made, "scalco", () => code === 3 ? -10_000 : -100);
  setWord(made, "gx", (trace) => Math.round(stored(longitude + trace * step[0])));
  return setWord(made, "gy", (trace) => Math.round(stored(latitude + trace * step[1])));
}

function spreadWith(made: ReturnType<typeof line>, unit: "m" | "ft" = "m") {
  const remarks: Remark[] = [];
  const spread = spreadOf(made.headers, "receiver", unit, (remark) => remarks.push(remark));
  return { ...spread, told: remarks.map((remark) => remarkSentence({ remark, count: 1 })) };
}

/** Metres of a degree along the equator and along a meridian on WGS 84. */
const EQUATOR = 111_319.49, MERIDIAN_45 = 111_131.78;

describe.each([[2, "arc seconds"], [3, "decimal degrees"], [4, "degrees, minutes and seconds"]] as const)(
  "coordinate unit %i, %s",
  (code, name) => {
    test("along the equator gives the metres of its degrees, and the zone is told", () => {
      const { spacingM, told } = spreadWith(line(code, 3, 0, [0.01, 0]));
      // The scale of UTM is 0.9996 on the central meridian, which the line leaves by half a degree at most.
      expect(Math.abs(spacingM / (0.01 * EQUATOR * 0.9996) - 1)).toBeLessThan(1e-4);
      expect(told).toEqual([
        `Coordinates in ${name} were projected to UTM zone 31N (WGS 84) for distances in metres`,
      ]);
    });

    test("along a meridian in the south and west too", () => {
      const { spacingM, told } = spreadWith(line(code, -69, -45, [0, 0.02]));
      expect(Math.abs(spacingM / (0.02 * MERIDIAN_45 * 0.9996) - 1)).toBeLessThan(2e-3);
      expect(told[0]).toContain("zone 19S");
    });

    test("across the equator and from one zone to the next a line stays a line", () => {
      expect(spreadWith(line(code, 5.95, -0.03, [0.02, 0.01])).departurePercent).toBeLessThan(2);
    });
  },
);

test("coordinates of a file in degrees are never metres", () => {
  const { spacingM } = spreadWith(line(3, 5, 5, [0.0003, 0]));
  expect(spacingM).toBeGreaterThan(30);
});

test("lengths are taken as they are, feet converted, and nothing is told", () => {
  for (const counit of [0, 1]) {
    const made = setWord(
      setWord(gather(3, 4, 4000), "counit", () => counit),
      "gx",
      (trace) => 100 + 25 * trace,
    );
    expect(spreadWith(made)).toMatchObject({ spacingM: 25, told: [] });
    expect(spreadWith(made, "ft").spacingM).toBeCloseTo(25 * 0.3048, 9);
  }
});

test("a unit that the standard does not know counts as lengths, which is told", () => {
  const made = setWord(setWord(gather(3, 4, 4000), "counit", () => 9), "gx", (trace) => 25 * trace);
  const { spacingM, told } = spreadWith(made);
  expect(spacingM).toBe(25);
  expect(new Set(told)).toEqual(
    new Set(["Coordinate unit 9 (counit) is none of the standard: coordinates are taken for lengths"]),
  );
});

describe("refused by name", () => {
  const points = (made: ReturnType<typeof line>) => () =>
    pointsInMetres(made.headers, ["gx", "gy"], "m", () => {});

  test("a gather of lengths and angles", () => {
    const made = setWord(line(3, 5, 5, [0.001, 0]), "counit", (trace) => trace === 4 ? 1 : 3);
    expect(points(setWord(made, "tracl", (trace) => trace + 1))).toThrow(
      "Cannot take distances from gx, gy: expected one unit (counit) in a gather, found decimal degrees in the trace with " +
        "tracl 1, fldr 0, tracf 0 and length in the trace with tracl 5",
    );
  });

  test.each([
    ["a latitude beyond the pole", 3, 50_000, 950_000, "found 5, 95"],
    ["a latitude beyond UTM", 3, 50_000, 842_000, "found 5, 84.2"],
    ["eastings called degrees", 3, 2_000_000_000, 50_000, "found 200000, 5"],
    ["minutes that are none", 4, 57_500, 57_500, "found 575, 575"],
  ])("%s", (_, code, x, y, found) => {
    const made = line(code, 5, 5, [0.001, 0], 2);
    setWord(setWord(made, "gx", () => x), "gy", () => y);
    expect(points(made)).toThrow(
      /^Cannot project gx, gy of the trace with tracl 0, .*: expected longitude and latitude/,
    );
    if (code === 3) expect(points(made)).toThrow(found);
  });
});
