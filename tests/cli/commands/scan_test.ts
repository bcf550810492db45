/** What `seisproc scan` prints and how it ends. */
import { afterEach, expect, test, vi } from "vitest";
import process from "node:process";
import { scanCommand } from "../../../sidecar/cli/commands/scan.ts";
import { makeSegy, putFile, segyBytes, testFolder } from "../../segy/make_segy.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function run(path: string | undefined, json = false): { status: number; out: string; err: string } {
  const out: string[] = [], err: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  const status = scanCommand(path, { json });
  vi.restoreAllMocks();
  return { status, out: out.join(""), err: err.join("") };
}

test("tells what a file holds", () => {
  const { status, out } = run(makeSegy("cli.sgy", {}));
  expect(status).toBe(0);
  expect(out).toMatch("4-byte IEEE floating point (code 5), big-endian");
  expect(out).toMatch(/fldr +9 +100 +104 +100 +104 +Original field record number/);
  expect(out).toMatch(/What is odd\n {2}nothing/);
});

test("prints one JSON line and nothing else", () => {
  const { status, out, err } = run(makeSegy("cli-json.sgy", {}), true);
  expect([status, err]).toEqual([0, ""]);
  expect(out.split("\n").length).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ traces: 5, samples: 20, byteOrder: "big", findings: [] });
});

test("a cut file is told as far as it goes", () => {
  const { status, out } = run(putFile("cli-cut.sgy", segyBytes({}).subarray(0, 4700)));
  expect(status).toBe(0);
  expect(out).toMatch("traces       4 (3 whole)");
  expect(out).toMatch(
    "error: The file is cut short in trace 4: expected 320 bytes from byte 4561, found 140",
  );
});

for (
  const [what, path, message] of [
    ["an empty file", () => putFile("empty.sgy", new Uint8Array()), "found an empty file"],
    ["a text file", () => putFile("notes.txt", new Uint8Array(5000).fill(65)), "found a text file"],
    ["a folder", () => testFolder(), "found a folder"],
    ["a missing file", () => `${testFolder()}/none.sgy`, "found nothing there: check the path"],
  ] as const
) {
  test(`${what} ends with status 1 and one line that says so`, () => {
    const { status, out, err } = run(path());
    expect([status, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
    expect(err.trim().split("\n").length).toBe(1);
    expect(JSON.parse(run(path(), true).out).error.message).toMatch(message);
  });
}

test("without a file it ends with status 2", () => {
  expect(run(undefined)).toMatchObject({ status: 2, out: "" });
});
