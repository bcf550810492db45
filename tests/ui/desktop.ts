/**
 * What tests of the window share: SeisProc as `seisproc --browser --no-open` starts it, on a free port with a workspace
 * of its own, and pages in a real Chromium that are signed in. Without Chromium tests say that they are skipped; with
 * CI=true that is a failure.
 */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { Playground } from "../end_to_end/seisproc.ts";

const LAUNCHER = fileURLToPath(new URL("../../sidecar/cli/launch.mjs", import.meta.url));
const CHROMIUM = process.env.SEISPROC_CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** True when pages can be opened here. */
export function hasChromium(): boolean {
  const there = fs.existsSync(CHROMIUM);
  if (!there && process.env.CI === "true") throw new Error(`no Chromium at ${CHROMIUM}: .ci/run installs it`);
  if (!there) console.warn(`skipped: no Chromium at ${CHROMIUM}`);
  return there;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface DesktopOptions {
  /** Reused to start again on the same jobs; else a new one that is removed at the end. */
  readonly playground?: Playground;
  /** A file to start with. */
  readonly file?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of another checkout. */
  readonly launcher?: string;
}

/** SeisProc in browser mode with a folder to play in. */
export class Desktop {
  stderr = "";
  readonly #contexts: { close(): Promise<void> }[] = [];
  #browser: Browser | undefined;

  private constructor(
    readonly playground: Playground,
    readonly child: ChildProcess,
    /** The address that opens a signed-in page. */
    readonly page: string,
    readonly ownsPlayground: boolean,
    /** The exit status; null after a signal. */
    readonly ended: Promise<number | null>,
  ) {}

  static async start(options: DesktopOptions = {}): Promise<Desktop> {
    const playground = options.playground ?? new Playground();
    const { launcher = LAUNCHER } = options;
    const args = [launcher, ...(options.file === undefined ? [] : [options.file]), "--browser", "--no-open"];
    const env = {
      ...process.env,
      SEISPROC_PORT: "0",
      SEISPROC_WORKSPACE: playground.workspace,
      ...options.env,
    };
    const child = spawn("node", args, { env, cwd: playground.folder });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    let stderr = "";
    child.stderr.on("data", (piece) => stderr += piece);
    const line = await firstLine(child, () => stderr);
    const { url } = JSON.parse(line);
    const desktop = new Desktop(playground, child, String(url), options.playground === undefined, ended);
    desktop.stderr = stderr;
    child.stderr.on("data", (piece) => desktop.stderr += piece);
    return desktop;
  }

  get url(): string {
    return new URL(this.page).origin;
  }

  /** A page of its own, signed in unless `address` says otherwise; its complaints fail the test through `problems`. */
  async open(options: BrowserContextOptions = {}, address = this.page): Promise<OpenPage> {
    this.#browser ??= await launchChromium();
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: "dark",
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(address);
    return { page, problems };
  }

  /** Ends as a script ends it, by its standard input; resolves with its exit status. */
  async stop(): Promise<number | null> {
    this.child.stdin?.end();
    return await this.ended;
  }

  /** Closes pages, browser and program, and removes the folder. */
  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close();
    await this.#browser?.close();
    await this.stop();
    if (this.ownsPlayground) this.playground.remove();
  }
}

export interface OpenPage {
  readonly page: Page;
  /** Errors that the page threw or its console told. */
  readonly problems: string[];
}

/** What the file of the running desktop says. */
export function sessionOf(place: Playground): { url: string; token: string; pid: number } {
  return JSON.parse(fs.readFileSync(path.join(place.workspace, "desktop.json"), "utf8"));
}

/** A folder for pictures of pages, such as to look at after a test; nothing in the project. */
export function pictureFolder(name: string): string {
  const folder = path.join(os.tmpdir(), `seisproc-pictures-${name}`);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

function firstLine(child: ChildProcess, stderr: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let stdout = "";
  child.stdout?.on("data", (piece) => {
    stdout += piece;
    if (stdout.includes("\n")) resolve(stdout.slice(0, stdout.indexOf("\n")));
  });
  child.once("exit", (code) => reject(new Error(`SeisProc ended with ${code}: ${stderr()}`)));
  return promise;
}
