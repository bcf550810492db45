/** How tests look at the panels of View: whether they are there, their pixels, what stands under the pointer. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

export async function ready(page: Page): Promise<void> {
  await page.locator('[role=img][aria-label=Input][data-state="ready"]').waitFor();
}

/** When two looks find the same picture it is there. */
export async function settled(page: Page, panel: Locator): Promise<void> {
  await ready(page);
  let before = "";
  await expect.poll(async () => {
    const now = await panel.evaluate((element) =>
      element instanceof HTMLCanvasElement ? element.toDataURL() : ""
    );
    const isSame = now === before && now.length > 20_000;
    before = now;
    return isSame;
  }).toBe(true);
}

export async function readOut(page: Page): Promise<Record<string, string>> {
  const footer = page.locator(".read-out");
  await footer.locator("dt").first().waitFor();
  const names = await footer.locator("dt").allTextContents(),
    values = await footer.locator("dd").allTextContents();
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

export interface Pixels {
  readonly pixels: number[];
  readonly width: number;
  readonly height: number;
}

/** The pixels of a PNG, given as base64, as the page's browser decodes it. */
export async function pngPixels(page: Page, png: string): Promise<Pixels> {
  const canvas = await page.evaluateHandle(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    return canvas;
  }, png);
  return unpacked(await canvas.evaluate(packPixels));
}

export async function pixelsOf(panel: Locator): Promise<Pixels> {
  return unpacked(await panel.evaluate(packPixels));
}

interface Packed {
  readonly bytes: string;
  readonly width: number;
  readonly height: number;
}

/** Runs in the page; numbers of pixels go by the million, so they go as text. */
function packPixels(element: Element): Packed {
  if (!(element instanceof HTMLCanvasElement)) throw new Error("no canvas");
  const { width, height } = element;
  const { data } = element.getContext("2d")?.getImageData(0, 0, width, height) ?? { data: [] };
  let bytes = "";
  for (let i = 0; i < data.length; i += 32_768) bytes += String.fromCharCode(...data.slice(i, i + 32_768));
  return { bytes: btoa(bytes), width, height };
}

function unpacked({ bytes, width, height }: Packed): Pixels {
  const { buffer } = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  return { pixels: [...new Uint32Array(buffer)], width, height };
}

/** Pixels with a channel that differs by more than a rounding. */
export function differing({ pixels }: { pixels: readonly number[] }, expected: readonly number[]): number {
  const apart = (a: number, b: number) =>
    [0, 8, 16].some((shift) => Math.abs((a >>> shift & 255) - (b >>> shift & 255)) > 3);
  return pixels.filter((pixel, i) => apart(pixel, expected[i])).length;
}
