/** The first whole way through the window, in a real Chromium against the real sidecar on a real SEG-Y file. */
import fs from "node:fs";
import path from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "./desktop.ts";

describe.skipIf(!hasChromium())("the window in a browser", () => {
  let desktop: Desktop, line: string;
  beforeAll(async () => {
    desktop = await Desktop.start();
    line = desktop.playground.line("line 7.sgy", { channels: 24, samplesPerTrace: 501 });
  });
  afterAll(() => desktop.close());

  test("the key leaves the address at once, and a page without it says how to sign in", async () => {
    const { page, problems } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#\/data)?$/);
    await page.reload();
    await page.getByRole("link", { name: "Jobs" }).waitFor();
    expect(problems).toEqual([]);
    const stranger = await desktop.open({}, `${desktop.url}/`);
    await stranger.page.getByText("npx seisproc --browser").waitFor();
    const atApp = await desktop.open({}, desktop.page.replace("/#", "/app/index.html#"));
    await atApp.page.getByRole("navigation").waitFor();
    expect(atApp.problems).toEqual([]);
  });

  test("a file opened by its path shows its headers, what does not fit and its first gather", async () => {
    const { page, problems } = await desktop.open();
    await openLine(page, line);
    await page.getByText("SYNTHETIC PRESTACK 2D LINE").waitFor();
    const gather = page.locator("[data-state=ready]");
    expect(await gather.getAttribute("data-traces")).toBe("24");
    expect(await gather.getAttribute("data-samples")).toBe("501");
    await page.getByRole("cell", { name: "offset", exact: true }).waitFor();
    expect(await page.getByRole("img", { name: "First gather" }).evaluate(colorsOf)).toBeGreaterThan(20);
    await page.getByRole("textbox", { name: "Path" }).fill("/nowhere/line.sgy");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("Cannot open /nowhere/line.sgy").waitFor();
    expect(problems.filter((one) => !one.includes("404"))).toEqual([]);
  });

  test("a flow becomes a job that is seen to its end, in the table and in the analytics", async () => {
    const { page, problems } = await desktop.open();
    await startJob(page, desktop, "Brute stack");
    await page.getByRole("status").getByText("Brute stack is ready").waitFor();
    const rows = page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "Brute stack" });
    await rows.first().click();
    expect(await rows.first().getAttribute("aria-selected")).toBe("true");
    await page.getByRole("button", { name: "Remove" }).waitFor();
    await page.getByRole("complementary", { name: "Brute stack" }).getByText(line).waitFor();
    expect(fs.existsSync(path.join(desktop.playground.folder, "Brute stack.sgy"))).toBe(true);
    await page.getByRole("link", { name: "Analytics" }).click();
    await page.getByText("jobs ended").waitFor();
    expect(problems).toEqual([]);
  });

  test("no view has an obstacle that axe knows, in either theme", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      const { page } = await desktop.open({ colorScheme });
      await openLine(page, line);
      await page.locator("[data-state=ready]").waitFor();
      for (const view of ["Data", "Jobs", "Analytics", "Resources", "Settings"]) {
        await page.getByRole("link", { name: view }).click();
        await page.getByRole("heading", { name: view === "Data" ? "line 7.sgy" : view, level: 1 }).waitFor();
        await noObstacles(page, `${view}, ${colorScheme}`);
      }
      for (const keys of ["Control+k", "Shift+?", "Control+o", "Control+Shift+B"]) {
        await page.keyboard.press(keys);
        await page.locator("dialog[open]").waitFor();
        await noObstacles(page, `${keys}, ${colorScheme}`);
        await page.keyboard.press("Escape");
        await page.locator("dialog").waitFor({ state: "detached" });
      }
    }
  });
});

async function noObstacles(page: Page, where: string): Promise<void> {
  expect([where, await obstacles(page)]).toEqual([where, []]);
}

async function openLine(page: Page, line: string): Promise<void> {
  await page.getByRole("textbox", { name: "Path" }).fill(line);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}

async function startJob(page: Page, desktop: Desktop, name: string): Promise<void> {
  const flow = desktop.playground.flow(name, {
    input: { path: "line 7.sgy", order: ["cdp", "offset"] },
    processes: [{ process: "bandpass", parameters: {} }, { process: "stack", parameters: {} }],
    output: { path: `${name}.sgy` },
  });
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByRole("button", { name: "Process survey" }).click();
  const dialog = page.getByRole("dialog", { name: "Process survey" });
  await dialog.getByRole("textbox", { name: "Flow file" }).fill(flow);
  await dialog.getByRole("button", { name: "Load" }).click();
  await dialog.getByText("of memory").waitFor();
  await dialog.getByRole("button", { name: "Start" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** What axe-core finds, as one line each. */
async function obstacles(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    // @ts-ignore axe is in the page.
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      `${id}: ${nodes.map(({ html }) => html).join(" | ")}`
    );
  });
}

/** How many colours a canvas shows. */
function colorsOf(element: Element): number {
  if (!(element instanceof HTMLCanvasElement)) return 0;
  const image = element.getContext("2d")?.getImageData(0, 0, element.width, element.height);
  return new Set(image === undefined ? [] : new Uint32Array(image.data.buffer)).size;
}
