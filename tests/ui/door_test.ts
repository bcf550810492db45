/** The door of the desktop: `seisproc` and `seisproc --browser` as scripts start them, without a browser. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";
import { Playground, type Started } from "../end_to_end/seisproc.ts";
import { Desktop, sessionOf } from "./desktop.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LAUNCHER = path.join(ROOT, "sidecar/cli/launch.mjs");
const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function playground(): Playground {
  const place = new Playground();
  open.push({ close: () => place.remove() });
  return place;
}

async function start(options: Parameters<typeof Desktop.start>[0] = {}): Promise<Desktop> {
  const desktop = await Desktop.start(options);
  open.push(desktop);
  return desktop;
}

async function hello(page: string) {
  const { origin, hash } = new URL(page);
  const token = new URLSearchParams(hash.slice(1)).get("token");
  const init = { method: "POST", headers: { authorization: `Bearer ${token}` }, body: '{"command":"hello"}' };
  return parseReply("hello", await (await fetch(`${origin}/command`, init)).json());
}

const isAlive = (pid: number) => fs.existsSync(`/proc/${pid}`);

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("it prints one address that is signed in, keeps it in a private file, and ends with its input", async () => {
  const place = playground();
  const desktop = await start({ playground: place });
  expect((await hello(desktop.page)).workspace).toBe(place.workspace);
  const file = path.join(place.workspace, "desktop.json");
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.join(place.workspace, "desktop.html")).mode & 0o777).toBe(0o600);
  const { url, pid } = sessionOf(place);
  expect(url).toBe(desktop.url);
  expect(await desktop.stop()).toBe(0);
  await gone(pid);
  expect(fs.existsSync(file)).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

test("a second start prints the address of the first and ends; after a kill the address is known to be stale", async () => {
  const place = playground();
  const first = await start({ playground: place });
  const second = await start({ playground: place });
  expect(second.page).toBe(first.page);
  expect(await second.stop()).toBe(0);
  const { pid } = sessionOf(place);
  process.kill(first.child.pid ?? 0, "SIGKILL");
  await gone(pid);
  fs.writeFileSync(
    path.join(place.workspace, "desktop.json"),
    JSON.stringify({ url: "http://x", token: "t", pid }),
  );
  const third = await start({ playground: place });
  expect(third.page).not.toBe(first.page);
  expect((await hello(third.page)).workspace).toBe(place.workspace);
});

test("a port that somebody else has is left to him, and that is said", async () => {
  const other = http.createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => void other.close() });
  const address = other.address();
  const port = String(typeof address === "object" ? address?.port : 0);
  const desktop = await start({ env: { SEISPROC_PORT: port } });
  expect(new URL(desktop.url).port).not.toBe(port);
  expect(desktop.stderr).toContain(`Port ${port} is taken`);
  await hello(desktop.page);
});

test("a sidecar that crashes is there again at the same address with the same key", async () => {
  const place = playground();
  const desktop = await start({ playground: place });
  const before = sessionOf(place).pid, stream = (await hello(desktop.page)).stream;
  process.kill(before, "SIGKILL");
  for (let now = before; now === before;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now = sessionOf(place).pid;
  }
  expect((await hello(desktop.page)).stream).not.toBe(stream);
  expect(await desktop.stop()).toBe(0);
});

test("a file to start with is named in the address, whatever signs its name has", async () => {
  const place = playground();
  const line = place.segy("it's $HOME & line.sgy");
  const desktop = await start({ playground: place, file: "it's $HOME & line.sgy" });
  expect(new URLSearchParams(new URL(desktop.page).hash.slice(1)).get("open")).toBe(line);
});

test("the key is in no argument and no environment of any process", async () => {
  const place = playground();
  await start({ playground: place });
  const { token, pid } = sessionOf(place);
  for (const what of ["cmdline", "environ"]) {
    expect(fs.readFileSync(`/proc/${pid}/${what}`, "utf8")).not.toContain(token);
  }
});

test("with a display the default browser is started with a file that leads to the page, not with the key", async () => {
  const place = playground();
  const tools = path.join(place.folder, "tools");
  fs.mkdirSync(tools);
  fs.writeFileSync(path.join(tools, "xdg-open"), '#!/bin/sh\nprintf "%s" "$*" > "$0.asked"\n', {
    mode: 0o755,
  });
  const env = { DISPLAY: ":99", PATH: `${tools}:${process.env.PATH}` };
  const { child, ended } = startPlain(place, env);
  const asked = path.join(tools, "xdg-open.asked");
  while (!fs.existsSync(asked) || fs.statSync(asked).size === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const door = path.join(place.workspace, "desktop.html");
  expect(fs.readFileSync(asked, "utf8")).toBe(door);
  const { url, token } = sessionOf(place);
  expect(fs.readFileSync(door, "utf8")).toContain(`${url}/#token=${token}`);
  process.kill(child.pid ?? 0, "SIGTERM");
  expect((await ended).status).toBe(0);
});

/** `seisproc` itself, without a display; it ends with a signal. */
function startPlain(place: Playground, more: Record<string, string> = {}): Started {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const env = { ...rest, SEISPROC_WORKSPACE: place.workspace, SEISPROC_PORT: "0", ...more };
  const child = spawn("node", [LAUNCHER], { env, cwd: place.folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  const watchers = new Set<() => void>();
  child.stdout.on("data", (piece) => {
    stdout += piece;
    for (const watcher of watchers) watcher();
  });
  const ended = new Promise<Awaited<Started["ended"]>>((resolve) =>
    child.on("close", (status) => resolve({ status, stdout, stderr: "" }))
  );
  const shows = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => stdout.includes(text) && resolve();
      watchers.add(look);
      look();
    });
  return { child, ended, shows };
}

test("without a display the demonstration runs as a job, its page is named, and it serves until Ctrl-C", async () => {
  const place = playground();
  const { child, ended, shows } = startPlain(place);
  await shows("/#token=");
  const { token, url, pid } = sessionOf(place);
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: '{"command":"list_jobs"}',
  };
  const { jobs } = parseReply("list_jobs", await (await fetch(`${url}/command`, init)).json());
  expect(jobs.map(({ name, state }) => [name, state])).toEqual([["Brute stack", "completed"]]);
  expect(fs.existsSync(place.file("seisproc-demo/stack.sgy"))).toBe(true);
  process.kill(child.pid ?? 0, "SIGINT");
  const { status, stdout } = await ended;
  expect(status).toBe(0);
  expect(stdout).toContain("stack.sgy");
  await gone(pid);
});

test("a checkout whose window was never built builds it at the first start, and not at the second", async () => {
  const place = playground(), checkout = path.join(place.folder, "seis proc");
  for (const part of ["src", "sidecar", "package.json", "package-lock.json", "deno.json"]) {
    fs.cpSync(path.join(ROOT, part), path.join(checkout, part), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(checkout, "node_modules"));
  const launcher = path.join(checkout, "sidecar/cli/launch.mjs");
  const first = await start({ playground: place, launcher });
  expect(first.stderr).toContain("Building the window");
  expect(await (await fetch(first.url)).text()).toContain('<div id="app">');
  await first.stop();
  const second = await start({ playground: place, launcher });
  expect(second.stderr).not.toContain("Building the window");
});
