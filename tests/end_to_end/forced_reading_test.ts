/** The user has the last word on how a file is read: the same bytes from an option, a flow, an import and an export. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseWork } from "../../src/shared/job/parse_work.ts";
import { asciiText, type SegyRecipe, testValue } from "../segy/make_segy.ts";
import { expectRefusal } from "./refusal.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const SAMPLES = 20, TRACES = 5;

/** Little-endian IBM floats that claim IEEE, the wrong count, no interval and no extended text though there is one. */
const LIES = {
  order: "little",
  code: 1,
  saidCode: 5,
  samples: SAMPLES,
  traces: TRACES,
  saidSamples: 10,
  saidTraceSamples: 30,
  interval: 0,
  extended: [asciiText(["NOT SAID"])],
  saidExtended: 0,
  words: (trace) => [[193, 4, 100 + trace]],
} satisfies SegyRecipe;
const WORD = { name: "cdp", byte: 193, type: "int32" } as const;
const TRUTH = "format=ibm,endian=little,samples=20,intervalUs=2500,extendedTexts=1";
const READ = { format: "ibm", endian: "little", samples: SAMPLES, intervalUs: 2500, extendedTexts: 1 };

let wanted: Float32Array[];

beforeAll(() => {
  place.segy("lies.sgy", LIES);
  wanted = Array.from(
    { length: TRACES },
    (_, trace) => Float32Array.from({ length: SAMPLES }, (_, i) => testValue(trace, i)),
  );
});
afterAll(() => place.remove());

function flow(output: string, more: Record<string, unknown> = {}, order: readonly string[] = []): string {
  const input = { path: "lies.sgy", order, ...more };
  return place.flow(`${output}.json`, { input, processes: [], output: { path: output } });
}

const bytes = (file: string) => fs.readFileSync(place.file(file));
const samplesOf = (file: string) => ieeeSamples(bytes(file), SAMPLES);

describe("a file that lies in every header is read by what the user says", () => {
  test("in run, from the command line and from the flow alone, with the same bytes", async () => {
    const byOption = await place.run("run", flow("out.sgy"), "--read", TRUTH, "--map", "cdp=193:int32");
    expect(byOption.status).toBe(0);
    expect(samplesOf("out.sgy")).toEqual(wanted);
    const first = bytes("out.sgy");
    const read = { ...READ, map: ["cdp=193:int32"] };
    expect((await place.run("run", flow("out.sgy", { read }))).status).toBe(0);
    expect(bytes("out.sgy").equals(first)).toBe(true);
    const objects = { ...READ, map: [WORD] };
    expect((await place.run("run", flow("out.sgy", { read: objects }))).status).toBe(0);
    expect(bytes("out.sgy").equals(first)).toBe(true);
  });

  test("an option wins over the flow, field by field", async () => {
    const file = flow("won.sgy", { read: { ...READ, samples: 40, intervalUs: 1000 } });
    const { status } = await place.run("run", file, "--read", "samples=20", "--read", "intervalUs=2500");
    expect(status).toBe(0);
    expect(samplesOf("won.sgy")).toEqual(wanted);
    expect(bytes("won.sgy").readUInt16BE(3216)).toBe(2500);
  });

  test("the words of the flow order the traces", async () => {
    const read = { ...READ, map: ["num=193:int32"] };
    expect((await place.run("run", flow("order.sgy", { read }, ["-num"]))).status).toBe(0);
    expect(samplesOf("order.sgy")).toEqual(wanted.toReversed());
  });

  test("in scan: the report is that of the truth, and what was forced is among the findings", async () => {
    const { status, stdout } = await place.run("scan", "lies.sgy", "--json", "--read", TRUTH);
    expect(status).toBe(0);
    const [report] = jsonLines(stdout);
    expect(report).toMatchObject({ traces: TRACES, samples: SAMPLES, intervalUs: 2500, byteOrder: "little" });
    const findings = JSON.stringify(report.findings);
    expect(findings).toMatch(/sample format.*|format is forced to 4-byte IBM/);
    for (const what of ["number of samples", "sample interval", "number of extended text headers"]) {
      expect(findings).toContain(`the ${what} is forced to`);
    }
  });

  test("in run the same is a warning of the job", async () => {
    const { stdout } = await place.run("run", flow("warn.sgy"), "--read", TRUTH, "--json");
    const { result } = jsonLines(stdout).at(-1) as { result: { warnings: string[] } };
    expect(result.warnings.join("\n")).toMatch(/number of samples is forced to 20, .* binary header says 10/);
    expect(result.warnings.join("\n")).toMatch(/format is forced to 4-byte IBM .* header says code 5/);
  });

  test("an import with a copy holds the samples, and says how they were read", async () => {
    const args = ["--to", "copy.zarr", "--copy", "--read", TRUTH, "--map", "num=193:int32"];
    expect((await place.run("import", "lies.sgy", ...args)).status).toBe(0);
    expect((await place.run("export", "copy.zarr", "--to", "copy.sgy")).status).toBe(0);
    expect(samplesOf("copy.sgy")).toEqual(wanted);
    const document = fs.readFileSync(place.file("copy.zarr/zarr.json"), "utf8");
    expect(document).toContain("read format=ibm,endian=little,samples=20");
  });

  test("an import in place keeps the reading for all that comes after", async () => {
    expect((await place.run("import", "lies.sgy", "--to", "here.zarr", "--read", TRUTH)).status).toBe(0);
    expect((await place.run("export", "here.zarr", "--to", "here.sgy")).status).toBe(0);
    expect(samplesOf("here.sgy")).toEqual(wanted);
    expect((await place.run("run", flow("again.sgy"), "--input", "here.zarr")).status).toBe(0);
    expect(samplesOf("again.sgy")).toEqual(wanted);
    const half = await place.run("export", "here.zarr", "--to", "half.sgy", "--read", "intervalUs=5000");
    expect(half.status).toBe(0);
    expect(bytes("half.sgy").readUInt16BE(3216)).toBe(5000);
    expect(samplesOf("half.sgy")).toEqual(wanted);
  });

  test("an export reads as it is told and writes the format and byte order that are asked", async () => {
    const args = ["--to", "ibm.sgy", "--read", TRUTH, "--format", "ibm", "--endian", "little"];
    expect((await place.run("export", "lies.sgy", ...args)).status).toBe(0);
    expect((await place.run("run", flow("back.sgy"), "--input", "ibm.sgy")).status).toBe(0);
    expect(samplesOf("back.sgy")).toEqual(wanted);
  });

  test("a job of an earlier version, with its map and byte order beside the flow, reads and writes as it did", () => {
    const job = { kind: "flow", onError: "fail", options: {}, littleEndian: true, map: [WORD] };
    const document = { seisproc: 1, input: { path: "/a.sgy" }, output: { path: "/b.sgy" } };
    expect(parseWork({ ...job, flow: document })).toMatchObject({
      flow: { input: { read: { map: [WORD] } }, output: { endian: "little" } },
    });
    expect(parseWork({ kind: "header_scan", input: "/a.sgy", to: "/a.zarr", map: [WORD] })).toMatchObject({
      read: { map: [WORD] },
    });
  });
});

describe("a reading that cannot be is refused with its figures", () => {
  const commands = (read: string): [string, string[]][] => [
    ["scan", ["scan", "lies.sgy", "--read", read]],
    ["run", ["run", flow("no.sgy"), "--read", read]],
    ["import", ["import", "lies.sgy", "--to", "no.zarr", "--read", read]],
    ["export", ["export", "lies.sgy", "--to", "no.sgy", "--read", read]],
  ];

  test.each(commands("endian=little,extendedTexts=1,format=ibm,samples=19"))("%s", async (_, args) => {
    const ended = await place.run(...args);
    const figures =
      /expected traces of 240 \+ 19 x 4 = 316 bytes to fill the 1600 bytes .* found 5 of them and 20/;
    expectRefusal(ended, 2, figures);
    expect(fs.existsSync(place.file("no.sgy")) || fs.existsSync(place.file("no.zarr"))).toBe(false);
  });

  test("more extended texts than the file holds", async () => {
    const ended = await place.run("scan", "lies.sgy", "--read", "extendedTexts=9");
    expectRefusal(ended, 2, /expected traces after 32400 bytes of headers, found a file of 8400 bytes/);
  });

  test("a format of another size", async () => {
    const ended = await place.run("scan", "lies.sgy", "--read", `${TRUTH.replace("ibm", "int16")}`);
    expectRefusal(ended, 2, /240 \+ 20 x 2 = 280 bytes .* found 5 of them and 200/);
  });
});

test("a file that is cut can be forced all the same, and is named as cut", async () => {
  place.line("whole.sgy", { shots: 2, channels: 5, samplesPerTrace: 50 });
  fs.writeFileSync(place.file("cut.sgy"), bytes("whole.sgy").subarray(0, -100));
  const { status, stdout } = await place.run("scan", "cut.sgy", "--json", "--read", "format=ibm,samples=50");
  expect(status).toBe(0);
  expect(jsonLines(stdout)[0]).toMatchObject({ completeTraces: 9, samples: 50 });
  const file = place.flow("cut", { input: { path: "cut.sgy" }, processes: [], output: { path: "c.sgy" } });
  expectRefusal(await place.run("run", file, "--read", "samples=50"), 1, /cut short/);
});

test("forcing what the file says anyway changes nothing and is said as such", async () => {
  place.line("plain.sgy", { shots: 2, channels: 5, samplesPerTrace: 50 });
  const file = place.flow("p", { input: { path: "plain.sgy" }, processes: [], output: { path: "p.sgy" } });
  const samples = async (...args: string[]) => ieeeSamples(await place.bytesOf(file, "p.sgy", ...args), 50);
  expect(await samples("--read", "format=ibm,endian=big,samples=50,intervalUs=4000")).toEqual(
    await samples(),
  );
  const scan = await place.run("scan", "plain.sgy", "--read", "samples=50");
  expect(scan.stdout).toContain("info: The number of samples is forced to 50 (byte 3221): as the file says.");
});

test("a stored dataset cannot be read in another format, only at another interval", async () => {
  place.line("stored.sgy", { shots: 2, channels: 5, samplesPerTrace: 50 });
  expect((await place.run("import", "stored.sgy", "--to", "stored.zarr", "--copy")).status).toBe(0);
  const refused = await place.run("export", "stored.zarr", "--to", "s.sgy", "--read", "format=ibm");
  expectRefusal(refused, 2, /found a stored dataset.*: import its file again with --read format=ibm/);
  const slower = await place.run("export", "stored.zarr", "--to", "s.sgy", "--read", "intervalUs=8000");
  expect([slower.status, bytes("s.sgy").readUInt16BE(3216)]).toEqual([0, 8000]);
  expect(slower.stderr).toContain("The sample interval is forced to 8000 us, the dataset says 4000 us.");
});

test.each([
  [["--read", "format=float"], /Cannot use --read format=float: expected for format one of/],
  [["--read", "samples=20", "--read", "samples=30"], /expected each name once, found samples twice/],
  [["--map", "cdp=900:int32"], /Cannot map cdp to byte 900: expected 1 to 237/],
  [["--map", "cdp"], /Cannot use header mapping cdp/],
])("%s is wrong usage in every command", async (args, message) => {
  expectRefusal(await place.run("scan", "lies.sgy", ...args), 2, message);
  expectRefusal(await place.run("export", "lies.sgy", "--to", "x.sgy", ...args), 2, message);
});

test.each([
  [{ format: "float" }, /input\.read\.format: expected for format one of/],
  [{ sample: 20 }, /input\.read\.sample: expected only format, endian, .*did you mean samples/],
  [{ map: "cdp=21" }, /input\.read\.map: expected for map a list/],
  [{ map: ["cdp=21:int5"] }, /input\.read\.map: .*expected one of the types/],
  [[], /input\.read: expected an object/],
])("a flow that says read %j is refused at its place", async (read, message) => {
  expectRefusal(await place.run("run", flow("bad.sgy", { read })), 2, message);
});
