/** The gather through a flow, live beside its input: real processes, no job. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "../desktop.ts";
import { expectedPixels, percentile } from "./expected_picture.ts";
import { differing, pixelsOf, settled } from "./panel_looks.ts";

const TRACES = 30, SAMPLES = 800;
const value = (trace: number, sample: number) =>
  Math.fround(Math.sin(sample * 0.04 + trace) * Math.exp(-sample / 400));
const words = (trace: number) =>
  [[9, 4, 1 + Math.floor(trace / TRACES)], [37, 4, 100 * (trace % TRACES)]] as const;

describe.skipIf(!hasChromium())("the preview", () => {
  let desktop: Desktop, file: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    file = desktop.playground.segy("shots.sgy", { traces: TRACES * 2, samples: SAMPLES, value, words });
  });
  afterAll(() => desktop.close());

  async function openThrough(processes: readonly { process: string; parameters: unknown }[]) {
    const flow = desktop.playground.flow("Trial", {
      input: { path: "shots.sgy" },
      processes,
      output: { path: "out.sgy" },
    });
    const { page, problems } = await desktop.open({ viewport: { width: 1280, height: 700 } });
    await page.getByRole("textbox", { name: "Path" }).fill(file);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("C 1 TEST").waitFor();
    await page.getByRole("link", { name: "View" }).click();
    await page.getByRole("textbox", { name: "Flow to load" }).fill(flow);
    await page.getByRole("button", { name: "Load" }).click();
    const panel = (name: string) => page.getByRole("img", { name, exact: true });
    return { page, problems, panel, flow };
  }

  test("processed and difference are drawn with the gain and the clip of the input", async () => {
    const { page, panel, problems } = await openThrough([{ process: "gain", parameters: { scale: 0.25 } }]);
    const gather = Array.from(
      { length: TRACES },
      (_, t) => Array.from({ length: SAMPLES }, (_, s) => value(t, s)),
    );
    const clip = percentile(gather.flat(), 98);
    await page.locator("[role=img][aria-label=Processed][data-state=ready]").waitFor();
    for (const [name, factor] of [["Input", 1], ["Processed", 0.25], ["Difference", 0.75]] as const) {
      await settled(page, panel(name));
      const drawn = await pixelsOf(panel(name));
      const expected = expectedPixels(gather.map((trace) => trace.map((one) => one * factor)), drawn, clip);
      expect([name, differing(drawn, expected) < drawn.pixels.length / 500]).toEqual([name, true]);
      expect(await panel(name).getAttribute("data-traces")).toBe(String(TRACES));
      expect(await panel(name).getAttribute("data-samples")).toBe(String(SAMPLES));
    }
    expect(problems).toEqual([]);
  });

  test("Space lays processed over input and turns them about", async () => {
    const { page, panel } = await openThrough([{ process: "polarity", parameters: {} }]);
    await panel("Processed").waitFor();
    await panel("Input").focus();
    await page.keyboard.press("Space");
    await panel("Input").waitFor({ state: "hidden" });
    await panel("Processed").waitFor({ state: "visible" });
    await page.keyboard.press("Space");
    await panel("Processed").waitFor({ state: "hidden" });
    await panel("Input").waitFor({ state: "visible" });
    await page.getByRole("button", { name: "Side by side" }).click();
    await panel("Difference").waitFor({ state: "visible" });
  });

  test("the next gather goes through the flow too, a step that is switched off does not count, and undo brings it back", async () => {
    const { page, panel } = await openThrough([{ process: "gain", parameters: { scale: 2 } }]);
    await panel("Processed").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("fldr 2").waitFor();
    await expect.poll(() => panel("Processed").getAttribute("data-state")).toBe("ready");
    await page.getByRole("list", { name: "Flow" }).getByRole("switch", { name: "On" }).uncheck();
    await panel("Processed").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => panel("Processed").getAttribute("data-state")).toBe("ready");
  });

  test("a flow that does not fit says so in its place, and the input stays", async () => {
    const { page, panel } = await openThrough([{
      process: "bandpass",
      parameters: { lowHz: 8, highHz: 400 },
    }]);
    await page.getByRole("alert").filter({ hasText: "Nyquist" }).first().waitFor();
    expect(await panel("Processed").getAttribute("data-state")).toBe("error");
    expect(await panel("Input").getAttribute("data-state")).toBe("ready");
  });
});
