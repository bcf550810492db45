/** The colours of the page's theme as drawing takes them. */
import { parseColour } from "../colour/colour_table.ts";
import type { AxisStyle } from "../axes/axis_style.ts";

/** Samples that are NaN or infinite: a green that no map of amplitudes has. */
export const NOT_FINITE = "#00e676";

export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** What a style needs of the theme. Paper and ink of wiggles are as in print, in both themes. */
export function panelColours() {
  return {
    notFinite: parseColour(NOT_FINITE),
    surround: parseColour(themeColour("data-surround")),
    ink: parseColour("#191c21"),
    paper: parseColour("#f7f7f7"),
  };
}

export function axisStyle(ratio: number, format: (value: number) => string): AxisStyle {
  const root = getComputedStyle(document.documentElement);
  const size = parseFloat(root.fontSize) * 0.6875;
  return {
    ...{ ratio, format },
    font: `${size}px ${root.getPropertyValue("--font")}`,
    text: themeColour("axis"),
    faint: themeColour("text-3"),
    grid: themeColour("grid"),
    surround: themeColour("data-surround"),
  };
}
