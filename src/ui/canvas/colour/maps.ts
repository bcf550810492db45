/**
 * Colour maps for amplitudes as 33 anchors from the most negative to the most positive, straight lines between them.
 * vik, roma, managua and batlow: F. Crameri, Scientific colour maps 8.0 (MIT). Red-white-blue, even: CET D1A, P. Kovesi
 * (CC-BY-4.0). The field's red-white-blue and petrel have the anchors that people know, uneven as they are.
 */

export interface ColourMap {
  readonly title: string;
  /** Hexadecimal, six digits each. */
  readonly anchors: readonly string[];
  /** How much of the map, about its middle, amplitudes use: the very ends of some are both nearly black. */
  readonly inner: number;
  /** For values without a sign. */
  readonly unsigned?: true;
}

/** Thirty-three colours as they are written. */
const anchors = (colours: string) => colours.split(" ");

/** Few colours at places from 0 to 1, as 33 anchors on the same straight lines. */
function drawnOut(stops: readonly (readonly [place: number, colour: string])[]): string[] {
  return Array.from({ length: 33 }, (_, i) => {
    const above = Math.max(1, stops.findIndex(([place]) => place >= i / 32));
    const [[start, from], [end, to]] = [stops[above - 1], stops[above]];
    return mixed(from, to, (i / 32 - start) / (end - start));
  });
}

function mixed(from: string, to: string, share: number): string {
  return [0, 2, 4].map((at) => {
    const a = parseInt(from.slice(at, at + 2), 16), b = parseInt(to.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share).toString(16).padStart(2, "0");
  }).join("");
}

export const COLOUR_MAPS = {
  vik: {
    title: "Vik",
    inner: 0.75,
    anchors: anchors(
      "001261 021f69 022b71 023779 034481 055189 0c5e92 1c6d9c 307da6 488db2 619ebd 7aaec8 94bed2 adcddd c6dbe6 " +
        "dee6e9 ece5e0 eedbd0 e9ccba e3bca5 dcac90 d69d7c cf8e68 c98056 c37243 bd6431 b3531f a5400f 942f06 832106 " +
        "741506 670a07 590008",
    ),
  },
  red_white_blue: {
    title: "Red-white-blue, even",
    inner: 0.75,
    anchors: anchors(
      "172972 1a3289 1d3ba1 2044ba 294ecf 3c59de 5265e6 6671ed 777ef4 888af9 9998fc a9a6fc b9b4fa c8c3f8 d6d1f6 " +
        "e3def2 efe3e7 f6dbd6 facac0 fcb8a9 fda593 fc927d f87f69 f26d56 e95b46 df4937 d43628 c81f1a b90710 a5000b " +
        "8f0309 7a0606 660702",
    ),
  },
  grey: { title: "Grey, positive black", inner: 1, anchors: drawnOut([[0, "ffffff"], [1, "000000"]]) },
  managua: {
    title: "Managua, dark middle",
    inner: 1,
    anchors: anchors(
      "ffcf67 f5bf62 ebb05d e1a158 d89353 ce864f c5794a bb6d46 b16243 a6573f 9a4c3d 8e423a 813939 743139 692b3c " +
        "5f2941 572949 522c53 4e3260 4c3b6f 4c457f 4d518e 505d9c 5369a8 5775b3 5c81bd 608ec7 669cd0 6baada 70b8e3 " +
        "76c7ec 7bd7f5 81e7ff",
    ),
  },
  roma: {
    title: "Roma",
    inner: 1,
    anchors: anchors(
      "7e1700 862c06 8f3c0c 964b12 9d5818 a3651e a97223 b07f2a b68c32 bd9b3c c4aa4a cbba5d d0ca72 d2d78a d1e2a1 " +
        "cbe8b4 c0eac3 b3e9cd a2e5d4 8eddd7 79d2d7 64c6d5 53b8d1 44abcc 399dc7 3190c1 2b84bc 2677b7 226ab1 1e5dab " +
        "194fa5 11409f 033198",
    ),
  },
  field: {
    title: "Field red-white-blue",
    inner: 1,
    anchors: drawnOut([[0, "00004c"], [0.25, "0000ff"], [0.5, "ffffff"], [0.75, "ff0000"], [1, "800000"]]),
  },
  petrel: {
    title: "Petrel",
    inner: 1,
    anchors: drawnOut([
      [0, "a1ffff"],
      [1 / 3, "0000bf"],
      [0.4, "4d4d4d"],
      [0.5, "cccccc"],
      [0.6, "614500"],
      [2 / 3, "bf0000"],
      [1, "ffff00"],
    ]),
  },
  batlow: {
    title: "Batlow",
    inner: 1,
    unsigned: true,
    anchors: anchors(
      "011959 08255b 0d315d 0f3b5f 114360 134b61 175262 1b5962 226061 2b655e 356a59 416f53 4d734d 5a7745 677b3e " +
        "747e38 828231 8f862d 9f892b af8d2e be9035 cd923f db954b e7985a f19d6b f8a27e fca890 fdaea2 fdb4b4 fdbac4 " +
        "fcbfd6 fbc6e8 faccfa",
    ),
  },
} as const satisfies Readonly<Record<string, ColourMap>>;

export type ColourMapName = keyof typeof COLOUR_MAPS;
