/** Two surveys beside each other, linked by what their gathers are called. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "../desktop.ts";
import { expectedPixels, percentile } from "./expected_picture.ts";
import { differing, pixelsOf, settled } from "./panel_looks.ts";

const TRACES = 20, SAMPLES = 700;
const value = (trace: number, sample: number) =>
  Math.fround(Math.cos(sample * 0.03 + trace) * (1 + trace % 3));
const words = (firstShot: number) => (trace: number) =>
  [[9, 4, firstShot + Math.floor(trace / TRACES)], [37, 4, trace % TRACES]] as const;

describe.skipIf(!hasChromium())("two surveys", () => {
  let desktop: Desktop, first: string, second: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    const { playground } = desktop;
    first = playground.segy("first.sgy", { traces: 3 * TRACES, samples: SAMPLES, value, words: words(11) });
    // Half as strong, and its first shot is the other's second.
    const half = (trace: number, sample: number) => value(trace + TRACES, sample) / 2;
    second = playground.segy("second.sgy", {
      traces: 2 * TRACES,
      samples: SAMPLES,
      value: half,
      words: words(12),
    });
  });
  afterAll(() => desktop.close());

  test("the gather of the same name is found, drawn with the same gain, and subtracted", async () => {
    const { page, problems } = await desktop.open({ viewport: { width: 1280, height: 700 } });
    for (const file of [second, first]) {
      await page.getByRole("textbox", { name: "Path" }).fill(file);
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByRole("heading", { name: file.endsWith("first.sgy") ? "first.sgy" : "second.sgy" })
        .waitFor();
    }
    await page.getByRole("link", { name: "View" }).click();
    await page.getByText("fldr 11").waitFor();
    await page.getByRole("combobox", { name: "Beside the input" }).selectOption("second.sgy");
    await page.getByText("second.sgy has no gather fldr 11").first().waitFor();
    await page.keyboard.press("Control+j");
    await page.getByRole("link", { name: "View" }).click();
    await page.getByRole("button", { name: "Next gather" }).click();
    await page.getByText("fldr 12").waitFor();
    const gather = Array.from(
      { length: TRACES },
      (_, t) => Array.from({ length: SAMPLES }, (_, s) => value(t + TRACES, s)),
    );
    const clip = percentile(gather.flat(), 98);
    for (const [name, factor] of [["Input", 1], ["Compared", 0.5], ["Difference", 0.5]] as const) {
      const panel = page.getByRole("img", { name, exact: true });
      await expect.poll(() => panel.getAttribute("data-state")).toBe("ready");
      await settled(page, panel);
      const drawn = await pixelsOf(panel);
      const expected = expectedPixels(gather.map((trace) => trace.map((one) => one * factor)), drawn, clip);
      expect([name, differing(drawn, expected) < drawn.pixels.length / 500]).toEqual([name, true]);
    }
    await page.getByRole("combobox", { name: "Beside the input" }).selectOption("its flow");
    await page.getByRole("img", { name: "Compared" }).waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });
});
