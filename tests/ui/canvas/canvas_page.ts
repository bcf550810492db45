/** A page in a real Chromium with one module of tests in it, built as the window is. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchChromium } from "../desktop.ts";

const HERE = path.dirname(fileURLToPath(import.meta.url));

export interface CanvasPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** The exports of the module beside this file are `bench` in the page. */
export async function openCanvasPage(module: string): Promise<CanvasPage> {
  const script = await bundle(path.join(HERE, module));
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addScriptTag({ content: script });
  return { page, close: () => browser.close() };
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry, name: "bench", formats: ["iife"] },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!("output" in output)) throw new Error("expected a bundle, found a watcher");
  return output.output[0].code;
}
