/** The user's last word on how a file is read, typed into the window. */
import fs from "node:fs";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "./desktop.ts";

describe.skipIf(!hasChromium())("the window in a browser", () => {
  let desktop: Desktop, mute: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    const line = desktop.playground.line("line.sgy", { channels: 12, samplesPerTrace: 101 });
    mute = desktop.playground.file("no interval.sgy");
    fs.writeFileSync(mute, withoutInterval(fs.readFileSync(line), 240 + 4 * 101));
  });
  afterAll(() => desktop.close());

  test("a file that tells no interval is opened with one that is typed in, and View and jobs take it", async () => {
    const { page } = await desktop.open();
    const dialog = await openReading(page, mute);
    await dialog.getByRole("textbox", { name: "Sample interval, ms" }).fill("slow");
    await dialog.getByText('found "slow"').waitFor();
    await dialog.getByRole("textbox", { name: "Sample interval, ms" }).fill("2");
    await dialog.getByText("0.2 s at 2 ms").waitFor();
    await page.evaluate(axe.source);
    // @ts-ignore axe is in the page.
    expect(await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id }) => id)))
      .toEqual([]);
    await dialog.getByRole("button", { name: "Read it so" }).click();
    await page.locator("header").getByText("0.2 s at 2 ms").waitFor();
    await page.locator("[data-state=ready]").waitFor();
    await page.getByRole("link", { name: "View" }).click();
    await page.getByRole("img", { name: "Input" }).waitFor();
    await page.locator("[data-state=ready]").first().waitFor();
    const flow = desktop.playground.flow("filter.json", {
      input: { path: "no interval.sgy" },
      processes: [{ process: "agc", parameters: { windowMs: 50 } }],
      output: { path: "filtered.sgy" },
    });
    await page.keyboard.press("Control+Shift+B");
    const process = page.getByRole("dialog", { name: "Process survey" });
    await process.getByRole("textbox", { name: "Flow file" }).fill(flow);
    await process.getByRole("button", { name: "Load" }).click();
    await process.getByText("of memory").waitFor();
    await process.getByRole("button", { name: "Start" }).click();
    await page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "filter.json" }).waitFor();
    expect(fs.readFileSync(desktop.playground.file("filtered.sgy")).readUInt16BE(3216)).toBe(2000);
  });

  test("a word at another byte shows its first values at once", async () => {
    const { page } = await desktop.open();
    const dialog = await openReading(page, desktop.playground.file("line.sgy"));
    await dialog.getByRole("button", { name: "Add a word" }).click();
    await dialog.getByRole("textbox", { name: "Word" }).fill("cdp");
    await dialog.getByRole("textbox", { name: "Byte" }).fill("13");
    await dialog.getByText("cdp: 1, 2, 3, 4, 5, 6, 7, 8").waitFor();
    await dialog.getByRole("combobox", { name: "Type" }).selectOption("int16");
    await dialog.getByText("cdp: 0, 0, 0, 0").waitFor();
    await dialog.getByRole("combobox", { name: "Type" }).selectOption("int32");
    await dialog.getByRole("button", { name: "Read it so" }).click();
    const row = page.getByRole("row", { name: "cdp" });
    await row.getByRole("cell", { name: "13", exact: true }).waitFor();
  });
});

async function openReading(page: Page, path: string): Promise<Locator> {
  await page.getByRole("textbox", { name: "Path" }).fill(path);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("button", { name: "How it is read" }).click();
  return page.getByRole("dialog", { name: "is read" });
}

/** Bytes 3217 and 117 of each trace say nothing. */
function withoutInterval(bytes: Uint8Array, traceBytes: number): Uint8Array {
  const mute = Uint8Array.from(bytes);
  mute.fill(0, 3216, 3218);
  for (let at = 3600; at < mute.length; at += traceBytes) mute.fill(0, at + 116, at + 118);
  return mute;
}
