/** Surveys of odd shapes, formats and byte orders through whole flows. */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { SAMPLE_FORMATS } from "../../src/shared/seismic/sample_formats.ts";
import { asciiText, type SegyRecipe, testValue } from "../segy/make_segy.ts";
import { expectRefusal } from "./refusal.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
afterAll(() => place.remove());

const TWICE = { process: "gain", parameters: { scale: 2 } };

/** Runs a flow over a file made by the recipe; returns the bytes of the output. */
async function through(
  recipe: SegyRecipe,
  processes: readonly unknown[] = [TWICE],
  { order = [], output = {} }: { order?: readonly string[]; output?: Record<string, unknown> } = {},
): Promise<Uint8Array> {
  place.segy("odd.sgy", recipe);
  const flow = place.flow("odd.json", {
    input: { path: "odd.sgy", order },
    processes,
    output: { path: "result.sgy", ...output },
  });
  fs.rmSync(place.file("result.sgy"), { force: true });
  return await place.bytesOf(flow, "result.sgy");
}

async function scanned(name: string): Promise<Record<string, unknown>> {
  const { status, stdout } = await place.run("scan", name, "--json");
  expect(status).toBe(0);
  return jsonLines(stdout)[0];
}

function expected(traces: number, samples: number, scale = 2): Float32Array[] {
  return Array.from(
    { length: traces },
    (_, trace) => Float32Array.from({ length: samples }, (_, sample) => scale * testValue(trace, sample)),
  );
}

for (
  const [order, codes] of [
    ["big", [...SAMPLE_FORMATS.keys()]],
    ["little", [1, 2, 3, 5, 7, 8, 12]],
    ["swapped", [1, 3]],
  ] as const
) {
  test(`${codes.length} sample formats, ${order}-endian`, async () => {
    // Multiples of four: fixed-point samples with a gain hold no others here.
    const value = (trace: number, sample: number) => 4 * ((trace * 7 + sample * 3) % 25);
    const twice = Array.from(
      { length: 5 },
      (_, trace) => Float32Array.from({ length: 300 }, (_, sample) => 2 * value(trace, sample)),
    );
    for (const code of codes) {
      const bytes = await through({ code, order, samples: 300, major: 2, minor: 1, constant: true, value });
      expect([code, ieeeSamples(bytes, 300)]).toEqual([code, twice]);
    }
  });
}

test("byte order and format that the header does not say are found by looking, and the run says so", async () => {
  const value = (trace: number, sample: number) =>
    100 * Math.sin(sample * 0.37 + trace) * Math.exp(-sample / 200);
  place.segy("silent.sgy", { order: "little", code: 5, saidCode: 1, samples: 400, traces: 8, value });
  const flow = place.flow("silent.json", { input: { path: "silent.sgy" }, output: { path: "loud.sgy" } });
  const { status, stderr } = await place.run("run", flow);
  expect(status).toBe(0);
  expect(stderr).toMatch(/warning: .*byte order is not said.*little-endian/);
  expect(stderr).toMatch(/warning: .*format code 1.*look different/);
  const samples = ieeeSamples(fs.readFileSync(place.file("loud.sgy")), 400);
  expect(samples[3][17]).toBe(Math.fround(value(3, 17)));
});

for (
  const [what, traces, samples] of [["one trace", 1, 50], ["traces of one sample", 7, 1], [
    "one sample",
    1,
    1,
  ]] as const
) {
  test(`a survey of ${what} goes through all kinds of outputs`, async () => {
    expect(ieeeSamples(await through({ traces, samples }), samples)).toEqual(expected(traces, samples));
    const sorted = await through({ traces, samples }, [TWICE], { order: ["-tracl"] });
    expect(ieeeSamples(sorted, samples)).toEqual(expected(traces, samples).reverse());
    for (const more of [[], ["--copy"]]) {
      expect((await place.run("import", "odd.sgy", "--to", "odd.zarr", ...more)).stderr).toBe("");
      expect((await place.run("export", "odd.zarr", "--to", "back.sgy")).stderr).toBe("");
      expect(ieeeSamples(fs.readFileSync(place.file("back.sgy")), samples)).toEqual(
        expected(traces, samples, 1),
      );
    }
  });
}

test("every process takes a trace of one sample or says why not", async () => {
  place.segy("point.sgy", { traces: 3, samples: 1 });
  const { stdout } = await place.run("processes", "--json");
  for (const { id, parameters } of jsonLines(stdout) as { id: string; parameters: Parameter[] }[]) {
    const needed = parameters.filter((one) => one.required);
    if (needed.length > 0) continue;
    const flow = place.flow("point.json", {
      input: { path: "point.sgy" },
      processes: [{ process: id }],
      output: { path: "point out.sgy" },
    });
    const ended = await place.run("run", flow);
    if (ended.status === 0) {
      const bytes = fs.readFileSync(place.file("point out.sgy"));
      expect([id, ieeeSamples(bytes, 1).flatMap((one) => [...one]).every(Number.isFinite)]).toEqual([
        id,
        true,
      ]);
    } else expectRefusal(ended, ended.status === 2 ? 2 : 1, id);
    fs.rmSync(place.file("point out.sgy"), { force: true });
  }
});

interface Parameter {
  readonly name: string;
  readonly required: boolean;
}

test("traces of 70,000 samples need revision 2 and keep every sample", async () => {
  const recipe = { traces: 3, samples: 70_000, saidSamples: 0, saidTraceSamples: 0, extendedSamples: 70_000 };
  const bytes = await through({ ...recipe, major: 2, minor: 1, constant: true });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect([view.getUint8(3500), view.getUint8(3501), view.getUint32(3268)]).toEqual([2, 1, 70_000]);
  expect(ieeeSamples(bytes, 70_000)).toEqual(expected(3, 70_000));
  expect(await scanned("result.sgy")).toMatchObject({ samples: 70_000, traces: 3, findings: [] });
});

test("traces of different lengths are filled with zeros to the longest, and this is said", async () => {
  const lengths = [30, 50, 40, 50, 1];
  const bytes = await through({ traces: 5, samplesOf: (trace) => lengths[trace], samples: 50 });
  const padded = expected(5, 50).map((samples, trace) => samples.map((x, i) => i < lengths[trace] ? x : 0));
  expect(ieeeSamples(bytes, 50)).toEqual(padded);
  const { stderr } = await place.run("run", place.file("odd.json"));
  expect(stderr).toMatch(/warning: .*(differ|length|samples)/);
});

describe("outputs", () => {
  test("little-endian exports of every format are revision 2.1 and come back the same", async () => {
    place.segy("odd.sgy", { samples: 60 });
    for (const format of ["ieee", "ibm", "int32", "int16", "int8"]) {
      for (const endian of ["little", "big"]) {
        const to = `${format} ${endian}.sgy`;
        const ended = await place.run(
          "export",
          "odd.sgy",
          "--to",
          to,
          "--format",
          format,
          "--endian",
          endian,
        );
        expect([to, ended.status]).toEqual([to, 0]);
        const report = await scanned(to);
        expect([to, report]).toMatchObject([to, {
          byteOrder: endian,
          revision: endian === "little" ? "2.1" : "1.0",
          findings: [],
        }]);
        const back = place.flow("back.json", { input: { path: to }, output: { path: "back.sgy" } });
        const samples = ieeeSamples(await place.bytesOf(back, "back.sgy"), 60);
        expect([to, samples]).toEqual([to, expected(5, 60, 1)]);
      }
    }
  });

  test("an interval that revision 1 cannot say is written in revision 2.1 and read back", async () => {
    const recipe = {
      interval: 0,
      traceInterval: 0,
      extendedInterval: 62.5,
      major: 2,
      minor: 1,
      constant: true,
    };
    await through(recipe);
    expect(await scanned("result.sgy")).toMatchObject({ intervalUs: 62.5, revision: "2.1" });
  });

  test("additional trace headers and extended text headers survive", async () => {
    const extended = [asciiText(["((JUST: A STANZA))", "kept"]), asciiText(["((SEG: EndText))"])];
    const words = (trace: number) => [[240 + 1, 4, 7000 + trace]] as const;
    const bytes = await through({
      major: 2,
      minor: 1,
      constant: true,
      moreHeaders: 1,
      extended,
      samples: 30,
      words,
    });
    const report = await scanned("result.sgy");
    expect(report).toMatchObject({ additionalTraceHeaders: 1, samples: 30 });
    expect(JSON.stringify(report.textHeaders)).toContain("JUST: A STANZA");
    const texts = (report.textHeaders as unknown[]).length - 1;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const first = 3600 + 3200 * texts;
    expect(view.getInt32(first + 2 * (480 + 120) + 240)).toBe(7002);
  });

  test("the text header tells program, source and processes, and keeps the source's lines", async () => {
    await through({ text: asciiText(["C 1 CLIENT OF OLD", "C 2 LINE 7"]) });
    const text = JSON.stringify((await scanned("result.sgy")).textHeaders);
    for (const part of ["CLIENT OF OLD", "LINE 7", "SeisProc", "odd.sgy", "gain", "scale=2"]) {
      expect(text).toContain(part);
    }
  });

  test("a full text header is kept line by line, and the history goes into an extended one", async () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `C${String(i + 1).padStart(2)} LINE ${i + 1} OF THE SOURCE`,
    );
    await through({ text: asciiText(lines) });
    const [main, ...extended] = (await scanned("result.sgy")).textHeaders as string[][];
    expect(main.slice(0, 38).map((line) => line.trimEnd())).toEqual(lines.slice(0, 38));
    expect(JSON.stringify(extended)).toContain("scale=2");
  });
});

describe("sorting", () => {
  test("equal keys keep the order of the file, up and down", async () => {
    const words = (trace: number) => [[37, 4, 100 * (trace % 3)], [1, 4, trace]] as const;
    const recipe = { traces: 50, samples: 2, words, value: (trace: number) => trace };
    for (const [order, sign] of [["offset", 1], ["-offset", -1]] as const) {
      const traces = Array.from({ length: 50 }, (_, i) => i)
        .sort((a, b) => sign * (a % 3 - b % 3) || a - b);
      const sorted = ieeeSamples(await through(recipe, [], { order: [order] }), 2).map((samples) =>
        samples[0]
      );
      expect(sorted).toEqual(traces);
    }
  });

  test("an order by an alias or a word of another type sorts by its value", async () => {
    const words = (trace: number) => [[231, 2, 0], [233, 8, -trace * 0.25]] as const;
    place.segy("float.sgy", { traces: 12, samples: 2, words, value: (trace) => trace });
    const imported = await place.run(
      "import",
      "float.sgy",
      "--to",
      "float.zarr",
      "--map",
      "depth=233:float64",
    );
    expect(imported.stderr).toBe("");
    const flow = place.flow("float.json", {
      input: { path: "float.zarr", order: ["depth"] },
      output: { path: "float out.sgy" },
    });
    const sorted = ieeeSamples(await place.bytesOf(flow, "float out.sgy"), 2).map((samples) => samples[0]);
    expect(sorted).toEqual(Array.from({ length: 12 }, (_, i) => 11 - i));
  });
});

test("a stack of a survey that is one gather, or gathers of one trace, gives one trace each", async () => {
  const stack = { process: "stack", parameters: { key: "fldr" } };
  const one = await through(
    { traces: 6, samples: 4, value: (trace) => trace + 1, words: () => [[9, 4, 5]] },
    [stack],
  );
  expect(ieeeSamples(one, 4)).toEqual([Float32Array.of(3.5, 3.5, 3.5, 3.5)]);
  const each = await through({ traces: 6, samples: 4, value: (trace) => trace + 1 }, [stack]);
  expect(ieeeSamples(each, 4).map((samples) => samples[0])).toEqual([1, 2, 3, 4, 5, 6]);
});

test("gathers that are split over the file are refused with the order that helps", async () => {
  place.segy("split.sgy", { traces: 6, samples: 4, words: (trace) => [[21, 4, trace % 2]] });
  const flow = place.flow("split.json", {
    input: { path: "split.sgy" },
    processes: [{ process: "stack", parameters: { key: "cdp" } }],
    output: { path: "split out.sgy" },
  });
  const ended = await place.run("run", flow);
  expect(ended.stderr).toMatch(/Cannot gather split.sgy by cdp .*together.*add "order": \["cdp"\]/);
  expect(fs.existsSync(place.file("split out.sgy"))).toBe(false);
});
