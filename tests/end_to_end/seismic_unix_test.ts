/** Seismic Unix files in and out, through the program as a user starts it. */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { segyBytes, testValue } from "../segy/make_segy.ts";
import { suBytes, type SuRecipe } from "../segy/make_su.ts";
import { sharedFile, sharedHas } from "../shared_data.ts";
import { expectRefusal } from "./refusal.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
afterAll(() => place.remove());

const put = (name: string, bytes: Uint8Array) => fs.writeFileSync(place.file(name), bytes);
const bytesOf = (name: string) => fs.readFileSync(place.file(name));
const same = (name: string, bytes: Uint8Array) => expect(Buffer.compare(bytesOf(name), bytes)).toBe(0);
const copy = (input: string, output: string, more: Record<string, unknown> = {}) =>
  place.flow("copy.json", { input: { path: input }, processes: [], output: { path: output, ...more } });

const OWN = { d1: 0.25, f1: -3.5, d2: 12.5, f2: 1e6, unscale: 1e-9, ntr: 5, mark: 3 } as const;
const MEMBERS: readonly (readonly [string, SuRecipe])[] = [
  ["five traces", {}],
  ["one trace", { traces: 1 }],
  ["words of its own", OWN],
  ["delays", { delayMs: (trace) => 40 * trace }],
  ["40,000 samples", { samples: 40_000, traces: 3 }],
  ["an interval beyond 32767 us", { interval: 50_000 }],
  ["other words", { words: (trace) => [[29, 1], [89, 1], [95, trace], [169, 7], [175, 12]] }],
];

describe.each(MEMBERS)("%s", (_, recipe) => {
  const big = suBytes({ ...recipe, little: false }), little = suBytes({ ...recipe, little: true });

  test("either byte order becomes the machine's, or the one that is asked, to the last byte", async () => {
    put("big", big);
    expect((await place.run("run", copy("big", "out.su"))).status).toBe(0);
    same("out.su", little);
    expect((await place.run("export", "out.su", "--to", "OUT.SU", "--endian", "big")).status).toBe(0);
    same("OUT.SU", big);
  });

  test("SEG-Y keeps the 240 bytes of every trace header, and gives the file back", async () => {
    put("line.su", little);
    expect((await place.run("export", "line.su", "--to", "line.sgy")).status).toBe(0);
    const { samples = 20, traces = 5 } = recipe;
    const stride = 240 + 4 * samples, file = bytesOf("line.sgy");
    const start = file.length - traces * stride;
    for (let trace = 0; trace < traces; trace++) {
      const header = Buffer.from(big.subarray(trace * stride, trace * stride + 240));
      const found = file.subarray(start + trace * stride, start + trace * stride + 240);
      if ((recipe.interval ?? 0) > 32_767) header.writeUInt16BE(0, 116);
      expect(Buffer.compare(found, header)).toBe(0);
    }
    if (Object.is(recipe, OWN)) return;
    expect((await place.run("export", "line.sgy", "--to", "again.su")).status).toBe(0);
    same("again.su", little);
  });
});

test.each([{}, OWN])("a dataset, in place or with a copy, gives the file back: %j", async (recipe) => {
  const bytes = suBytes({ ...recipe, little: false });
  put("line.su", bytes);
  expect((await place.run("import", "line.su", "--to", "copied.zarr", "--copy")).status).toBe(0);
  expect((await place.run("import", "line.su", "--to", "in place.zarr")).status).toBe(0);
  for (const dataset of ["copied.zarr", "in place.zarr"]) {
    expect((await place.run("export", dataset, "--to", "back.su", "--endian", "big")).status).toBe(0);
    same("back.su", bytes);
    fs.rmSync(place.file("back.su"));
  }
});

test("a scan says what the file is, and takes nothing of its own words for coordinates", async () => {
  put("own", suBytes({ ...OWN, little: false }));
  const [report] = jsonLines((await place.run("scan", "own", "--json")).stdout);
  expect(report).toMatchObject({ kind: "su", traces: 5, samples: 20, byteOrder: "big", textHeaders: [] });
  const words = (report.headers as { word: string; min: number }[]).map(({ word, min }) => [word, min]);
  expect(words).toContainEqual(["d1", 0.25]);
  expect(words).toContainEqual(["f1", -3.5]);
  expect(words.map(([word]) => word)).not.toContain("cdpx");
  expect(words.map(([word]) => word)).not.toContain("iline");
  expect(JSON.stringify(report.extents)).not.toContain("cdpx");
  expect(JSON.stringify(report.findings)).toMatch(
    /Seismic Unix has d1, f1, d2, f2, unscale, ntr, mark where SEG-Y has cdpx/,
  );
  const { stdout, status } = await place.run("scan", "own");
  expect(status).toBe(0);
  expect(stdout).toContain("Seismic Unix, no file headers");
  expect(stdout).not.toContain("Text header");
});

test("its own words sort and select, those of SEG-Y are unknown", async () => {
  put("line.su", suBytes({ ...OWN, words: (trace) => [[209, 9 - trace]] }));
  const file = place.flow("mark.json", {
    input: { path: "line.su", order: ["mark"], select: "mark < 9 && f1 < 0" },
    processes: [],
    output: { path: "sorted.sgy" },
  });
  const samples = ieeeSamples(await place.bytesOf(file, "sorted.sgy"), 20);
  expect(samples.map((trace) => trace[0])).toEqual([4, 3, 2, 1].map((trace) => testValue(trace, 0)));
  const iline = await place.run("run", file, "--select", "iline == 0");
  expectRefusal(iline, 2, /found iline at column 1/);
});

test("bytes that mean something else to the readers of the output are named", async () => {
  put("line.su", suBytes(OWN));
  const toSegy = await place.run("export", "line.su", "--to", "line.sgy");
  expect(toSegy.stderr).toMatch(
    /d1, f1, d2, f2, unscale, ntr, mark of Seismic Unix lie where SEG-Y has other words/,
  );
  put("volume.sgy", segyBytes({ words: (trace) => [[189, 4, 10 + trace], [193, 4, 20]] }));
  const toSu = await place.run("export", "volume.sgy", "--to", "volume.su");
  expect(toSu.stderr).toMatch(
    /iline, xline of SEG-Y lie where Seismic Unix has other words \(bytes 189 to 193\)/,
  );
});

test("traces are processed as those of any file, from each one's own delay", async () => {
  const delays = [0, 0, 40, 40, 40];
  put("late.su", suBytes({ samples: 50, delayMs: (trace) => delays[trace], value: () => 1 }));
  const mute = { process: "mute", parameters: { timesMs: [100], taperMs: 0 } };
  const file = place.flow("mute.json", {
    input: { path: "late.su" },
    processes: [mute],
    output: { path: "mute.sgy" },
  });
  const samples = ieeeSamples(await place.bytesOf(file, "mute.sgy"), 50);
  expect(samples.map((trace) => trace.findIndex((x) => x !== 0))).toEqual([25, 25, 15, 15, 15]);
});

test("traces of different lengths are read and said to be none that Seismic Unix reads", async () => {
  put("varying.su", suBytes({ samplesOf: (trace) => 20 + 2 * trace }));
  const { status, stdout, stderr } = await place.run("run", copy("varying.su", "varying.sgy"), "--json");
  expect([status, stderr]).toEqual([0, ""]);
  const { result } = jsonLines(stdout).at(-1) as { result: { warnings: string[] } };
  expect(result.warnings.join()).toMatch(/Seismic Unix itself cannot read such a file/);
  expect(result.warnings.join()).toMatch(/20 to 28 samples/);
  const samples = ieeeSamples(bytesOf("varying.sgy"), 28);
  expect([samples[0][19], samples[0][20], samples[4][27]]).toEqual([testValue(0, 19), 0, testValue(4, 27)]);
});

test("a SEG-Y file by the name of the other is read as what it is", async () => {
  put("really.su", segyBytes());
  const [report] = jsonLines((await place.run("scan", "really.su", "--json")).stdout);
  expect(report).toMatchObject({ kind: "segy", traces: 5, samples: 20 });
});

test("the user has the last word here too", async () => {
  put("silent.su", suBytes({ interval: 0 }));
  expectRefusal(
    await place.run("run", copy("silent.su", "s.sgy")),
    1,
    /expected a sample interval in trace 1 \(byte 117\), found 0: .*--read intervalUs=N/,
  );
  const args = ["--read", "intervalUs=2000,samples=20,endian=little", "--map", "num=9:int32"];
  expect((await place.run("run", copy("silent.su", "s.sgy"), ...args)).status).toBe(0);
  expect(bytesOf("s.sgy").readUInt16BE(3216)).toBe(2000);
  const wrong = await place.run("scan", "silent.su", "--read", "samples=21");
  expectRefusal(wrong, 2, /240 \+ 21 x 4 = 324 bytes to fill the 1600 bytes/);
});

describe("what Seismic Unix cannot hold is refused before the job", () => {
  test.each([
    ["another format", [], { format: "ibm" }, /expected samples as IEEE floats/],
    ["a text header", [], { text: ["C 1"] }, /expected no text header/],
    ["broken microseconds", [], {}, /whole microseconds up to 65535, found 62\.5/],
  ])("%s", async (what, args, output, message) => {
    put("source.sgy", segyBytes());
    const more = what === "broken microseconds" ? ["--read", "intervalUs=62.5"] : args;
    expectRefusal(await place.run("run", copy("source.sgy", "no.su", output), ...more), 2, message);
    expect(fs.existsSync(place.file("no.su"))).toBe(false);
  });

  test("more than 65,535 samples", async () => {
    put(
      "long.sgy",
      segyBytes({
        major: 2,
        minor: 1,
        constant: true,
        samples: 70_000,
        traces: 2,
        saidSamples: 0,
        saidTraceSamples: 0,
        extendedSamples: 70_000,
      }),
    );
    const ended = await place.run("run", copy("long.sgy", "no.su"));
    expectRefusal(ended, 2, /expected at most 65535 samples a trace, found 70000/);
  });
});

test.each([["empty.su", 0, /found an empty file/], ["short.su", 100, /found 100 bytes/]])(
  "%s is no file of traces",
  async (name, bytes, message) => {
    put(name, new Uint8Array(bytes));
    expectRefusal(await place.run("run", copy(name, "e.sgy")), 1, message);
  },
);

test("text headers are asked of a file that has none", async () => {
  put("line.su", suBytes());
  expectRefusal(await place.run("text", "line.su"), 1, /found a Seismic Unix file, which has none/);
});

test.skipIf(!sharedHas("data/cases/line-big.su"))(
  "the files of the shared cases are one survey",
  async () => {
    const files = ["big", "little"].map((order) => sharedFile("data", "cases", `line-${order}.su`));
    for (const file of files) {
      expect((await place.run("export", file, "--to", "case.su")).status).toBe(0);
      same("case.su", fs.readFileSync(files[1]));
    }
  },
);
