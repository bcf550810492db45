/** Names and texts of strangers reach terminals with everything unseen in them written out, and programs as they are. */
import fs from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
/** What a terminal would obey, or turn around, in names of files (which hold no zero byte and no slash). */
const ODD_FILE = "a\x1b[31m\x1b]0;t\x07\nb\x7f\u009b2J\u202egs\u2066.x";
/** The same and a zero byte, in texts. */
const ODD = `${ODD_FILE}\0end`;
const LONG = "very long ".repeat(2000);

// deno-lint-ignore no-control-regex -- these must not reach a terminal
const UNSEEN = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

beforeAll(() => {
  place.line(`${ODD_FILE}.sgy`);
  place.line("plain.sgy");
});
afterAll(() => place.remove());

function flow(name: string, changes: Record<string, unknown> = {}): string {
  const file = place.file("flow.json");
  const whole = { input: { path: "plain.sgy" }, processes: [], output: { path: "out.sgy" }, ...changes };
  fs.writeFileSync(file, JSON.stringify({ seisproc: 1, name, ...whole }));
  return file;
}

/** Of control characters only line feeds, and they only end lines that the program means to end. */
function expectClean({ stdout, stderr }: Ended, lines?: number): void {
  for (const text of [stdout, stderr]) expect(text).not.toMatch(UNSEEN);
  if (lines !== undefined) expect((stdout + stderr).trimEnd().split("\n")).toHaveLength(lines);
}

test("a job with an odd name is run, listed, shown, watched and removed", async () => {
  const ran = await place.run("run", flow(ODD, { output: { path: `${ODD_FILE} out.sgy` } }));
  expect(ran.status).toBe(0);
  expectClean(ran, 2);
  expect(ran.stdout).toContain("\\x1b[31m");
  const json = await place.run("jobs", "list", "--json");
  expectClean(json, 1);
  const [{ id, name }] = jsonLines(json.stdout);
  expect(name).toBe(ODD);
  expectClean(await place.run("jobs", "list"), 1);
  for (const args of [["show", String(id)], ["watch", String(id)], ["show", String(id), "--json"]]) {
    const ended = await place.run("jobs", ...args);
    expect([args[0], ended.status]).toEqual([args[0], 0]);
    expectClean(ended);
  }
  expectClean(await place.run("jobs", "remove", String(id)), 1);
});

test("an odd file is scanned, imported and refused with its name escaped, and told truly to programs", async () => {
  const file = `${ODD_FILE}.sgy`;
  expectClean(await place.run("scan", file));
  const [report] = jsonLines((await place.run("scan", file, "--json")).stdout);
  expect(report.path).toContain(ODD_FILE);
  expectClean(await place.run("import", file, "--to", `${ODD_FILE}.zarr`));
  const missing = await place.run("export", `${ODD_FILE} none.zarr`, "--to", "x.sgy", "--json");
  expect(missing.status).toBe(1);
  expectClean(missing);
  expect(jsonLines(missing.stdout)).toMatchObject([{
    error: { tag: "file-missing", fields: { file: expect.stringContaining(ODD_FILE) } },
  }]);
});

test.each([
  ["a process", { processes: [{ process: ODD, parameters: {} }] }],
  ["a parameter", { processes: [{ process: "agc", parameters: { [ODD]: 1 } }] }],
  ["a value", { processes: [{ process: "agc", parameters: { windowMs: ODD } }] }],
  ["a field", { [ODD]: 1 }],
  ["a word to sort by", { input: { path: "plain.sgy", order: [ODD] } }],
  ["an expression", {
    processes: [{ process: "header_math", parameters: { assignments: { cdp: ODD } } }],
  }],
  ["an output", { output: { path: `nowhere/${ODD_FILE}.sgy` } }],
])("a flow with %s of odd text is refused in one sentence", async (_, changes) => {
  const ended = await place.run("run", flow("plain", changes));
  expect(ended.status).toBeGreaterThan(0);
  expectClean(ended, 1);
  expect(ended.stderr).toMatch(/^Cannot .*\\(x1b|u001b)/);
});

test.each([
  ["a process", { processes: [{ process: LONG, parameters: {} }] }],
  ["a parameter", { processes: [{ process: "agc", parameters: { [LONG]: 1 } }] }],
  ["a value", { processes: [{ process: "agc", parameters: { windowMs: LONG } }] }],
  ["a list", { processes: [{ process: "mute", parameters: { timesMs: Array(5000).fill("x, y: z") } }] }],
  ["a field", { [LONG]: 1 }],
  ["a format", { output: { path: "out.sgy", format: LONG } }],
  ["a word to sort by", { input: { path: "plain.sgy", order: [LONG] } }],
  ["an expression", {
    processes: [{ process: "header_math", parameters: { assignments: { cdp: LONG } } }],
  }],
  ["an input", { input: { path: `${LONG}.sgy` } }],
  ["an output", { output: { path: `${LONG}.sgy` } }],
])("a flow with %s of endless text is refused with the beginning of it", async (_, changes) => {
  const ended = await place.run("run", flow("plain", changes));
  expect(ended.status).toBeGreaterThan(0);
  expectClean(ended, 1);
  expect(ended.stderr.length).toBeLessThan(1000);
});

test("an endless name of a job is shown by its beginning and told whole", async () => {
  const ran = await place.run("run", flow(LONG));
  expect(ran.status).toBe(0);
  const listed = await place.run("jobs", "list");
  expect(Math.max(...listed.stdout.split("\n").map((line) => line.length))).toBeLessThan(300);
  const names = jsonLines((await place.run("jobs", "list", "--json")).stdout).map((job) => job.name);
  expect(names.includes(LONG)).toBe(true);
});

test("odd arguments are refused in one sentence", async () => {
  for (
    const args of [
      ["jobs", "show", ODD_FILE],
      ["jobs", ODD_FILE],
      [ODD_FILE],
      ["processes", ODD_FILE],
      [
        "run",
        "x.json",
        "--workers",
        ODD_FILE,
      ],
      ["jobs", "remove", ODD_FILE],
      ["scan", LONG],
      ["jobs", "show", LONG],
    ]
  ) {
    const ended = await place.run(...args);
    expect([args[0], ended.status]).not.toEqual([args[0], 0]);
    expectClean(ended);
    expect(ended.stderr.length).toBeLessThan(1000);
  }
});
