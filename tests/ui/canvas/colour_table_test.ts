import { expect, test } from "vitest";
import {
  COLOURS,
  colourTable,
  cssColour,
  MIDDLE,
  parseColour,
} from "../../../src/ui/canvas/colour/colour_table.ts";
import { gradient } from "../../../src/ui/canvas/colour/gradient.ts";
import { COLOUR_MAPS, type ColourMapName } from "../../../src/ui/canvas/colour/maps.ts";

const NAMES = Object.keys(COLOUR_MAPS) as ColourMapName[];

test("each map has 33 anchors of six digits", () => {
  for (const name of NAMES) {
    expect(COLOUR_MAPS[name].anchors.length).toBe(33);
    for (const anchor of COLOUR_MAPS[name].anchors) expect(anchor).toMatch(/^[0-9a-f]{6}$/);
  }
});

test("zero has the middle anchor, and the clip the anchor at three quarters where the ends are too dark", () => {
  const vik = colourTable("vik");
  expect(vik.length).toBe(COLOURS);
  expect(cssColour(vik[MIDDLE])).toBe("#ece5e0");
  // 0.75 of the way from anchor 16 to anchor 32 is anchor 28, to anchor 0 it is anchor 4.
  expect(cssColour(vik[2 * MIDDLE])).toBe("#942f06");
  expect(cssColour(vik[0])).toBe("#034481");
  const grey = colourTable("grey");
  expect([grey[0], grey[MIDDLE], grey[2 * MIDDLE]].map(cssColour)).toEqual(["#ffffff", "#808080", "#000000"]);
});

test("the anchors of people's memory are where people have them", () => {
  const field = colourTable("field"), petrel = colourTable("petrel");
  expect([0, 128, 256, 384, 512].map((i) => cssColour(field[i]))).toEqual([
    "#00004c",
    "#0000ff",
    "#ffffff",
    "#ff0000",
    "#800000",
  ]);
  expect([petrel[0], petrel[MIDDLE], petrel[512]].map(cssColour)).toEqual(["#a1ffff", "#cccccc", "#ffff00"]);
});

test("colours go to a number and back", () => {
  expect(cssColour(parseColour("#0a7fC3"))).toBe("#0a7fc3");
  expect(parseColour("#010203")).toBe(0xff030201);
});

test("a gradient runs from negative to positive, and the other way when turned", () => {
  expect(gradient("grey")).toMatch(/^linear-gradient\(to right, #ffffff, .* #000000\)$/);
  expect(gradient("grey", true)).toMatch(/^linear-gradient\(to right, #000000, .* #ffffff\)$/);
});
