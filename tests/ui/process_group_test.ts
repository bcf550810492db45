/** Many files through one flow: dropped, previewed, checked and started as one group. */
import fs from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "./desktop.ts";

describe.skipIf(!hasChromium())("the window in a browser", () => {
  let desktop: Desktop, flow: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    for (const name of ["a.sgy", "b.sgy"]) {
      desktop.playground.line(name, { channels: 12, samplesPerTrace: 101 });
    }
    fs.writeFileSync(desktop.playground.file("torn.sgy"), "no traces");
    flow = desktop.playground.flow("loud.json", {
      name: "Loud",
      input: { path: "a.sgy" },
      processes: [{ process: "gain", parameters: { scale: 2 } }],
      output: { path: "never.sgy" },
    });
  });
  afterAll(() => desktop.close());

  test("files and a flow dropped at once become one group; a bad file is left out with its reason", async () => {
    const { page, problems } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await drop(page, ["a.sgy", "b.sgy", "torn.sgy", "loud.json"]);
    await find(page, desktop, "a.sgy");
    await find(page, desktop, "loud.json");
    const dialog = page.getByRole("dialog", { name: "Process with Loud" });
    await dialog.getByRole("cell", { name: "b_Loud.sgy" }).waitFor();
    await dialog.getByRole("button", { name: "Start 2 jobs" }).waitFor();
    await dialog.getByRole("row", { name: "torn.sgy" }).getByText("Cannot").waitFor();
    await page.evaluate(axe.source);
    // @ts-ignore axe is in the page.
    expect(await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id }) => id)))
      .toEqual([]);
    await dialog.getByRole("textbox", { name: "Output pattern" }).fill("{flow}.sgy");
    await dialog.getByRole("row", { name: "b.sgy" }).getByText("another file has this output").waitFor();
    await dialog.getByRole("textbox", { name: "Output pattern" }).fill("{name} {flow}.sgy");
    await dialog.getByRole("button", { name: "Start 2 jobs" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("alert").getByText("1 file was left out").waitFor();
    const rows = page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: /Loud: [ab].sgy/ });
    await rows.nth(1).waitFor();
    for (const name of ["a Loud.sgy", "b Loud.sgy"]) {
      expect(fs.statSync(desktop.playground.file(name)).size)
        .toBeGreaterThan(fs.statSync(desktop.playground.file("a.sgy")).size / 2);
    }
    expect(problems.filter((one) => !/40\d/.test(one))).toEqual([]);
  });

  test("several files are opened, and a flow for all of them is offered", async () => {
    const { page } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await drop(page, ["a.sgy", "b.sgy"]);
    await find(page, desktop, "a.sgy");
    await page.getByRole("status").getByRole("button", { name: "Process with a flow" }).click();
    const dialog = page.getByRole("dialog", { name: "Process with a flow" });
    expect(await dialog.getByRole("row").count()).toBe(3);
    await dialog.getByRole("textbox", { name: "Flow file" }).fill(flow);
    await dialog.getByRole("button", { name: "Load" }).click();
    await page.getByRole("dialog", { name: "Process with Loud" }).getByRole("cell", { name: "a_Loud.sgy" })
      .waitFor();
  });
});

/** Finds the file that was dropped in the playground's folder. */
async function find(page: Page, desktop: Desktop, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: `Find ${name} on this disk` });
  await dialog.getByRole("textbox", { name: "Folder" }).fill(desktop.playground.folder);
  await dialog.getByRole("button", { name: "Go" }).click();
  await dialog.getByRole("button", { name: "Open file" }).click();
}

/** Drops files of these names on the middle of the page, as a browser tells it. */
async function drop(page: Page, names: readonly string[]): Promise<void> {
  await page.evaluate((names) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File(["x"], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, names);
}
