/** View in a real Chromium against the real sidecar: what is drawn is held against the samples of the file. */
import fs from "node:fs";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "../desktop.ts";
import { COLOUR_ANCHORS, expectedPixels, percentile } from "./expected_picture.ts";
import { differing, pixelsOf, pngPixels, readOut, ready, settled } from "./panel_looks.ts";

const TRACES = 40, SAMPLES = 1100, SHOTS = 3;

/** Waves and a little noise, other in each shot; a NaN and an infinity in the second. */
function value(trace: number, sample: number): number {
  if (trace === TRACES + 7 && sample === 450) return NaN;
  if (trace === TRACES + 9 && sample === 460) return -Infinity;
  const noise = ((trace * 7919 + sample * 104_729) % 1000) / 1000 - 0.5;
  return Math.fround(Math.sin(sample * 0.05 + trace * 0.2) * Math.exp(-sample / 500) + noise * 0.2);
}

const words = (trace: number) =>
  [
    [9, 4, 1001 + Math.floor(trace / TRACES)],
    [13, 4, 1 + trace % TRACES],
    [21, 4, 500 + trace % TRACES],
    [37, 4, 25 * (trace % TRACES) - 300],
  ] as const;

describe.skipIf(!hasChromium())("View", () => {
  let desktop: Desktop, file: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    file = desktop.playground.segy("shots.sgy", { traces: TRACES * SHOTS, samples: SAMPLES, value, words });
  });
  afterAll(() => desktop.close());

  async function openView(options: Parameters<Desktop["open"]>[0] = {}, path = file) {
    const { page, problems } = await desktop.open({ viewport: { width: 1024, height: 700 }, ...options });
    await page.getByRole("textbox", { name: "Path" }).fill(path);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("C 1 TEST").waitFor();
    await page.getByRole("link", { name: "View" }).click();
    const input = page.getByRole("img", { name: "Input", exact: true });
    await ready(page);
    await page.getByText(`/ ${path === file ? SHOTS : ""}`).first().waitFor();
    return { page, input, problems };
  }

  test("the first gather is there with its traces, and arrows, Home, End and numbers lead to others", async () => {
    const { page, input, problems } = await openView();
    const gather = page.getByRole("spinbutton", { name: "Gather" });
    expect(await input.getAttribute("data-traces")).toBe(String(TRACES));
    expect(await input.getAttribute("data-samples")).toBe(String(SAMPLES));
    expect(await gather.inputValue()).toBe("1");
    await page.getByText("fldr 1,001").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("fldr 1,002").waitFor();
    expect(await gather.inputValue()).toBe("2");
    await page.getByText("2 NaN or infinite").waitFor();
    await page.keyboard.press("End");
    await page.getByText("fldr 1,003").waitFor();
    await page.keyboard.press("Home");
    await page.getByText("fldr 1,001").waitFor();
    await gather.fill("3");
    await gather.press("Enter");
    await page.getByText("fldr 1,003").waitFor();
    await gather.fill("fldr 1002");
    await gather.press("Enter");
    await page.getByText("fldr 1,002").waitFor();
    expect(await gather.getAttribute("aria-valuenow")).toBe("2");
    await gather.fill("fldr 77");
    await gather.press("Enter");
    await page.getByText('There is no gather "fldr 77"').waitFor();
    expect(problems).toEqual([]);
  });

  test("any order of words makes gathers, and a word that is none is said to be so", async () => {
    const { page, input } = await openView();
    await page.getByRole("combobox", { name: "Order" }).fill("cdp, -fldr");
    await page.getByRole("combobox", { name: "Order" }).press("Enter");
    await page.getByText(`/ ${TRACES}`).waitFor();
    await page.getByText("cdp 500").waitFor();
    await expect.poll(() => input.getAttribute("data-traces")).toBe(String(SHOTS));
    await page.getByRole("combobox", { name: "Order" }).fill("nothing");
    await page.getByRole("combobox", { name: "Order" }).press("Enter");
    await page.getByRole("alert").getByText("expected the name of a trace-header word").waitFor();
    expect(await input.getAttribute("data-state")).toBe("error");
  });

  test("each pixel has the colour of the samples under it, at the clip of 98 percent", async () => {
    const { page, input } = await openView();
    await settled(page, input);
    const gather = Array.from(
      { length: TRACES },
      (_, t) => Array.from({ length: SAMPLES }, (_, s) => value(t, s)),
    );
    const drawn = await pixelsOf(input);
    const clip = percentile(gather.flat(), 98);
    expect(differing(drawn, expectedPixels(gather, drawn, clip))).toBeLessThan(drawn.pixels.length / 500);
    expect(differing(drawn, expectedPixels(gather, drawn, clip * 1.1))).toBeGreaterThan(
      drawn.pixels.length / 4,
    );
  });

  test("gain, clip, polarity and colours change the picture with no new data", async () => {
    const { page, input } = await openView();
    await settled(page, input);
    let requests = 0;
    page.on("request", (request) => requests += request.url().endsWith("/gather") ? 1 : 0);
    const gather = Array.from(
      { length: TRACES },
      (_, t) => Array.from({ length: SAMPLES }, (_, s) => value(t, s)),
    );
    const check = async (clip: number, anchors: readonly string[] = COLOUR_ANCHORS.vik, sign = 1) => {
      const turned = gather.map((trace) => trace.map((one) => one * sign));
      await expect.poll(async () => {
        const drawn = await pixelsOf(input);
        return differing(drawn, expectedPixels(turned, drawn, clip, anchors)) < drawn.pixels.length / 500;
      }).toBe(true);
    };
    const all = gather.flat();
    await page.getByRole("slider", { name: "Gain" }).fill("6");
    await check(percentile(all, 98) / 10 ** (6 / 20));
    await page.getByRole("slider", { name: "Gain" }).fill("0");
    await page.getByRole("slider", { name: "Clip" }).fill("90");
    await check(percentile(all, 90));
    await page.getByRole("textbox", { name: "Amplitude at the ends" }).fill("0.5");
    await page.getByRole("textbox", { name: "Amplitude at the ends" }).press("Enter");
    await check(0.5);
    await page.getByRole("button", { name: "How it is drawn" }).click();
    await page.getByLabel("Turn polarity").check();
    await check(0.5, COLOUR_ANCHORS.vik, -1);
    await page.getByRole("combobox", { name: "Colours" }).selectOption("grey");
    await check(0.5, COLOUR_ANCHORS.grey, -1);
    expect(requests).toBe(0);
  });

  test("a gather that is too wide comes reduced, and its visible part in full once the view rests", async () => {
    const wide = {
      traces: 17_000,
      samples: 20,
      value: (trace: number) => trace === 12_345 ? 9 : trace % 2 ? 1 : -1,
    };
    const path = desktop.playground.segy("wide.sgy", { ...wide, words: () => [[9, 4, 5]] });
    const { page, input } = await openView({}, path);
    await expect.poll(() => input.getAttribute("data-traces")).toBe("17000");
    await page.getByText("17,000 traces, reduced").waitFor();
    const box = await input.boundingBox();
    if (box === null) throw new Error("no panel");
    await page.mouse.move(box.x + box.width * 12_345.5 / 17_000, box.y + box.height / 2);
    // On a slow machine the view may rest between two turns of the wheel: the last one counts.
    const coming = page.waitForRequest((request) =>
      Number(/"traces":(\d+)/.exec(request.postData() ?? "")?.[1]) < 1000
    );
    await page.keyboard.down("Control");
    for (let turn = 0; turn < 9; turn++) await page.mouse.wheel(0, -600);
    await page.keyboard.up("Control");
    await coming;
    await expect.poll(async () => Math.abs(Number((await readOut(page)).amplitude.replace("−", "-"))))
      .toBeLessThan(10);
    expect(await input.getAttribute("data-traces")).toBe("17000");
  });

  test("the clip over the survey is counted from traces all over it", async () => {
    const loud = (trace: number, sample: number) => value(trace % TRACES, sample) * (trace < TRACES ? 1 : 20);
    const path = desktop.playground.segy("loud.sgy", {
      traces: TRACES * 3,
      samples: SAMPLES,
      value: loud,
      words,
    });
    const { page } = await openView({}, path);
    const ends = page.getByRole("textbox", { name: "Amplitude at the ends" });
    const before = Number(await ends.inputValue());
    await page.getByRole("button", { name: "How it is drawn" }).click();
    await page.getByRole("combobox", { name: "Scale" }).selectOption("by the survey");
    await expect.poll(async () => Number(await ends.inputValue())).toBeGreaterThan(before * 10);
  });

  test("NaN and infinity have a colour of their own", async () => {
    const { page, input } = await openView();
    await page.keyboard.press("ArrowRight");
    await page.getByText("2 NaN or infinite").waitFor();
    await settled(page, input);
    const { pixels, width, height } = await pixelsOf(input);
    const green = 0xff76e600;
    for (const [trace, sample] of [[7, 450], [9, 460]]) {
      const x = Math.floor((trace + 0.5) / TRACES * width), y = Math.floor((sample + 0.5) / SAMPLES * height);
      const near = [y - 1, y, y + 1].map((row) => pixels[row * width + x]);
      expect(near).toContain(green);
    }
    expect(pixels.filter((pixel) => pixel === green).length).toBeLessThan(width / TRACES * 8);
  });

  test("the wheel zooms at the pointer, a drag pans, a double click fits", async () => {
    const { page, input } = await openView();
    const box = await input.boundingBox();
    if (box === null) throw new Error("no panel");
    const at = { x: box.x + box.width * 0.31, y: box.y + box.height * 0.6037 };
    await page.mouse.move(at.x, at.y);
    const before = await readOut(page);
    await page.mouse.wheel(0, -600);
    await page.mouse.move(at.x + 1, at.y);
    await page.mouse.move(at.x, at.y);
    expectSamePlace(await readOut(page), before);
    await page.mouse.move(box.x + 3, box.y + 3);
    expect((await readOut(page)).trace).not.toBe("1");
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 100, at.y + 60, { steps: 4 });
    await page.mouse.up();
    expectSamePlace(await readOut(page), before);
    await page.mouse.dblclick(at.x, at.y);
    await page.mouse.move(box.x + 3, box.y + 3);
    expect((await readOut(page)).trace).toBe("1");
    await input.focus();
    await page.keyboard.press("+");
    await page.mouse.move(box.x + 4, box.y + 3);
    expect((await readOut(page)).trace).not.toBe("1");
  });

  test("the read-out tells the very sample and the trace's header", async () => {
    const { page, input } = await openView();
    const box = await input.boundingBox();
    if (box === null) throw new Error("no panel");
    await page.mouse.move(box.x + (20.5 / TRACES) * box.width, box.y + (300.5 / SAMPLES) * box.height);
    const found = await readOut(page);
    expect(found).toMatchObject({ trace: "21", fldr: "1,001", tracf: "21", cdp: "520", offset: "200" });
    const sample = Number(found.time.replace(/[^\d.]/g, "")) / 4;
    expect(Math.abs(sample - 300)).toBeLessThanOrEqual(1);
    expect(Number(found.amplitude.replace("−", "-"))).toBeCloseTo(value(20, sample), 5);
  });

  test("wiggles are drawn where traces are wide enough", async () => {
    const { page, input } = await openView();
    await page.getByRole("button", { name: "Wiggle" }).click();
    await expect.poll(async () => {
      const { pixels } = await pixelsOf(input);
      const ink = pixels.filter((pixel) => pixel === 0xff211c19).length;
      const paper = pixels.filter((pixel) => pixel === 0xfff7f7f7).length;
      return ink > pixels.length / 50 && paper > pixels.length / 5;
    }).toBe(true);
  });

  test("a drag of the measuring tool tells time, milliseconds a trace and the speed by offsets", async () => {
    const { page, input } = await openView();
    const box = await input.boundingBox();
    if (box === null) throw new Error("no panel");
    const place = (trace: number, sample: number) =>
      [
        box.x + ((trace + 0.5) / TRACES) * box.width,
        box.y + ((sample + 0.5) / SAMPLES) * box.height,
      ] as const;
    await page.getByRole("button", { name: "Measure slope and time" }).click();
    await page.mouse.move(...place(5, 100));
    await page.mouse.down();
    await page.mouse.move(...place(25, 400), { steps: 3 });
    await page.mouse.up();
    const found = await page.getByRole("status", { name: "Measured" }).textContent() ?? "";
    const [ms, slope, speed] = found.split("·").map((part) => Number(part.replace(/[^\d.]/g, "")));
    // Twenty traces of 25 m and 300 samples of 4 ms, within a pixel each.
    expect(Math.abs(ms - 1200)).toBeLessThan(15);
    expect(slope).toBeCloseTo(ms / 20, 1);
    expect(speed).toBeCloseTo(500 / (ms / 1000), 0);
    expect(await input.getAttribute("data-state")).toBe("ready");
  });

  test("the saved picture shows the gather with axes, and says how it was drawn", async () => {
    const { page, input } = await openView();
    await settled(page, input);
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save picture" }).click();
    const download = await coming, { width, height } = await pixelsOf(input);
    expect(download.suggestedFilename()).toBe("shots.sgy, fldr 1,001.png");
    const png = fs.readFileSync(await download.path()).toString("base64");
    const all = await pngPixels(page, png);
    const across = all.width - 2 * (16 + 56 + 16), down = 2 * height;
    expect([Math.round(across / 2), all.height > down + 2 * 150]).toEqual([width, true]);
    const left = 2 * (16 + 56), top = 2 * (16 + 44 + 26 + 44 + 20);
    const pixels = Array.from(
      { length: across * down },
      (_, i) => all.pixels[(top + Math.floor(i / across)) * all.width + left + i % across],
    );
    const gather = Array.from(
      { length: TRACES },
      (_, t) => Array.from({ length: SAMPLES }, (_, s) => value(t, s)),
    );
    const expected = expectedPixels(gather, { width: across, height: down }, percentile(gather.flat(), 98));
    expect(differing({ pixels }, expected)).toBeLessThan(pixels.length / 50);
    // Title, curve, labels, colour bar: there is ink in each.
    for (const [from, to] of [[0, 100], [2 * 60, 2 * 86], [2 * 87, top - 1], [top + down + 4, all.height]]) {
      const strip = all.pixels.slice(from * all.width, to * all.width);
      expect(new Set(strip).size).toBeGreaterThan(5);
    }
  });

  test("nothing is drawn while nothing changes", async () => {
    const { page, input } = await openView();
    await settled(page, input);
    const drawings = await page.evaluate(async () => {
      let count = 0;
      for (const name of ["putImageData", "drawImage", "fillRect"] as const) {
        CanvasRenderingContext2D.prototype[name] = () => count++;
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return count;
    });
    expect(drawings).toBe(0);
    // The same counting sees what does change.
    await page.getByRole("slider", { name: "Gain" }).fill("3");
  });

  test("axe finds no obstacle, in either theme", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      const { page } = await openView({ colorScheme });
      await page.getByRole("button", { name: "How it is drawn" }).click();
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        // @ts-ignore axe is in the page.
        const { violations } = await globalThis.axe.run();
        return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
          `${id}: ${nodes.map(({ html }) => html).join(" | ")}`
        );
      });
      expect(found).toEqual([]);
    }
  });
});

/** Events may tell places that are a fraction of a pixel apart. */
function expectSamePlace(found: Record<string, string>, wanted: Record<string, string>): void {
  const number = (text: string) => Number(text.replace(/[^\d.]/g, ""));
  expect(found.trace).toBe(wanted.trace);
  expect(Math.abs(number(found.time) - number(wanted.time))).toBeLessThanOrEqual(8);
}
