/** A job's life as the user steers it in the window. Jobs here take long enough to be met in the middle and are ended. */
import fs from "node:fs";
import process from "node:process";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Desktop, hasChromium, sessionOf } from "./desktop.ts";

describe.skipIf(!hasChromium())("jobs in the window", () => {
  let desktop: Desktop, page: Page;
  beforeAll(async () => {
    desktop = await Desktop.start();
    desktop.playground.line("line.sgy", { shots: 160, channels: 96, samplesPerTrace: 1001 });
  });
  beforeEach(async () => {
    ({ page } = await desktop.open());
    await page.getByRole("navigation").waitFor();
  });
  afterAll(() => desktop.close());

  const LONG = Array.from({ length: 14 }, () => ({
    process: "deconvolution",
    parameters: { gapMs: 4, operatorMs: 400 },
  }));

  async function start(name: string, processes: unknown[], format = "ieee"): Promise<void> {
    const output = { path: `${name}.sgy`, format };
    const flow = desktop.playground.flow(name, { input: { path: "line.sgy" }, processes, output });
    await page.keyboard.press("Control+Shift+B");
    const dialog = page.getByRole("dialog", { name: "Process survey" });
    await dialog.getByRole("textbox", { name: "Flow file" }).fill(flow);
    await dialog.getByRole("button", { name: "Load" }).click();
    await dialog.getByRole("button", { name: "Start" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** How far the bar of a job is once it is further than `least`. */
  async function beyond(name: string, least: number): Promise<number> {
    const bar = page.getByRole("article", { name }).getByRole("progressbar");
    for (;;) {
      const now = Number(await bar.getAttribute("aria-valuenow"));
      if (now > least) return now;
      await page.waitForTimeout(20);
    }
  }

  test("it is paused, resumed, seen again after a reload with what it had reached, and cancelled", async () => {
    await start("Steered", LONG);
    const job = page.getByRole("article", { name: "Steered" });
    await job.getByText("running").waitFor();
    const first = await beyond("Steered", 0);
    expect(await page.title()).toMatch(/^\d+\s% Steered - SeisProc$/);
    await job.getByRole("button", { name: "Pause" }).click();
    await job.getByText("paused").waitFor();
    await page.reload();
    expect(await beyond("Steered", 0)).toBeGreaterThanOrEqual(first);
    await job.getByRole("button", { name: "Resume" }).click();
    await job.getByText("running").waitFor();
    await job.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("status").getByText("Steered was cancelled").waitFor();
    expect(await job.count()).toBe(0);
    await page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "cancelled Steered" })
      .waitFor();
  });

  test("a sidecar that is killed leaves it interrupted, and one click lets it go on from there", async () => {
    await start("Killed", LONG);
    await beyond("Killed", 0);
    process.kill(sessionOf(desktop.playground).pid, "SIGKILL");
    const job = page.getByRole("article", { name: "Killed" });
    await job.getByText("interrupted").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Resume all" }).click();
    await job.getByText("running").waitFor();
    await job.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "cancelled Killed" })
      .waitFor();
  });

  test("one that fails says why in a toast and on its page, and is retried and removed from the table", async () => {
    await start("Too loud", [{ process: "gain", parameters: { scale: 1e7 } }], "int16");
    await page.getByRole("alert").getByText("Too loud failed").waitFor();
    const row = page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "Too loud" });
    await row.click();
    const sheet = page.getByRole("complementary", { name: "Too loud" });
    await sheet.getByText("samples-out-of-range").waitFor();
    await page.getByRole("button", { name: "Retry" }).first().click();
    await sheet.getByText("2 of").waitFor();
    await row.getByText("failed").waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
    await sheet.waitFor({ state: "detached" });
    expect(await page.getByRole("complementary").count()).toBe(0);
  });

  test("all is paused at once and goes on at once, and what waits can be cancelled", async () => {
    await start("First", LONG);
    await start("Second", LONG);
    await beyond("First", 0);
    await page.getByRole("button", { name: "Pause all" }).click();
    await page.getByRole("article", { name: "First" }).getByText("paused").waitFor();
    await page.getByText("Queue is held").waitFor();
    const second = page.getByRole("article", { name: "Second" });
    await second.getByText("queued").waitFor();
    await second.getByRole("button", { name: "Cancel" }).click();
    await second.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Resume all" }).click();
    const first = page.getByRole("article", { name: "First" });
    await first.getByText("running").waitFor();
    await first.getByRole("button", { name: "Cancel" }).click();
    await first.waitFor({ state: "detached" });
  });

  test("when nobody looks at the window its end is notified, a failure with its reason, and alerts count it", async () => {
    const opened = await desktop.open({}, "about:blank");
    page = opened.page;
    await page.addInitScript(noteNotifications);
    await page.goto(desktop.page);
    await page.getByRole("navigation").waitFor();
    await start("Unseen", [{ process: "gain", parameters: { scale: 2 } }]);
    await start("Unseen failure", [{ process: "gain", parameters: { scale: 1e7 } }], "int16");
    await page.getByRole("alert").getByText("Unseen failure failed").waitFor();
    const noted = await page.evaluate(() => document.documentElement.dataset.noted ?? "");
    expect(noted.split("\n")).toEqual([
      "Unseen is ready: ",
      expect.stringMatching(/^Unseen failure failed: Cannot write/),
    ]);
    await page.getByRole("link", { name: /^Alerts, \d+ (is|are) new$/ }).click();
    const row = page.getByRole("grid", { name: "Alerts" }).getByRole("row", { name: "Unseen failure" });
    await row.getByRole("link", { name: "Unseen failure" }).waitFor();
    await row.getByRole("button", { name: "Acknowledge" }).click();
    await row.getByText("acknowledged").waitFor();
    await row.getByRole("button", { name: "Clear" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("one is run again after a restart, when the user has said what becomes of its output", async () => {
    await start("Again", [{ process: "gain", parameters: { scale: 2 } }]);
    await page.getByRole("status").getByText("Again is ready").waitFor();
    await desktop.stop();
    const later = await Desktop.start({ playground: desktop.playground });
    try {
      ({ page } = await later.open());
      await page.goto(`${later.url}/#/jobs`);
      await page.getByRole("grid", { name: "Ended jobs" }).getByRole("row", { name: "Again" }).click();
      const sheet = page.getByRole("complementary", { name: "Again" });
      await sheet.getByRole("img", { name: /How far|Throughput/ }).or(sheet.getByText("States")).first()
        .waitFor();
      await sheet.getByRole("button", { name: "Run again" }).click();
      const dialog = page.getByRole("dialog", { name: "Run again" });
      await dialog.getByRole("alert").waitFor();
      await dialog.getByRole("textbox", { name: "Output" }).fill(desktop.playground.file("again 2.sgy"));
      await dialog.getByRole("button", { name: "Start" }).click();
      await sheet.getByText("again 2.sgy").first().waitFor();
      await sheet.getByRole("definition").getByText("completed").waitFor();
      expect(fs.existsSync(desktop.playground.file("again 2.sgy"))).toBe(true);
    } finally {
      await later.close();
    }
  });
});

/** Runs in the page: it is never looked at, and what it notifies stands at its root. */
function noteNotifications(): void {
  Document.prototype.hasFocus = () => false;
  class Noted {
    static readonly permission = "granted";
    onclick = null;
    constructor(title: string, { body }: { body: string }) {
      const { dataset } = document.documentElement;
      dataset.noted = [...dataset.noted === undefined ? [] : [dataset.noted], `${title}: ${body}`].join("\n");
    }
  }
  Object.defineProperty(globalThis, "Notification", { value: Noted });
}
