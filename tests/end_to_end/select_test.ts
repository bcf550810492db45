/** A part of a survey: chosen traces through runs, exports and imports, the same bytes however it is asked and run. */
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectNothingAt, expectRefusal } from "./refusal.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const SHOTS = 12, CHANNELS = 24, SAMPLES = 251, TRACES = SHOTS * CHANNELS;

interface Trace {
  readonly fldr: number;
  readonly tracf: number;
  readonly cdp: number;
  readonly offset: number;
}
/** As the synthetic line is made: shot by shot, 25 m apart. */
const HEADERS: readonly Trace[] = Array.from({ length: TRACES }, (_, i) => {
  const shot = Math.floor(i / CHANNELS), channel = i % CHANNELS;
  return {
    fldr: shot + 1,
    tracf: channel + 1,
    cdp: 2 * shot + CHANNELS - channel,
    offset: 100 + channel * 25,
  };
});
const all = HEADERS.map((_, i) => i);
const where = (holds: (trace: Trace) => boolean) => all.filter((i) => holds(HEADERS[i]));

let samples: Float32Array[];

beforeAll(async () => {
  place.line("line.sgy");
  const made = await Promise.all([
    place.run("import", "line.sgy", "--to", "in place.zarr"),
    place.run("import", "line.sgy", "--to", "stored.zarr", "--copy"),
  ]);
  expect(made.map(({ status }) => status)).toEqual([0, 0]);
  samples = await samplesOf(flow("whole", {}));
});
afterAll(() => place.remove());

function flow(name: string, input: Record<string, unknown>, processes: readonly unknown[] = []): string {
  const source = { path: "line.sgy", ...input };
  return place.flow(`${name}.json`, { input: source, processes, output: { path: "out.sgy" } });
}

async function samplesOf(file: string, ...args: string[]): Promise<Float32Array[]> {
  return ieeeSamples(await place.bytesOf(file, "out.sgy", ...args), SAMPLES);
}

const chosen = (numbers: readonly number[]) => numbers.map((i) => samples[i]);

describe.each(
  [
    ["cdp >= 10 && offset < 300", (t: Trace) => t.cdp >= 10 && t.offset < 300],
    ["mod(fldr, 3) == 0", (t: Trace) => t.fldr % 3 === 0],
    ["offset == 100 || offset == 675", (t: Trace) => t.offset === 100 || t.offset === 675],
    ["ensemble == 12", (t: Trace) => t.cdp === 12],
    ["sx >= 5100", (t: Trace) => t.fldr >= 5],
    ["fldr == 7 && tracf == 24", (t: Trace) => t.fldr === 7 && t.tracf === 24],
    ["1", () => true],
  ] as const,
)("%s", (select, holds) => {
  test("takes the traces for which it holds, in the order of the file", async () => {
    expect(await samplesOf(flow("some", { select }))).toEqual(chosen(where(holds)));
  });
});

test("a range of traces counts from 1 and holds both ends", async () => {
  expect(await samplesOf(flow("range", { traces: [25, 48] }))).toEqual(chosen(where((t) => t.fldr === 2)));
  expect(await samplesOf(flow("one", {}), "--traces", "288")).toEqual(chosen([287]));
});

test("range and expression together take what is in both", async () => {
  const both = flow("both", { traces: [1, 48], select: "tracf > 20" });
  expect(await samplesOf(both)).toEqual(chosen(where((t) => t.fldr <= 2 && t.tracf > 20)));
});

test("the command line says what the flow would, with the same bytes", async () => {
  const select = "cdp >= 10 && offset < 300";
  const byFlow = await place.bytesOf(flow("same", { select, traces: [10, 200] }), "out.sgy");
  const file = place.flow("same.json", {
    input: { path: "line.sgy", select: "cdp == 1" },
    processes: [],
    output: { path: "out.sgy" },
  });
  const byOption = await place.bytesOf(file, "out.sgy", "--select", select, "--traces", "10-200");
  expect(Buffer.compare(byFlow, byOption)).toBe(0);
});

test("chosen traces are sorted, gathered and stacked among themselves, whatever the input and the workers", async () => {
  const input = { select: "offset < 400 && fldr != 4", traces: [13, 280], order: ["cdp", "-offset"] };
  const kept = where((t) => t.offset < 400 && t.fldr !== 4).filter((i) => i >= 12 && i < 280);
  const sorted = [...kept].sort((a, b) =>
    HEADERS[a].cdp - HEADERS[b].cdp || HEADERS[b].offset - HEADERS[a].offset
  );
  expect(await samplesOf(flow("sort", input))).toEqual(chosen(sorted));
  const stack = flow("stack", input, [{ process: "stack", parameters: { key: "cdp" } }]);
  const first = await place.bytesOf(stack, "out.sgy");
  const gathers = new Set(kept.map((i) => HEADERS[i].cdp));
  expect(ieeeSamples(first, SAMPLES)).toHaveLength(gathers.size);
  for (const args of [["--workers", "1"], ["--workers", "5"]]) {
    expect(Buffer.compare(first, await place.bytesOf(stack, "out.sgy", ...args))).toBe(0);
  }
  for (const dataset of ["in place.zarr", "stored.zarr"]) {
    const found = await samplesOf(stack, "--input", dataset);
    expect(found).toEqual(ieeeSamples(first, SAMPLES));
  }
});

test("gathers of the file's order are those of chosen traces", async () => {
  const balance = { process: "stack", parameters: { key: "fldr" } };
  const stacked = await samplesOf(flow("shots", { select: "fldr > 9" }, [balance]));
  expect(stacked).toHaveLength(3);
});

test("preflight and the job say how many traces are left, and the output how they were chosen", async () => {
  const { stdout } = await place.run("run", flow("count", { select: "fldr <= 2" }), "--json");
  const lines = jsonLines(stdout);
  const { result } = lines.at(-1) as { result: { warnings: string[]; tracesRead: number } };
  expect(result.tracesRead).toBe(48);
  expect(result.warnings).toContain("48 of 288 traces are taken: fldr <= 2.");
  const [{ id }] = lines;
  const [job] = jsonLines((await place.run("jobs", "show", String(id), "--json")).stdout);
  expect(job).toMatchObject({ estimate: { traces: 48 } });
  const scan = await place.run("scan", "out.sgy");
  expect(scan.stdout).toContain("Source: line.sgy, fldr <= 2");
});

test("exports and imports with a copy take a part too, imports in place refuse it", async () => {
  const args = ["--select", "fldr == 3", "--traces", "49-60"];
  expect((await place.run("export", "stored.zarr", "--to", "part.sgy", ...args)).status).toBe(0);
  expect(ieeeSamples(fs.readFileSync(place.file("part.sgy")), SAMPLES)).toEqual(chosen(all.slice(48, 60)));
  expect((await place.run("import", "line.sgy", "--to", "part.zarr", "--copy", ...args)).status).toBe(0);
  expect((await place.run("export", "part.zarr", "--to", "again.sgy")).status).toBe(0);
  expect(ieeeSamples(fs.readFileSync(place.file("again.sgy")), SAMPLES)).toEqual(chosen(all.slice(48, 60)));
  const inPlace = await place.run("import", "line.sgy", "--to", "no.zarr", "--select", "fldr == 3");
  expectRefusal(inPlace, 2, /expected --copy with --select/);
});

test("an interrupted job goes on with the same traces to the same bytes", async () => {
  place.line("long.sgy", { shots: 120, channels: 60, samplesPerTrace: 1001 });
  const deconvolution = { process: "deconvolution", parameters: { gapMs: 20, operatorMs: 400 } };
  const input = { path: "long.sgy", select: "mod(cdp, 3) != 1", traces: [50, 7000], order: ["-offset"] };
  const file = flow("resume", input, Array(8).fill(deconvolution));
  const started = place.start("run", file, "--json");
  await started.shows('"news":"progress"');
  process.kill(-(started.child.pid ?? 0), "SIGINT");
  const { status, stdout } = await started.ended;
  expect(status).toBe(4);
  expect((await place.run("jobs", "resume", String(jsonLines(stdout)[0].id))).status).toBe(0);
  const resumed = fs.readFileSync(place.file("out.sgy"));
  expect(Buffer.compare(resumed, await place.bytesOf(file, "out.sgy", "--workers", "1"))).toBe(0);
});

test("a skipped gather is named by its number in the file", async () => {
  const bad = fs.readFileSync(place.file("line.sgy"));
  const traceBytes = 240 + 4 * SAMPLES;
  bad.fill(0xff, 3600 + 100 * traceBytes + 240, 3600 + 100 * traceBytes + 260);
  fs.writeFileSync(place.file("hurt.sgy"), bad);
  const file = flow("skip", { path: "hurt.sgy", select: "fldr >= 5" }, [
    { process: "agc", parameters: { windowMs: 100 } },
  ]);
  const read = ["--read", "format=ieee", "--on-error", "skip", "--json"];
  const { stdout, status } = await place.run("run", file, ...read);
  expect(status).toBe(0);
  const { result } = jsonLines(stdout).at(-1) as { result: { skipped: { trace: number }[] } };
  expect(result.skipped.map(({ trace }) => trace)).toContain(101);
});

test("gathers that are split among chosen traces are named by their traces in the file", async () => {
  const file = flow("split", { select: "fldr > 4" }, [{ process: "stack", parameters: { key: "cdp" } }]);
  expectRefusal(await place.run("run", file), 1, /found them at trace 97 and again at trace 123/);
});

describe("what is refused before the job, with nothing written", () => {
  test.each([
    [
      "an unknown word, with its column and near words",
      { select: "fldr > 1 && ofset < 3" },
      /found ofset at column 13: did you mean offset/,
    ],
    ["a word of another name", { select: "inlin >= 3" }, /found inlin at column 1: did you mean inline/],
    ["half an expression", { select: "offset <" }, /Cannot read expression "offset <" at column 9/],
    ["an assignment", { select: "offset = 3" }, /Cannot read expression "offset = 3" at column 8/],
    ["nothing", { select: "" }, /input\.select: expected a text, found ""/],
    ["no text", { select: 5 }, /input\.select: expected a text, found 5/],
    [
      "an expression that selects nothing, with the ranges of its words",
      { select: "offset > 5000 && sx < 0" },
      /found none of 288: the words are offset 100 to 675, sx 5000 to 5275/,
    ],
    [
      "an empty part of a range",
      { select: "fldr == 12", traces: [1, 48] },
      /found none of 48: .*fldr 1 to 2/,
    ],
    [
      "traces beyond the file",
      { traces: [280, 289] },
      /Cannot take traces 280 to 289 of line\.sgy: expected traces from 1 to 288/,
    ],
    ["a range turned around", { traces: [5, 4] }, /input\.traces: expected the first and the last trace/],
    [
      "a range from 0",
      { traces: [0, 4] },
      /input\.traces: expected the first and the last trace, counted from 1/,
    ],
    ["a range of one", { traces: [3] }, /input\.traces/],
  ])("%s", async (_, input, message) => {
    const file = place.flow("no.json", { input: { path: "line.sgy", ...input }, output: { path: "no.sgy" } });
    expectRefusal(await place.run("run", file), 2, message);
    expectNothingAt(place.file("no.sgy.part"));
    expect(fs.existsSync(place.file("no.sgy"))).toBe(false);
  });

  test.each([
    [["--select", "ofset < 3"], /did you mean offset/],
    [["--select", "offset +* 3"], /Cannot read expression/],
    [
      ["--traces", "x"],
      /Cannot use traces "x": expected the first and the last, counted from 1, such as 100-200/,
    ],
    [["--traces", "9-3"], /Cannot use traces "9-3"/],
    [["--traces", "0-3"], /Cannot use traces "0-3"/],
  ])("%s", async (args, message) => {
    expectRefusal(await place.run("run", flow("option", {}), ...args), 2, message);
    expectRefusal(await place.run("export", "line.sgy", "--to", "no.sgy", ...args), 2, message);
    expect(fs.existsSync(place.file("no.sgy"))).toBe(false);
  });
});
