/** The command line as scripts use it: exit statuses, paths, options, and what it prints. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedFile, sharedHas } from "../shared_data.ts";
import { expectNothingAt, expectNoTrace, expectRefusal } from "./refusal.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const ROOT = path.resolve(import.meta.dirname ?? ".", "../..");
const AGC = { process: "agc", parameters: { windowMs: 100 } };
const COMMANDS = ["scan", "run", "import", "export", "jobs", "processes", "demo"];

beforeAll(() => {
  place.line("line.sgy");
  place.line("long.sgy", { shots: 120, channels: 60, samplesPerTrace: 1001 });
});
afterAll(() => place.remove());

function flow(name: string, input: string, output: string, processes: readonly unknown[] = [AGC]): string {
  return place.flow(name, { input: { path: input }, processes, output: { path: output } });
}

test("run --json tells each change of state once", async () => {
  const { status, stdout } = await place.run("run", flow("states.json", "long.sgy", "states.sgy"), "--json");
  expect(status).toBe(0);
  const states = jsonLines(stdout).filter(({ news }) => news === "state").map(({ state }) => state);
  expect(states.filter((state) => state === "running")).toEqual(["running"]);
  expect(states.at(-1)).toBe("completed");
});

describe("paths", () => {
  test("paths in a flow count from its folder, --input and --output from the current one", async () => {
    fs.mkdirSync(place.file("flows/deep"), { recursive: true });
    const file = flow("flows/deep/f.json", "../../line.sgy", "result.sgy");
    expect((await place.run("run", path.relative(place.folder, file))).status).toBe(0);
    expect(fs.existsSync(place.file("flows/deep/result.sgy"))).toBe(true);
    const { status } = await place.run("run", file, "--input", "line.sgy", "--output", "here.sgy");
    expect(status).toBe(0);
    expect(fs.existsSync(place.file("here.sgy"))).toBe(true);
    expect(fs.existsSync(place.file("flows/deep/here.sgy"))).toBe(false);
  });

  const odd = `odd, names/a,b c'd "é#%41 💥,,`;

  test("commas, quotes, signs and letters of any kind may stand in every path", async () => {
    fs.mkdirSync(place.file(odd), { recursive: true });
    const at = (name: string) => path.join(odd, name);
    fs.copyFileSync(place.file("line.sgy"), place.file(at("in,put é.sgy")));
    const file = flow(at("f,low.json"), "in,put é.sgy", "o,,ut.sgy");
    const steps = [
      ["run", file],
      ["import", at("in,put é.sgy"), "--to", at("in,place.zarr")],
      ["import", at("in,put é.sgy"), "--to", at("co,py.zarr"), "--copy"],
      ["run", file, "--input", at("in,place.zarr"), "--output", at("from,place.sgy")],
      ["run", file, "--input", at("co,py.zarr"), "--output", at("from,copy.zarr")],
      ["export", at("from,copy.zarr"), "--to", at(",.sgy")],
    ];
    for (const step of steps) {
      const { status, stderr } = await place.run(...step);
      expect([step[0], status, stderr]).toEqual([step[0], 0, ""]);
    }
    const samples = (name: string) => ieeeSamples(fs.readFileSync(place.file(at(name))), 251);
    expect(samples("from,place.sgy")).toEqual(samples("o,,ut.sgy"));
    expect(samples(",.sgy")).toEqual(samples("o,,ut.sgy"));
  });

  test("an input behind links is read, and its own file is never written over through any link", async () => {
    const linked = place.file("linked");
    fs.mkdirSync(place.file("real"), { recursive: true });
    fs.symlinkSync(place.file("real"), linked);
    fs.copyFileSync(place.file("line.sgy"), place.file("real/line.sgy"));
    fs.symlinkSync("line.sgy", place.file("real/soft.sgy"));
    fs.linkSync(place.file("real/line.sgy"), place.file("real/hard.sgy"));
    const before = fs.readFileSync(place.file("real/line.sgy"));
    const file = flow("links.json", "linked/soft.sgy", "linked/out.sgy");
    expect((await place.run("run", file)).status).toBe(0);
    expect(fs.existsSync(place.file("real/out.sgy"))).toBe(true);
    for (const output of ["linked/soft.sgy", "real/line.sgy", "linked/line.sgy", "real/hard.sgy"]) {
      expectRefusal(await place.run("run", file, "--output", output), 2, /found the input itself/);
      expectRefusal(await place.run("export", "real/line.sgy", "--to", output), 2, /found the input itself/);
    }
    expect((await place.run("import", "linked/soft.sgy", "--to", "soft.zarr")).status).toBe(0);
    const ended = await place.run("run", file, "--input", "soft.zarr", "--output", "real/line.sgy");
    expectRefusal(ended, 2, /found the input itself/);
    expectRefusal(
      await place.run("run", file, "--input", "soft.zarr", "--output", "soft.zarr"),
      2,
      /input itself/,
    );
    expect(before.equals(fs.readFileSync(place.file("real/line.sgy")))).toBe(true);
    expect(fs.readdirSync(place.file("real")).sort()).toEqual([
      "hard.sgy",
      "line.sgy",
      "out.sgy",
      "soft.sgy",
    ]);
  });

  for (
    const [what, output, message] of [
      ["in a missing folder", "nowhere/out.sgy", /expected the folder .*nowhere, found none: make it/],
      ["under a file", "line.sgy/out.sgy", /expected the folder .*line.sgy, found none/],
      ["that is a folder", "real", /expected a file name, found a folder/],
      ["with a very long name", `${"n".repeat(248)}.sgy`, /Cannot write n+.sgy: .*too long: shorten it/],
      ["with an impossible name", `${"n".repeat(300)}.zarr`, /Cannot write n+.zarr: .*too long: shorten it/],
    ] as const
  ) {
    test(`an output ${what} is refused before anything runs`, async () => {
      fs.mkdirSync(place.file("real"), { recursive: true });
      const file = flow("refused.json", "line.sgy", output);
      expectRefusal(await place.run("run", file), 1, message);
      const folder = path.join(place.folder, path.dirname(output));
      if (fs.existsSync(folder) && fs.statSync(folder).isDirectory()) {
        expect(fs.readdirSync(folder).filter((name) => name.startsWith("nnn"))).toEqual([]);
      }
    });
  }

  test("a long name that fits is no trouble", async () => {
    const output = `${"n".repeat(240)}.sgy`;
    expect((await place.run("run", flow("fits.json", "line.sgy", output))).status).toBe(0);
    expect(fs.existsSync(place.file(output))).toBe(true);
  });

  test("a dataset never replaces what is no dataset", async () => {
    fs.mkdirSync(place.file("precious.zarr"));
    fs.writeFileSync(place.file("precious.zarr/thesis.txt"), "years");
    const ended = await place.run("run", flow("precious.json", "line.sgy", "precious.zarr"));
    expect(ended.status).toBeGreaterThan(0);
    expect(ended.stderr).toMatch(/expected nothing or a dataset there, found something else/);
    expect(fs.readFileSync(place.file("precious.zarr/thesis.txt"), "utf8")).toBe("years");
  });
});

describe("usage", () => {
  for (
    const [args, message] of [
      [["nonsense"], /Cannot run nonsense: expected one of scan, run/],
      [["run"], /expected one flow file, found none/],
      [["run", "a.json", "b.json"], /expected one flow file, found a.json b.json/],
      [["run", "a.json", "--workers", "0"], /expected --workers from 1 to 256, found 0/],
      [["run", "a.json", "--workers", "many"], /found many/],
      [["run", "a.json", "--on-error", "ignore"], /expected --on-error fail\|skip, found ignore/],
      [["run", "a.json", "--bogus"], /Unknown option '--bogus'/],
      [["import", "line.sgy"], /expected --to, found none/],
      [["import", "line.sgy", "--to", "x.sgy"], /expected --to with a name ending in .zarr/],
      [["import", "line.sgy", "--to", "x.zarr", "--map", "cdp"], /expected NAME=BYTE:TYPE/],
      [["import", "line.sgy", "--to", "x.zarr", "--map", "cdp=0:int32"], /counted from 1/],
      [["import", "line.sgy", "--to", "x.zarr", "--map", "cdp=239:int32"], /expected 1 to 237 for int32/],
      [["import", "line.sgy", "--to", "x.zarr", "--map", "cdp=21:complex"], /expected one of the types/],
      [["import", "line.sgy", "--to", "x.zarr", "--map", "a=1", "--map", "a=5"], /expected each name once/],
      [["export", "line.sgy", "--to", "x.zarr"], /expected --to with the name of a SEG-Y file/],
      [["export", "line.sgy", "--to", "x.sgy", "--format", "wav"], /expected --format ieee\|ibm/],
      [["export", "line.sgy", "--to", "x.sgy", "--endian", "middle"], /expected --endian big\|little/],
      [["processes", "bandpas"], /Cannot show process bandpas/],
      [["scan"], /expected a file, found none/],
      [["jobs", "frobnicate"], /expected one of list/],
    ] as const
  ) {
    test(`seisproc ${args.join(" ")} exits 2`, async () => {
      const ended = await place.run(...args);
      expectRefusal(ended, 2, message);
      expectNothingAt(place.file("x.sgy"));
    });
  }

  test("a job that is not there is a failure, whatever its name", async () => {
    for (const id of ["20200101-000000-000-abcdef", "../../etc"]) {
      expectRefusal(await place.run("jobs", "show", id), 1, /Cannot .*expected .*found/);
    }
  });

  test("each command has a help with examples, wherever --help stands", async () => {
    for (const command of COMMANDS) {
      for (const args of [[command, "--help"], ["help", command], [command, "x", "-h"]]) {
        const { status, stdout, stderr } = await place.run(...args);
        expect([args, status, stderr]).toEqual([args, 0, ""]);
        expect(stdout).toMatch(new RegExp(`^Usage: seisproc ${command}`));
        expect(stdout).toContain(`seisproc ${command}`);
      }
    }
  });

  test("processes lists every process, and each one's parameters with units and defaults", async () => {
    const all = jsonLines((await place.run("processes", "--json")).stdout);
    const ids = all.map(({ id }) => String(id));
    for (const id of ["bandpass", "agc", "nmo", "stack", "fk_filter", "header_math"]) {
      expect(ids).toContain(id);
    }
    const [bandpass] = jsonLines((await place.run("processes", "bandpass", "--json")).stdout);
    expect(bandpass).toMatchObject({ id: "bandpass" });
    expect(bandpass.parameters).toContainEqual(
      expect.objectContaining({ name: "lowHz", unit: "Hz", default: 10 }),
    );
    expect((await place.run("processes", "bandpass")).stdout).toMatch(/lowHz.*Hz/);
  });

  test("npx seisproc works in a checkout", () => {
    const version = execFileSync("npx", ["--no-install", "seisproc", "--version"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("demo makes a line, runs it and says where all lies", async () => {
    const { status, stdout, stderr } = await place.run("demo", "--dir", "a demo");
    expect([status, stderr]).toEqual([0, ""]);
    for (const name of ["line.sgy", "brute_stack.json", "stack.sgy"]) {
      expect(stdout).toContain(place.file(`a demo/${name}`));
      expect(fs.existsSync(place.file(`a demo/${name}`))).toBe(true);
    }
    const again = await place.run("demo", "--dir", "a demo", "--json");
    expect(again.status).toBe(0);
    expect(jsonLines(again.stdout).at(-1)).toMatchObject({ state: "completed" });
  });
});

describe("scan", () => {
  const there = sharedHas("data/segy");
  const files = there ? fs.readdirSync(sharedFile("data/segy")).filter((name) => name.endsWith(".sgy")) : [];

  test.skipIf(!there)(
    "every file of the collection is told about, as text and as JSON, never with a trace",
    async () => {
      for (const name of files) {
        const file = sharedFile("data/segy", name);
        const { status, stdout, stderr } = await place.run("scan", file);
        expect([name, [0, 1].includes(status ?? -1)]).toEqual([name, true]);
        expectNoTrace(stdout + stderr);
        expect(stdout).toContain("traces ");
        // deno-lint-ignore no-control-regex -- control characters of a file must not reach the terminal
        expect([name, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(stdout)]).toEqual([name, false]);
        const [report] = jsonLines((await place.run("scan", file, "--json")).stdout);
        expect(report).toMatchObject({ traces: expect.any(Number), samples: expect.any(Number) });
      }
    },
    120_000,
  );

  for (
    const [what, make] of [
      ["an empty file", () => fs.writeFileSync(place.file("odd"), "")],
      ["a text file", () => fs.writeFileSync(place.file("odd"), "Seismic, they said.\n".repeat(300))],
      ["zeros", () => fs.writeFileSync(place.file("odd"), new Uint8Array(10_000))],
      ["ones", () => fs.writeFileSync(place.file("odd"), new Uint8Array(10_000).fill(255))],
      ["noise", () => fs.writeFileSync(place.file("odd"), noise(100_000))],
      ["a folder", () => fs.mkdirSync(place.file("odd"))],
      ["nothing at all", () => {}],
    ] as const
  ) {
    test(`${what} is told about without a trace`, async () => {
      fs.rmSync(place.file("odd"), { recursive: true, force: true });
      make();
      for (const more of [[], ["--json"]]) {
        const { status, stdout, stderr } = await place.run("scan", "odd", ...more);
        expectNoTrace(stdout + stderr);
        expect(status).toBe(1);
        if (more.length > 0) expect(jsonLines(stdout)).toHaveLength(1);
      }
    });
  }

  test("a cut file is told about as far as it goes, with trace and byte", async () => {
    fs.writeFileSync(
      place.file("cut.sgy"),
      fs.readFileSync(place.file("line.sgy")).subarray(0, 3600 + 5 * 1244 + 9),
    );
    const { status, stdout } = await place.run("scan", "cut.sgy");
    expect(status).toBe(0);
    expect(stdout).toMatch(/cut short in trace 6: expected 1244 bytes from byte 9821, found 9/);
  });
});

/** Bytes that repeat nowhere, the same each time. */
function noise(bytes: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: bytes }, () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return state >>> 24;
  });
}
