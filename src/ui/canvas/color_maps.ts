/**
 * Colour maps for amplitudes as 33 anchors, from - to +, with straight lines between. vik, roma, managua and batlow are
 * Crameri's (Scientific colour maps 8.0, MIT); cetbwr is CET-D1A of Kovesi (CC-BY-4.0).
 */
const ANCHORS = {
  vik:
    "001261 021f69 022b71 023779 034481 055189 0c5e92 1c6d9c 307da6 488db2 619ebd 7aaec8 94bed2 adcddd c6dbe6 dee6e9 " +
    "ece5e0 eedbd0 e9ccba e3bca5 dcac90 d69d7c cf8e68 c98056 c37243 bd6431 b3531f a5400f 942f06 832106 741506 670a07 590008",
  cetbwr:
    "172972 1a3289 1d3ba1 2044ba 294ecf 3c59de 5265e6 6671ed 777ef4 888af9 9998fc a9a6fc b9b4fa c8c3f8 d6d1f6 e3def2 " +
    "efe3e7 f6dbd6 facac0 fcb8a9 fda593 fc927d f87f69 f26d56 e95b46 df4937 d43628 c81f1a b90710 a5000b 8f0309 7a0606 660702",
  grey:
    "ffffff f7f7f7 efefef e7e7e7 dfdfdf d7d7d7 cfcfcf c7c7c7 bfbfbf b7b7b7 afafaf a7a7a7 9f9f9f 979797 8f8f8f 878787 " +
    "808080 787878 707070 686868 606060 585858 505050 484848 404040 383838 303030 282828 202020 181818 101010 080808 000000",
} as const;

export type ColorMapName = keyof typeof ANCHORS;

/** Of these only the inner part is used: their ends are both near black, so that - and + would look alike. */
const INNER: Readonly<Record<ColorMapName, number>> = { vik: 0.75, cetbwr: 0.75, grey: 1 };

export const COLORS = 256;

/** 256 colours from -clip to +clip, each a pixel of an ImageData seen as Uint32 (little-endian RGBA). */
export function colorTable(name: ColorMapName): Uint32Array {
  const anchors = ANCHORS[name].split(" ").map((hex) => Number.parseInt(hex, 16));
  return Uint32Array.from({ length: COLORS }, (_, i) => {
    const signed = (i / (COLORS - 1) * 2 - 1) * INNER[name];
    const place = (signed + 1) / 2 * (anchors.length - 1);
    const below = Math.min(anchors.length - 2, Math.floor(place));
    return pixel(anchors[below], anchors[below + 1], place - below);
  });
}

/** The table as a CSS gradient from left to right. */
export function gradient(name: ColorMapName): string {
  const table = colorTable(name);
  const stops = Array.from({ length: 17 }, (_, i) => {
    const color = table[Math.round(i / 16 * (COLORS - 1))];
    return `rgb(${color & 255} ${color >> 8 & 255} ${color >> 16 & 255})`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

function pixel(from: number, to: number, share: number): number {
  const channel = (shift: number) => {
    const a = from >> shift & 255, b = to >> shift & 255;
    return Math.round(a + (b - a) * share);
  };
  return (255 << 24 | channel(0) << 16 | channel(8) << 8 | channel(16)) >>> 0;
}
