/** Both renderers in a real Chromium, each held against the other. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../desktop.ts";
import { type CanvasPage, openCanvasPage } from "./canvas_page.ts";
import type * as Bench from "./renderers_page.ts";
import type { Scene } from "./renderers_page.ts";

declare const bench: typeof Bench;

const GATHER: Scene = {
  ...{ columns: 100, rows: 1500, across: [0, 100 / 330], down: [0, 1500 / 450], width: 330, height: 450 },
  ...{ mode: "density", map: "vik", scale: 0.8 },
};

const SPOILT = [[12, 150, NaN], [14, 160, Infinity], [13, 170, -Infinity]] as const;
const CLOSE = { across: [10.3, 0.05], down: [100.2, 0.21] } as const;

const SCENES: Readonly<Record<string, Scene>> = {
  "all of a gather": GATHER,
  "more traces and samples than pixels": {
    ...GATHER,
    ...{ columns: 900, across: [0, 900 / 330], down: [200.4, 2.31] },
  },
  "interpolated in time": { ...GATHER, ...CLOSE },
  "beyond all borders": { ...GATHER, across: [-10, 0.5], down: [-100, 5] },
  "NaN and infinity": { ...GATHER, ...CLOSE, spoilt: SPOILT },
  "NaN and infinity, reduced": { ...GATHER, spoilt: SPOILT },
  "another map, turned": { ...GATHER, map: "managua", scale: -2 },
  "wiggles": { ...GATHER, ...CLOSE, mode: "wiggle", spoilt: SPOILT },
  "wiggles, reduced in time": { ...GATHER, columns: 30, across: [0, 30 / 330], mode: "wiggle" },
  "wiggles over density": { ...GATHER, columns: 30, across: [0, 30 / 330], mode: "both" },
  "one trace of one sample": { ...GATHER, columns: 1, rows: 1, across: [0, 1 / 330], down: [0, 1 / 450] },
};

describe.skipIf(!hasChromium())("drawing in a browser", () => {
  let canvas: CanvasPage;
  beforeAll(async () => {
    canvas = await openCanvasPage("renderers_page.ts");
  });
  afterAll(() => canvas?.close());

  for (const limit of [undefined, 256]) {
    const how = limit === undefined ? "" : ", with textures of at most 256 texels";
    for (const [name, scene] of Object.entries(SCENES)) {
      test(`${name}: WebGL2 draws what plain memory does${how}`, async () => {
        const { largest, differing, colours } = await canvas.page.evaluate(
          ([scene, limit]) => bench.compare(scene, limit),
          [scene, limit] as const,
        );
        // Rounding of 32-bit floats may choose the colour beside.
        expect(largest).toBeLessThanOrEqual(2);
        expect(differing).toBeLessThan(scene.width * scene.height / 100);
        expect(colours).toBeGreaterThan(name.startsWith("one trace") ? 0 : 3);
      });
    }
  }

  test("a lost context comes back and draws the same again", async () => {
    const found = await canvas.page.evaluate((scene) => bench.loseAndRestore(scene), GATHER);
    expect(found).toEqual({ wasLost: true, isLost: false, same: true });
  });
});
