/** The gather through a flow, live beside its input: real processes, no job. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "../desktop.ts";
import { expectedPixels, percentile } from "./expected_picture.ts";
import { differing, pixelsOf, readOut, settled } from "./panel_looks.ts";

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

  test("after a stack Processed shows the traces of neighbouring gathers, and Difference says why it is none", async () => {
    const { page, panel, problems } = await openThrough([{ process: "stack", parameters: { key: "fldr" } }]);
    await page.getByText("There is no difference: input minus processed needs traces of one shape").waitFor();
    await expect.poll(() => panel("Processed").getAttribute("data-traces")).toBe("2");
    expect(await panel("Input").getAttribute("data-traces")).toBe(String(TRACES));
    const box = await panel("Processed").boundingBox();
    if (box === null) throw new Error("no panel");
    await page.mouse.move(box.x + box.width * 0.75, box.y + 50);
    expect(await readOut(page)).toMatchObject({ trace: "2", fldr: "2" });
    expect(problems).toEqual([]);
  });

  test("the spectra of input and processed are those that the sidecar tells of what is on the screen", async () => {
    const { page, panel, problems } = await openThrough([{ process: "gain", parameters: { scale: 0.1 } }]);
    await panel("Processed").waitFor();
    const coming = page.waitForResponse((response) => response.url().endsWith("/spectrum") && response.ok());
    await page.getByRole("button", { name: "Spectrum" }).click();
    const asked = JSON.parse((await coming).request().postData() ?? "{}");
    expect(asked).toMatchObject({ firstTrace: 0, traces: TRACES, panels: ["input", "processed"] });
    const plot = page.getByRole("img", { name: "Spectrum" });
    await expect.poll(() => plot.getAttribute("data-lines")).toBe("2");
    await expect.poll(async () => {
      const { pixels } = await pixelsOf(plot),
        { input, processed } = { input: 0xfff4c868, processed: 0xff4dacf7 };
      return [pixels.includes(input), pixels.includes(processed)];
    }).toEqual([true, true]);
    await page.getByRole("group", { name: "Amplitudes" }).getByRole("button", { name: "Linear" }).click();
    await page.getByRole("button", { name: "Spectrum" }).click();
    await plot.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  test("a trace with NaN is marked as failed, and the preview of all others is there", async () => {
    const spoilt = (trace: number, sample: number) =>
      trace === 3 && sample === 99 ? NaN : value(trace, sample);
    file = desktop.playground.segy("shots.sgy", {
      traces: TRACES * 2,
      samples: SAMPLES,
      value: spoilt,
      words,
    });
    const { page, panel } = await openThrough([{ process: "gain", parameters: { scale: 0.5 } }]);
    await panel("Processed").waitFor();
    await page.getByText("1 failed").first().waitFor();
    await page.getByText("1 NaN or infinite").waitFor();
    await expect.poll(async () => {
      const { pixels, width, height } = await pixelsOf(panel("Processed"));
      const at = (trace: number) =>
        pixels[Math.floor(height / 2) * width + Math.floor((trace + 0.5) / TRACES * width)];
      return [at(3) === 0xff76e600, at(2) === 0xff76e600, at(4) === 0xff76e600];
    }).toEqual([true, false, false]);
  });

  test("a survey that changes on disk is said to have changed, and read anew when that is wanted", async () => {
    const { page, panel } = await openThrough([]);
    await panel("Input").waitFor();
    await page.getByText("fldr 1").waitFor();
    desktop.playground.segy("shots.sgy", { traces: TRACES * 3, samples: SAMPLES + 50, value, words });
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.getByRole("alert").getByText("shots.sgy has changed on disk").waitFor();
    await page.getByRole("button", { name: "Read it anew" }).click();
    await page.getByText("/ 3").waitFor();
    await expect.poll(() => panel("Input").getAttribute("data-samples")).toBe(String(SAMPLES + 50));
    expect(await page.getByRole("alert").getByText("has changed on disk").count()).toBe(0);
  });
});
