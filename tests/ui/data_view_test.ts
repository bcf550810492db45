/** Data on a real line: ranges with histograms, the map, how it lies, and tables that can be copied. */
import path from "node:path";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium, pictureFolder } from "./desktop.ts";

describe.skipIf(!hasChromium())("the window in a browser", () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await Desktop.start();
    desktop.playground.line("line.sgy", { channels: 24, samplesPerTrace: 251 });
  });
  afterAll(() => desktop.close());

  test("a line shows histograms, a map and its geometry, and its tables are copied with all digits", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      const { page, problems } = await desktop.open({
        colorScheme,
        viewport: { width: 1440, height: 900 },
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.getByRole("textbox", { name: "Path" }).fill(desktop.playground.file("line.sgy"));
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByRole("img", { name: "How often values of offset come" }).waitFor();
      await page.getByRole("img", { name: /Map of 12 sources and \d+ midpoints/ }).waitFor();
      await page.getByText("Line by cdp").waitFor();
      await page.getByRole("button", { name: "Copy as a table: Header words" }).click();
      await page.getByRole("status").getByText("Copied").waitFor();
      const table = await page.evaluate(() => navigator.clipboard.readText());
      expect(table.split("\n")[0]).toBe("word\tbyte\tmin\tmax\tfirst\tlast");
      expect(table).toMatch(/^tracl\t1\t1\t288\t1\t288$/m);
      await page.evaluate(axe.source);
      // @ts-ignore axe is in the page.
      expect(await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id }) => id)))
        .toEqual([]);
      await page.screenshot({ path: path.join(pictureFolder("data"), `data_${colorScheme}.png`) });
      expect(problems).toEqual([]);
    }
  });
});
