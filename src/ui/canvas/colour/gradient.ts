/** A colour map as the page's styles take it. */
import { COLOURS, colourTable, cssColour } from "./colour_table.ts";
import type { ColourMapName } from "./maps.ts";

/** From negative at the left to positive at the right; as amplitudes are drawn, without the ends that they do not use. */
export function gradient(name: ColourMapName, turned = false): string {
  const table = colourTable(name), stops = 33;
  const colours = Array.from({ length: stops }, (_, i) => {
    const place = i / (stops - 1) * (COLOURS - 1);
    return cssColour(table[turned ? COLOURS - 1 - place : place]);
  });
  return `linear-gradient(to right, ${colours.join(", ")})`;
}
