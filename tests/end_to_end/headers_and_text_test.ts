/** Headers as a table and texts alone, as a user and a script see them. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asciiText } from "../segy/make_segy.ts";
import { sharedFile, sharedHas } from "../shared_data.ts";
import { expectRefusal } from "./refusal.ts";
import { jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const TRACES = 288;

beforeAll(async () => {
  place.line("line.sgy");
  expect((await place.run("import", "line.sgy", "--to", "in place.zarr")).status).toBe(0);
  expect((await place.run("import", "line.sgy", "--to", "stored.zarr", "--copy")).status).toBe(0);
});
afterAll(() => place.remove());

const offsetOf = (trace: number) => 100 + ((trace - 1) % 24) * 25;

describe("headers", () => {
  test.each(["line.sgy", "in place.zarr", "stored.zarr"])("%s as comma-separated values", async (file) => {
    const { status, stdout, stderr } = await place.run("headers", file, "--words", "fldr,offset,sx", "--csv");
    expect([status, stderr]).toEqual([0, ""]);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toBe("trace,fldr,offset,sx");
    expect(rows).toHaveLength(TRACES);
    expect(rows[0]).toBe("1,1,100,50000");
    rows.forEach((row, i) => expect(row.split(",")[2]).toBe(String(offsetOf(i + 1))));
  });

  test("as JSON lines, the chosen traces only, words by alias", async () => {
    const args = ["--json", "--words", "ensemble, offset", "--select", "cdp == 12", "--traces", "1-200"];
    const rows = jsonLines((await place.run("headers", "line.sgy", ...args)).stdout);
    expect(rows.length).toBeGreaterThan(3);
    for (const { trace, ensemble, offset } of rows) {
      expect([ensemble, offset]).toEqual([12, offsetOf(Number(trace))]);
      expect(Number(trace)).toBeLessThanOrEqual(200);
    }
  });

  test("a program gets every word, a person those that are not zero", async () => {
    const [first] = jsonLines((await place.run("headers", "line.sgy", "--json")).stdout);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(["trace", "tracl", "cdp", "iline", "smu"]));
    const { stdout } = await place.run("headers", "line.sgy", "--traces", "25-26");
    const [head, one, two, ...rest] = stdout.trimEnd().split("\n");
    expect(head.trim().split(/\s+/)).not.toContain("iline");
    expect([one, two].map((row) => row.trim().split(/\s+/)[0])).toEqual(["25", "26"]);
    expect(rest).toEqual([]);
    expect(new Set([head, one, two].map((row) => row.length)).size).toBe(1);
  });

  test("of mapped words and of a file that is read otherwise", async () => {
    const args = ["--map", "twice=9:int16", "--words", "twice,fldr", "--traces", "288", "--json"];
    const [row] = jsonLines((await place.run("headers", "line.sgy", ...args)).stdout);
    expect(row).toEqual({ trace: 288, twice: 0, fldr: 12 });
  });

  test("of a file that is cut: the whole traces, and that it is cut", async () => {
    fs.writeFileSync(place.file("cut.sgy"), fs.readFileSync(place.file("line.sgy")).subarray(0, -1500));
    const { status, stdout, stderr } = await place.run("headers", "cut.sgy", "--words", "fldr", "--csv");
    expect([status, stdout.trimEnd().split("\n").length - 1]).toEqual([0, 286]);
    expect(stderr).toContain("cut short: 286 of 287 traces are whole");
  });

  test("a reader that has seen enough is no failure", async () => {
    place.line("long.sgy", { shots: 200, channels: 100, samplesPerTrace: 4 });
    const started = place.start("headers", "long.sgy", "--json");
    started.child.stdout?.once("data", () => started.child.stdout?.destroy());
    const { status, stderr } = await started.ended;
    expect([status, stderr]).toEqual([0, ""]);
  });

  test.each([
    [["--words", "fldr,ofset"], /Cannot show header word ofset of line\.sgy: .*did you mean offset/],
    [["--words", "fldr,,cdp"], /expected --words such as iline,xline,offset, found fldr,,cdp/],
    [["--csv", "--json"], /expected --csv or --json, found both/],
    [["--select", "cdp >"], /Cannot read expression "cdp >" at column 6/],
    [["--select", "cpd > 1"], /found cpd at column 1: did you mean cdp/],
    [["--select", "cdp > 999"], /found none of 288: the words are cdp 1 to 46/],
    [["--traces", "280-300"], /Cannot take traces 280 to 300 of line\.sgy: expected traces from 1 to 288/],
  ])("%j is refused with nothing on stdout", async (args, message) => {
    const ended = await place.run("headers", "line.sgy", ...args);
    expectRefusal(ended, 2, message);
    expect(ended.stdout.replace(/^\{"error".*\n/, "")).toBe("");
  });
});

describe("text", () => {
  test.each(["line.sgy", "stored.zarr"])(
    "the text header of %s is 40 lines and nothing else",
    async (file) => {
      const { status, stdout } = await place.run("text", file);
      const lines = stdout.split("\n");
      expect([status, lines.length]).toEqual([0, 41]);
      expect(lines[0]).toBe("C 1 CLIENT: NONE                 SYNTHETIC PRESTACK 2D LINE MADE BY SEISPROC");
      expect(lines[38]).toBe("C39 SEG Y REV1");
    },
  );

  test("the binary header and the extended texts, as text and as JSON", async () => {
    place.segy("pages.sgy", { extended: [asciiText(["PAGE ONE"]), asciiText(["PAGE TWO"])] });
    const extended = (await place.run("text", "pages.sgy", "--extended")).stdout.split("\n");
    expect([extended[0], extended[41]]).toEqual(["PAGE ONE", "PAGE TWO"]);
    expect((await place.run("text", "pages.sgy", "--binary")).stdout).toMatch(/^hns +20$/m);
    const [json] = jsonLines(
      (await place.run("text", "pages.sgy", "--binary", "--extended", "--json")).stdout,
    );
    expect(json).toMatchObject({ binary: { hns: 20, exth: 2 } });
    const pages = json.extended as string[][];
    expect(pages.map((page) => [page.length, page[0].trimEnd()])).toEqual([[40, "PAGE ONE"], [
      40,
      "PAGE TWO",
    ]]);
  });

  test("a file whose traces cannot be read still has its text", async () => {
    place.segy("no interval.sgy", { interval: 0, text: asciiText(["STILL HERE"]) });
    expect((await place.run("text", "no interval.sgy")).stdout.split("\n")[0]).toBe("STILL HERE");
  });

  const TEXT = ["C 1 NEW", "", "C 3 (a+b)*c = 5 %, 'x'; \"y\" ~ {z}"];

  test("--set writes a copy with this header, the same traces, and leaves the file alone", async () => {
    fs.writeFileSync(place.file("new.txt"), `\ufeff${TEXT.join("\r\n")}\r\n`);
    const before = fs.readFileSync(place.file("line.sgy"));
    const { status } = await place.run("text", "line.sgy", "--set", "new.txt", "--to", "copy.sgy");
    expect(status).toBe(0);
    const lines = (await place.run("text", "copy.sgy")).stdout.split("\n");
    expect(lines).toEqual([...TEXT, ...Array(38).fill("")]);
    const copy = fs.readFileSync(place.file("copy.sgy"));
    expect(copy.subarray(-TRACES * (240 + 1004)).equals(before.subarray(3600))).toBe(true);
    expect(fs.readFileSync(place.file("line.sgy")).equals(before)).toBe(true);
    const pages = await place.run("text", "copy.sgy", "--extended");
    expect(pages.stdout).toContain("Source: line.sgy");
  });

  test("a printed header that is set again is the same header", async () => {
    fs.writeFileSync(place.file("round.txt"), (await place.run("text", "line.sgy")).stdout);
    expect((await place.run("text", "line.sgy", "--set", "round.txt", "--to", "round.sgy")).status).toBe(0);
    const [line, round] = ["line.sgy", "round.sgy"].map((file) => fs.readFileSync(place.file(file)));
    expect(round.subarray(0, 3200).equals(line.subarray(0, 3200))).toBe(true);
  });

  test("a copy lies beside the file unless it is told where, and never over anything", async () => {
    expect((await place.run("text", "line.sgy", "--set", "new.txt")).status).toBe(0);
    expect(fs.existsSync(place.file("line.text.sgy"))).toBe(true);
    expectRefusal(
      await place.run("text", "line.sgy", "--set", "new.txt"),
      2,
      /line\.text\.sgy.*name the copy/,
    );
    const over = await place.run("text", "line.sgy", "--set", "new.txt", "--to", "line.sgy");
    expectRefusal(over, 2, /found the input itself/);
  });

  test("a flow says the same by lines or by a file beside it, for SEG-Y and for datasets", async () => {
    for (const text of [TEXT, { file: "new.txt" }, TEXT.join("\n")]) {
      const file = place.flow("text.json", {
        input: { path: "line.sgy" },
        processes: [],
        output: { path: "flow.sgy", text },
      });
      expect((await place.run("run", file)).status).toBe(0);
      expect((await place.run("text", "flow.sgy")).stdout.split("\n").slice(0, 3)).toEqual(TEXT);
      expect((await place.run("run", file, "--output", "flow.zarr")).status).toBe(0);
      expect((await place.run("text", "flow.zarr")).stdout.split("\n").slice(0, 3)).toEqual(TEXT);
    }
  });

  test.each([
    ["41 lines", Array(41).fill("x"), /expected at most 40 lines, found 41/],
    ["81 columns", ["ok", "y".repeat(81)], /expected at most 80 columns, found 81 in line 2/],
    ["letters beyond ASCII", ["ok", "", "Größe"], /found "ö" in line 3, column 3/],
    ["a tab", ["a\tb"], /found "\\t" in line 1, column 2/],
  ])("%s are refused, with nothing written", async (_, lines, message) => {
    fs.writeFileSync(place.file("bad.txt"), lines.join("\n"));
    const args = ["--set", "bad.txt", "--to", "bad.sgy"];
    expectRefusal(await place.run("text", "line.sgy", ...args), 2, message);
    const file = place.flow("bad.json", {
      input: { path: "line.sgy" },
      processes: [],
      output: { path: "bad.sgy", text: lines },
    });
    expectRefusal(await place.run("run", file), 2, message);
    expect(fs.readdirSync(place.folder).filter((name) => name.startsWith("bad.sgy"))).toEqual([]);
  });

  test.each(
    [
      [
        ["--set", "missing.txt", "--to", "m.sgy"],
        1,
        /Cannot open .*missing\.txt: expected a file with a text header/,
      ],
      [["--set", "new.txt", "--binary"], 2, /expected --set alone/],
      [["--set", "new.txt", "--to", "new.txt"], 2, /found the file with its text header itself/],
      [["--to", "x.sgy"], 2, /expected --set with --to/],
    ] as const,
  )("%j is refused", async (args, status, message) => {
    expectRefusal(await place.run("text", "line.sgy", ...args), status, message);
  });

  test.skipIf(!sharedHas("data/segy/small-lsb.sgy"))("a little-endian file stays little-endian", async () => {
    const file = sharedFile("data/segy/small-lsb.sgy");
    expect((await place.run("text", file, "--set", "new.txt", "--to", "little.sgy")).status).toBe(0);
    expect((await place.run("scan", "little.sgy")).stdout).toContain("little-endian");
  });
});
