/** The history in the window: thousands of jobs, kept in the browser, refilled from the sidecar, reported. */
import fs from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillWorkspace } from "../bench/sidecar_measures.ts";
import { Playground } from "../end_to_end/seisproc.ts";
import { Desktop, hasChromium } from "./desktop.ts";

const JOBS = 1500;

describe.skipIf(!hasChromium())("the history in a browser", () => {
  let desktop: Desktop, place: Playground;
  beforeAll(async () => {
    place = new Playground();
    fillWorkspace(place.workspace, JOBS);
    desktop = await Desktop.start({ playground: place });
  });
  afterAll(async () => {
    await desktop.close();
    place.remove();
  });

  test("all jobs are listed, kept in the browser, not asked for again, and the same without the database", async () => {
    const { page, problems } = await desktop.open();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(String(JSON.parse(request.postData() ?? "{}").command)));
    await page.goto(`${desktop.url}/#/jobs`);
    await allAreListed(page);
    while (await page.evaluate(keptRows) < JOBS) await page.waitForTimeout(100);
    asked.length = 0;
    await page.reload();
    await allAreListed(page);
    expect(asked).toContain("list_job_stamps");
    expect(asked).not.toContain("get_jobs");
    await page.evaluate(deleteHistory);
    await page.reload();
    await allAreListed(page);
    expect(asked).toContain("get_jobs");
    expect(problems).toEqual([]);
  });

  test("a browser that refuses a database has the same list, and says so once", async () => {
    const { page } = await desktop.open({}, "about:blank");
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "indexedDB", { value: undefined });
    });
    await page.goto(desktop.page);
    await page.getByRole("link", { name: "Jobs" }).click();
    await allAreListed(page);
    const said = page.getByRole("status").getByText("This browser keeps no history");
    await said.waitFor();
    expect(await said.count()).toBe(1);
  });

  test("a filter is there again after a reload, and the row far below is reached by a key", async () => {
    const { page } = await desktop.open();
    await page.goto(`${desktop.url}/#/jobs`);
    await allAreListed(page);
    await page.getByRole("row").nth(1).click();
    await page.keyboard.press("End");
    await page.locator("tr[aria-selected=true]:focus").waitFor();
    expect(await page.locator(".ended-rows").evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(1000);
    await page.getByRole("searchbox", { name: "Filter" }).fill("no such job");
    await page.getByText("No ended job fits").waitFor();
    await page.reload();
    await page.getByText("No ended job fits").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
  });

  test("analytics count them, and a report of the period is one file with plots and without a network", async () => {
    const { page } = await desktop.open();
    await page.goto(`${desktop.url}/#/analytics`);
    await page.getByRole("group", { name: "Period" }).getByRole("button", { name: "All" }).click();
    await page.locator(".analytics-figure").first().getByText(JOBS.toLocaleString("en-US")).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save a report" }).click();
    const html = fs.readFileSync(await (await download).path(), "utf8");
    expect(html.match(/<svg/g)?.length).toBeGreaterThan(2);
    expect(html).not.toMatch(/<script|<link|(src|href)=|url\(/);
    expect(html).toContain("1,500");
  });

  test("no view of them has an obstacle that axe knows, in either theme", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      const { page } = await desktop.open({ colorScheme });
      for (const view of ["jobs", "analytics", "resources", "alerts", "settings"]) {
        await page.goto(`${desktop.url}/#/${view}`);
        await page.getByRole("heading", { level: 1, name: view, exact: false }).waitFor();
        if (view === "jobs") {
          await allAreListed(page);
          await page.getByRole("row").nth(1).click();
          await page.getByRole("complementary").waitFor();
        }
        expect([view, colorScheme, await obstacles(page)]).toEqual([view, colorScheme, []]);
      }
      await page.context().close();
    }
  });
});

async function allAreListed(page: Page): Promise<void> {
  await page.locator(`[role=grid][aria-rowcount="${JOBS + 1}"]`).waitFor();
}

async function obstacles(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    // @ts-ignore axe is in the page.
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" | ")}`
    );
  });
}

/** Runs in the page: how many rows the database has. */
async function keptRows(): Promise<number> {
  if (!(await indexedDB.databases()).some(({ name }) => name === "seisproc")) return 0;
  const open = indexedDB.open("seisproc");
  await new Promise((resolve) => open.onsuccess = resolve);
  const count = open.result.transaction("jobs").objectStore("jobs").count();
  await new Promise((resolve) => count.onsuccess = resolve);
  open.result.close();
  return count.result;
}

async function deleteHistory(): Promise<void> {
  const gone = indexedDB.deleteDatabase("seisproc");
  await new Promise((resolve) => gone.onsuccess = resolve);
}
