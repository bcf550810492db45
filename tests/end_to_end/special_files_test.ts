/** Named pipes, sockets, devices and folders where a file should be: named as what they are, at once, and left alone. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefusal } from "./refusal.ts";
import { Playground } from "./seisproc.ts";

const place = new Playground();
const server = net.createServer();
/** By how a path is told, what lies there and how it is named. */
const SPECIAL: readonly [string, RegExp][] = [
  ["pipe", /a named pipe/],
  ["sock", /a socket/],
  ["/dev/null", /a device/],
  ["/dev/zero", /a device/],
  ["/dev/full", /a device|one of the system's own/],
  ["link", /a named pipe/],
];

beforeAll(async () => {
  place.line("line.sgy");
  execFileSync("mkfifo", [place.file("pipe")]);
  fs.symlinkSync("pipe", place.file("link"));
  await new Promise<void>((resolve) => server.listen(place.file("sock"), resolve));
  const velocity = { velocity: { file: "pipe" } };
  place.flow("velocity.json", {
    input: { path: "line.sgy" },
    processes: [{ process: "nmo", parameters: velocity }],
    output: { path: "out.sgy" },
  });
  place.flow("flow.json", { input: { path: "line.sgy" }, processes: [], output: { path: "out.sgy" } });
});
afterAll(() => {
  server.close();
  place.remove();
});

const AS_INPUT: Readonly<Record<string, (file: string) => string[]>> = {
  "an input to scan": (file) => ["scan", file],
  "the input of a flow": (file) => ["run", "flow.json", "--input", file],
  "a file to import": (file) => ["import", file, "--to", "new.zarr"],
  "a file to export": (file) => ["export", file, "--to", "new.sgy"],
  "a flow": (file) => ["run", file],
  "a file whose headers are asked": (file) => ["headers", file, "--words", "cdp"],
  "a file whose text is asked": (file) => ["text", file],
  "a new text": (file) => ["text", "line.sgy", "--set", file, "--to", "new.sgy"],
};

describe.each(Object.keys(AS_INPUT))("as %s", (what) => {
  test.each(SPECIAL)("%s is refused", async (file, name) => {
    const ended = await place.run(...AS_INPUT[what](file));
    expectRefusal(ended, 1, name);
    expect(ended.stderr).toMatch(/expected a .*, found/);
  });
});

test("as a velocity file a pipe is refused", async () => {
  expectRefusal(await place.run("run", "velocity.json"), 1, /expected a velocity file, found a named pipe/);
});

describe("as an output", () => {
  const there = () => Object.fromEntries(SPECIAL.map(([file]) => [file, kind(file)]));

  test.each(SPECIAL)("%s is refused and stays what it is", async (file, name) => {
    const before = there();
    for (const output of [file, `${file}/out.sgy`]) {
      const ended = await place.run("run", "flow.json", "--output", output);
      expect(ended.status).toBe(1);
      expect(ended.stderr).toMatch(output === file ? name : /found none but|the system's own/);
    }
    expect(there()).toEqual(before);
  });

  test("a pipe with the name of a dataset is refused", async () => {
    execFileSync("mkfifo", [place.file("pipe.zarr")]);
    for (const more of [[], ["--copy"]]) {
      expectRefusal(await place.run("import", "line.sgy", "--to", "pipe.zarr", ...more), 1, /a named pipe/);
    }
    expect(kind("pipe.zarr")).toBe("pipe");
  });

  test("a folder of a demonstration that is a pipe is refused", async () => {
    expectRefusal(
      await place.run("demo", "--dir", "pipe"),
      1,
      /expected a folder or nothing, found a named pipe/,
    );
  });
});

test("pipes within a dataset are refused when they are met", async () => {
  expect((await place.run("import", "line.sgy", "--to", "whole.zarr", "--copy")).status).toBe(0);
  for (const part of ["zarr.json", "traces/zarr.json", "traces/c.0.0", "trace_headers/c.0.0"]) {
    fs.rmSync(place.file("spoilt.zarr"), { recursive: true, force: true });
    fs.cpSync(place.file("whole.zarr"), place.file("spoilt.zarr"), { recursive: true });
    fs.rmSync(place.file(`spoilt.zarr/${part}`));
    execFileSync("mkfifo", [place.file(`spoilt.zarr/${part}`)]);
    const ended = await place.run("export", "spoilt.zarr", "--to", "from.sgy");
    expect([part, ended.status]).toEqual([part, 1]);
    expect(ended.stderr).toMatch(/found a named pipe/);
    expect(fs.existsSync(place.file("from.sgy"))).toBe(false);
  }
});

test.each([["pipe", /a named pipe/], ["sock", /a socket/], ["/dev/null", /a device/], [
  "line.sgy",
  /a file/,
]])(
  "a workspace that is %s is refused",
  async (file, name) => {
    for (const args of [["jobs", "list"], ["run", "flow.json"]]) {
      const ended = await place.startIn({ SEISPROC_WORKSPACE: file }, ...args).ended;
      expectRefusal(ended, 1, name);
      expect(ended.stderr).toMatch(/set SEISPROC_WORKSPACE to another folder/);
    }
  },
);

test("a workspace with a pipe in the place of its news is refused", async () => {
  fs.mkdirSync(place.file("spoilt space"));
  execFileSync("mkfifo", [place.file("spoilt space/changes")]);
  const ended = await place.startIn({ SEISPROC_WORKSPACE: "spoilt space" }, "jobs", "list").ended;
  expectRefusal(ended, 1, /found a named pipe at .*changes/);
});

function kind(file: string): string {
  const stat = fs.lstatSync(file.startsWith("/") ? file : place.file(file));
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFIFO()) return "pipe";
  if (stat.isSocket()) return "socket";
  return stat.isCharacterDevice() ? `device ${stat.rdev}` : "else";
}
