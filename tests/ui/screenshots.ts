/**
 * `npm run screenshots [-- FOLDER]`: pictures of every view of the real program in both themes, empty and busy, to be
 * looked at; the one that README shows goes to `resources/pictures/`.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { Desktop, hasChromium } from "./desktop.ts";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const README_PICTURE = path.join(ROOT, "resources", "pictures", "data.png");
const SIZES = [{ width: 1024, height: 700 }, { width: 1280, height: 800 }, { width: 1440, height: 900 }];
const VIEWS = ["Data", "Jobs", "Analytics", "Resources", "Settings"];

const folder = path.resolve(process.argv[2] ?? path.join(ROOT, "pictures"));
if (!hasChromium()) process.exit(1);
fs.mkdirSync(folder, { recursive: true });
fs.mkdirSync(path.dirname(README_PICTURE), { recursive: true });
const desktop = await Desktop.start();
const line = desktop.playground.line("line7.sgy", {
  shots: 120,
  channels: 96,
  samplesPerTrace: 1501,
  intervalUs: 2000,
});
await pictures("empty");
await makeJobs();
await pictures("busy");
await desktop.close();
console.log(`Pictures lie in ${folder}; look at each of them.`);

async function pictures(state: "empty" | "busy"): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    for (const viewport of SIZES) {
      const { page } = await desktop.open({ colorScheme, viewport });
      if (state === "busy") await openFile(page, line);
      for (const view of VIEWS) {
        await page.getByRole("link", { name: view, exact: true }).click();
        await settled(page);
        const name = `${view.toLowerCase()}_${state}_${colorScheme}_${viewport.width}.png`;
        await page.screenshot({ path: path.join(folder, name) });
        const isForReadme = name === "data_busy_dark_1440.png";
        if (isForReadme) fs.copyFileSync(path.join(folder, name), README_PICTURE);
      }
      await page.context().close();
    }
  }
}

/** Some that completed, one that failed, and some that run and wait while the pictures are taken. */
async function makeJobs(): Promise<void> {
  const { page } = await desktop.open();
  const filter = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
  const long = { process: "deconvolution", parameters: { gapMs: 4, operatorMs: 600 } };
  await startJob(page, "Band-pass 8-60 Hz", [filter]);
  await startJob(page, "Too loud for 16 bits", [{ process: "gain", parameters: { scale: 1e7 } }], "int16");
  await startJob(page, "AGC 500 ms", [{ process: "agc", parameters: {} }]);
  await page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "AGC" }).waitFor();
  const slow = Array.from({ length: 30 }, () => long);
  for (const name of ["Deconvolution", "Brute stack", "Spectral whitening"]) await startJob(page, name, slow);
  await page.context().close();
}

async function startJob(page: Page, name: string, processes: unknown[], format = "ieee"): Promise<void> {
  const output = { path: `${name}.sgy`, format };
  const flow = desktop.playground.flow(name, { input: { path: "line7.sgy" }, processes, output });
  await page.getByRole("navigation").waitFor();
  await page.keyboard.press("Control+Shift+B");
  const dialog = page.getByRole("dialog", { name: "Process survey" });
  await dialog.getByRole("textbox", { name: "Flow file" }).fill(flow);
  await dialog.getByRole("button", { name: "Load" }).click();
  await dialog.getByRole("button", { name: "Start" }).click();
  await dialog.waitFor({ state: "detached" });
}

async function openFile(page: Page, file: string): Promise<void> {
  await page.getByRole("textbox", { name: "Path" }).fill(file);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.locator("[data-state=ready]").waitFor();
  await page.getByText("Nothing odd was found").waitFor();
}

/** Fonts, pictures and the first news are there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
}
