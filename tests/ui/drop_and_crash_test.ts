/** Files dropped on the window, paths found in it, and a sidecar that dies under it. */
import process from "node:process";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desktop, hasChromium, sessionOf } from "./desktop.ts";

describe.skipIf(!hasChromium())("the window in a browser", () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await Desktop.start();
    desktop.playground.line("line 7.sgy", { channels: 24, samplesPerTrace: 251 });
    desktop.playground.flow("stack.json", {
      input: { path: "line 7.sgy", order: ["cdp"] },
      processes: [{ process: "stack", parameters: {} }],
      output: { path: "stack.sgy" },
    });
  });
  afterAll(() => desktop.close());

  /** Goes to the playground's folder in the path browser. */
  async function goToFolder(page: Page): Promise<void> {
    const dialog = page.getByRole("dialog").last();
    await dialog.getByRole("textbox", { name: "Folder" }).fill(desktop.playground.folder);
    await dialog.getByRole("button", { name: "Go" }).click();
  }

  test("Ctrl+O finds a file in the folders of this disk, by mouse or by keys", async () => {
    const { page, problems } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await page.keyboard.press("Control+o");
    await goToFolder(page);
    await page.getByRole("option", { name: "line 7.sgy" }).waitFor();
    expect(await page.getByRole("option", { name: "stack.json" }).count()).toBe(0);
    await page.getByRole("listbox", { name: "Entries" }).focus();
    await page.keyboard.press("l");
    await page.keyboard.press("Enter");
    await page.locator("[data-state=ready]").waitFor();
    expect(problems).toEqual([]);
  });

  test("a dropped file is looked for on this disk and opened in place", async () => {
    const { page } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await drop(page, "line 7.sgy");
    await page.getByRole("dialog", { name: "Find line 7.sgy on this disk" }).waitFor();
    await goToFolder(page);
    await page.getByRole("button", { name: "Open file" }).click();
    await page.getByRole("heading", { name: "line 7.sgy", level: 1 }).waitFor();
  });

  test("a dropped flow opens the dialog to process with it; a picture is refused with what to do", async () => {
    const { page } = await desktop.open();
    await page.getByRole("navigation").waitFor();
    await drop(page, "stack.json");
    await goToFolder(page);
    await page.getByRole("button", { name: "Open file" }).click();
    const dialog = page.getByRole("dialog", { name: "Process survey" });
    expect(await dialog.getByRole("textbox", { name: "Output" }).inputValue()).toContain("stack.sgy");
    await page.keyboard.press("Escape");
    await drop(page, "photo.png");
    await page.getByRole("status").getByText("Cannot open what was dropped").waitFor();
  });

  test("a sidecar that is killed comes back, and what is open and typed is still there", async () => {
    const { page } = await desktop.open();
    await page.getByRole("textbox", { name: "Path" }).fill(desktop.playground.file("line 7.sgy"));
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.locator("[data-state=ready]").waitFor();
    await page.getByRole("textbox", { name: "Path" }).fill("/half/typed");
    process.kill(sessionOf(desktop.playground).pid, "SIGKILL");
    await page.getByText("sidecar was started anew").waitFor();
    expect(await page.getByRole("textbox", { name: "Path" }).inputValue()).toBe("/half/typed");
    await page.locator("[data-state=ready]").waitFor();
  });

  test("when SeisProc is gone for good an alert says so, with a button to try again", async () => {
    const gone = await Desktop.start();
    const { page } = await gone.open();
    await page.getByRole("navigation").waitFor();
    await gone.stop();
    const alert = page.getByRole("alert").filter({ hasText: "The connection to SeisProc is lost" });
    await alert.getByRole("button", { name: "Reconnect" }).waitFor();
    await gone.close();
  });
});

/** Drops a file of this name on the middle of the page, as a browser tells it. */
async function drop(page: Page, name: string): Promise<void> {
  await page.evaluate((name) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, name);
}
