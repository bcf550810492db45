/**
 * A colour map as the renderers take it: 513 colours from amplitude -clip to +clip, so that zero has a colour of its own
 * in the middle and each of the 33 anchors an entry. A colour is one number, as the bytes red, green, blue, alpha lie
 * in the memory of a picture (little-endian).
 */
import { COLOUR_MAPS, type ColourMap, type ColourMapName } from "./maps.ts";

/** The entry of amplitude zero; amplitude +clip has twice this. */
export const MIDDLE = 256;
export const COLOURS = 2 * MIDDLE + 1;

export function colourTable(name: ColourMapName): Uint32Array {
  const map: ColourMap = COLOUR_MAPS[name];
  return Uint32Array.from({ length: COLOURS }, (_, i) => {
    const fromMiddle = (i / MIDDLE - 1) * map.inner;
    return colourAt(map.anchors, (fromMiddle + 1) / 2);
  });
}

/** The colour at a place from 0 to 1 along the anchors. */
export function colourAt(anchors: readonly string[], place: number): number {
  const along = place * (anchors.length - 1);
  const low = Math.min(anchors.length - 2, Math.floor(along)), share = along - low;
  const [from, to] = [anchors[low], anchors[low + 1]].map(channels);
  return packed(from.map((value, i) => Math.round(value + (to[i] - value) * share)));
}

/** `#rrggbb` as one number. */
export function parseColour(hex: string): number {
  return packed(channels(hex.replace("#", "")));
}

export function cssColour(colour: number): string {
  return "#" + [0, 8, 16].map((shift) => (colour >>> shift & 255).toString(16).padStart(2, "0")).join("");
}

function channels(hex: string): number[] {
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function packed([red, green, blue]: readonly number[]): number {
  return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
}
