/** The page itself: what it weighs, what it may do, how it looks at once, and what it keeps. */
import zlib from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium } from "./desktop.ts";

/** What the first view may weigh. */
const MOST_SCRIPT_BYTES = 150_000;

describe.skipIf(!hasChromium())("the page in a browser", () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await Desktop.start();
  });
  afterAll(() => desktop.close());

  test("the scripts of the first view are under 150 KB when compressed", async () => {
    const { page } = await desktop.open({}, "about:blank");
    const scripts: Promise<number>[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith(".js")) {
        scripts.push(response.body().then((body) => zlib.gzipSync(body).length));
      }
    });
    await page.goto(desktop.page);
    await page.getByRole("textbox", { name: "Path" }).waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
  });

  test("its policy allows no inline scripts or styles and no other host, in the page and from the server", async () => {
    const response = await fetch(desktop.url);
    const html = await response.text();
    const inPage = /content-security-policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
    for (const policy of [inPage, response.headers.get("content-security-policy") ?? ""]) {
      expect(policy).toContain("default-src");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*(?!;|\s|$)|https?:\/\/\*/);
    }
    expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>|\sstyle=|\son\w+=/g)).toBeNull();
    const { page } = await desktop.open();
    const refused = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.wasRun = true";
      document.head.append(script);
      return !("wasRun" in globalThis);
    });
    expect(refused).toBe(true);
  });

  test("the first picture has the theme that was chosen, whatever the system has", async () => {
    const { page } = await desktop.open({ colorScheme: "dark" });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("group", { name: "Theme" }).getByRole("button", { name: "Light" }).click();
    await page.getByRole("group", { name: "Text size" }).getByRole("button", { name: "115" }).click();
    expect(await look(page)).toEqual(["light", "rgb(245, 246, 247)", "18.4px"]);
    // Before the program of the page runs, only theme.js has.
    await page.route("**/assets/*.js", (route) => route.abort());
    await page.reload();
    expect(await look(page)).toEqual(["light", "rgb(245, 246, 247)", "18.4px"]);
  });

  test("from the smallest window with the largest text on, nothing lies over anything else", async () => {
    const line = desktop.playground.line("small.sgy", { channels: 12, samplesPerTrace: 101 });
    for (const [width, presses] of [[1024, 2], [1024, 0], [1280, 1], [3840, 0]]) {
      const { page } = await desktop.open({ viewport: { width, height: width === 1024 ? 700 : 900 } });
      await page.getByRole("textbox", { name: "Path" }).fill(line);
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.locator("[data-state=ready]").waitFor();
      for (let i = 0; i < presses; i++) await page.keyboard.press("Control++");
      for (const parts of [".page-body section", ".top-bar > *", ".status-bar > *"]) {
        expect([width, presses, await page.evaluate(overlaps, parts)]).toEqual([width, presses, []]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });

  test("the palette finds a command by some of its letters, and the keys alone do everything", async () => {
    const { page, problems } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("anal");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Analytics", level: 1 }).waitFor();
    expect(await page.getByRole("link", { name: "Analytics" }).getAttribute("aria-current")).toBe("page");
    await page.keyboard.press("Control+j");
    await page.getByRole("heading", { name: "Jobs", level: 1 }).waitFor();
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog", { name: "Shortcuts" }).getByText("Process survey").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Shortcuts" }).waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  test("ended jobs are kept in the database named seisproc", async () => {
    const { playground } = desktop;
    playground.line("line.sgy", { channels: 12, samplesPerTrace: 101 });
    const flow = playground.flow("copy", {
      input: { path: "line.sgy" },
      processes: [],
      output: { path: "copy.sgy" },
    });
    const { page, problems } = await desktop.open();
    await page.keyboard.press("Control+Shift+B");
    await page.getByRole("textbox", { name: "Flow file" }).fill(flow);
    await page.getByRole("button", { name: "Load" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("status").getByText("copy is ready").waitFor();
    let kept: string[] = [];
    while (kept.length === 0) kept = await page.evaluate(namesOfKeptJobs);
    expect(kept).toEqual(["copy"]);
    expect(problems).toEqual([]);
  });
});

/** Runs in the page: names of parts that lie over each other, such as where a row had no room. */
function overlaps(selector: string): string[] {
  const parts = [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0);
  const found: string[] = [];
  for (const one of parts) {
    for (const other of parts) {
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) found.push(`${one.className} over ${other.className}`);
    }
  }
  return found;
}

/** Theme, colour behind everything, and size of text. */
function look(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const { backgroundColor } = getComputedStyle(document.body);
    return [root.dataset.theme ?? "", backgroundColor, getComputedStyle(root).fontSize];
  });
}

/** Runs in the page, and opens the database only when it is there. */
async function namesOfKeptJobs(): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (!(await indexedDB.databases()).some(({ name }) => name === "seisproc")) return [];
  const open = indexedDB.open("seisproc");
  await new Promise((resolve) => open.onsuccess = resolve);
  const rows = open.result.transaction("jobs").objectStore("jobs").getAll();
  await new Promise((resolve) => rows.onsuccess = resolve);
  open.result.close();
  return rows.result.map(({ job }: { job: { name: string } }) => job.name);
}
