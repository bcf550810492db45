/**
 * Headers mean what the standard says, through the program as a user starts it: delays, scalars, coordinate units, and
 * what is said of them.
 */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { sharedFile, sharedHas } from "../shared_data.ts";
import type { SegyRecipe } from "../segy/make_segy.ts";
import { ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
afterAll(() => place.remove());

interface Output {
  readonly bytes: Uint8Array;
  readonly samples: readonly Float32Array[];
  readonly warnings: readonly string[];
  /** A 16-bit word of every trace. */
  word(byte: number): number[];
}

let runs = 0;

/** Runs a flow over an input; one that fails comes back as its error. */
async function through(
  input: string,
  processes: readonly unknown[],
  more: Record<string, unknown> = {},
): Promise<Output> {
  const name = `out${++runs}.sgy`;
  const { order, workers = "2" } = more as { order?: string[]; workers?: string };
  const flow = place.flow(`flow${runs}.json`, {
    name: "flow",
    input: { path: input, ...(order ? { order } : {}) },
    processes,
    output: { path: name, ...more.output as Record<string, unknown> | undefined },
  });
  const { status, stdout, stderr } = await place.run("run", flow, "--json", "--workers", workers);
  if (status !== 0) throw new Error(stderr);
  const result = jsonLines(stdout).at(-1)?.result as { warnings: string[] };
  const bytes = fs.readFileSync(place.file(name)),
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const n = view.getUint16(3220), samples = ieeeSamples(bytes, n);
  const word = (byte: number) =>
    samples.map((_, trace) => view.getInt16(3600 + trace * (240 + n * 4) + byte - 1));
  return { bytes, samples, warnings: result.warnings, word };
}

const zeros = ({ samples }: Output) => samples.map((row) => row.filter((x) => x === 0).length);
const mute = (ms: number) => ({ process: "mute", parameters: { timesMs: [ms], taperMs: 0 } });

describe("delay recording times that differ from trace to trace", () => {
  const starts = [0, 400, 100, 400, 0, 40];
  const late: SegyRecipe = {
    traces: 6,
    samples: 250,
    value: (trace, i) => Math.cos((starts[trace] / 4 + i) / 10) + 2,
    words: (trace) => [[21, 4, 7], [37, 4, 100 * trace], [109, 2, starts[trace]]],
  };

  test.runIf(sharedHas("data/cases"))(
    "the file of the report: a mute at 500 ms zeroes 125 samples, and 25 of the late traces",
    async () => {
      const out = await through(sharedFile("data", "cases", "delay-per-trace.sgy"), [mute(500)]);
      expect(zeros(out)).toEqual([125, 125, 125, 125, 125, 25, 25, 25, 25]);
      expect(out.word(109)).toEqual([0, 0, 0, 0, 0, 400, 400, 400, 400]);
    },
  );

  test("are those of each trace, in files, in datasets in place and in stored ones", async () => {
    place.segy("late.sgy", late);
    const out = await through("late.sgy", [mute(440)]);
    expect(zeros(out)).toEqual(starts.map((start) => (440 - start) / 4));
    for (const [name, ...copy] of [["place.zarr"], ["stored.zarr", "--copy"]]) {
      expect((await place.run("import", "late.sgy", "--to", name, ...copy)).status).toBe(0);
      expect((await through(name, [mute(440)])).samples).toEqual(out.samples);
    }
  });

  test("a stack is on one axis, with its start and its length, said once", async () => {
    place.segy("late.sgy", late);
    const stack = { process: "stack", parameters: { key: "cdp" } };
    const out = await through("late.sgy", [stack]);
    expect([out.samples.length, out.samples[0].length]).toEqual([1, 350]);
    expect(out.word(109)).toEqual([0]);
    expect(out.word(115)).toEqual([350]);
    out.samples[0].forEach((x, i) => expect(x).toBeCloseTo(Math.cos(i / 10) + 2, 5));
    expect(out.warnings).toEqual([
      "Traces of one gather begin up to 400 ms apart (delrt): stack puts them on one time axis first; the result has 350 " +
      "samples a trace",
    ]);
    const sorted = await through("late.sgy", [stack], { order: ["cdp", "-offset"], workers: "1" });
    expect(sorted.samples).toEqual(out.samples);
    expect(sorted.word(109)).toEqual([0]);
  });

  test("an f-k filter gives each trace back at its own start", async () => {
    place.segy("late.sgy", late);
    const filter = {
      process: "fk_filter",
      parameters: { kind: "reject", minVelocityMps: 1, maxVelocityMps: 2 },
    };
    const out = await through("late.sgy", [filter], { order: ["cdp"] });
    expect(out.word(109)).toEqual(starts);
    out.samples.forEach((row, trace) =>
      row.forEach((x, i) => expect(x).toBeCloseTo(late.value?.(trace, i) ?? NaN, 4))
    );
    expect(out.warnings).toEqual([
      "Traces of one gather begin up to 400 ms apart (delrt): fk_filter puts them on one time axis first",
    ]);
  });

  test("gathers of another order have other spreads: traces that begin together are not padded", async () => {
    place.segy("shots.sgy", { ...late, words: (trace) => [[9, 4, starts[trace]], [109, 2, starts[trace]]] });
    const stack = { process: "stack", parameters: { key: "fldr" } };
    const out = await through("shots.sgy", [stack], { order: ["fldr"] });
    expect(out.samples.map((row) => row.length)).toEqual([250, 250, 250, 250]);
    expect(out.word(109)).toEqual([0, 40, 100, 400]);
    expect(out.warnings).toEqual([]);
  });

  test("the bytes are those of any number of workers", async () => {
    const many: SegyRecipe = {
      traces: 400,
      samples: 120,
      value: (trace, i) => Math.sin(trace * 1.7 + i / 5),
      words: (
        trace,
      ) => [[21, 4, 1 + (trace >> 3)], [37, 4, trace % 8 * 25], [109, 2, trace * 37 % 90], [215, 2, -10]],
    };
    place.segy("many.sgy", many);
    const flow = [
      { process: "gain", parameters: { timePower: 1.5 } },
      { process: "nmo", parameters: { velocity: { timesMs: [0, 400], velocitiesMps: [1500, 2200] } } },
      { process: "fk_filter", parameters: { maxVelocityMps: 800 } },
      { process: "stack", parameters: { key: "cdp", method: "median" } },
    ];
    const [one, four] = [
      await through("many.sgy", flow, { workers: "1" }),
      await through("many.sgy", flow, { workers: "4" }),
    ];
    expect(Buffer.from(one.bytes).equals(Buffer.from(four.bytes))).toBe(true);
    expect(one.warnings).toEqual(four.warnings);
  });
});

describe("coordinates that are angles", () => {
  /** Receivers 25 m apart eastwards at the equator, in each unit; the event runs at 1000 m/s. */
  const step = 25 / 111_319.49 / 0.9996;
  const recipe = (counit: number, x: (trace: number) => number, scalar: number): SegyRecipe => ({
    traces: 24,
    samples: 200,
    value: (trace, i) => Math.exp(-(((i * 4 - 100 - trace * 25) / 12) ** 2)),
    words: (trace) => [[9, 4, 1], [71, 2, scalar], [81, 4, Math.round(x(trace))], [89, 2, counit]],
  });
  const filter = (maxVelocityMps: number) => ({
    process: "fk_filter",
    parameters: { kind: "reject", maxVelocityMps, distance: "receiver" },
  });
  const energy = ({ samples }: Output) =>
    samples.reduce((sum, row) => row.reduce((all, x) => all + x * x, sum), 0);
  const degrees = (trace: number) => 3 + trace * step;
  const dms = (value: number) => {
    const seconds = value * 3600;
    return Math.floor(seconds / 3600) * 10_000 + Math.floor(seconds / 60) % 60 * 100 + seconds % 60;
  };

  test.each([
    ["arc seconds", recipe(2, (trace) => degrees(trace) * 3600 * 1000, -1000)],
    ["degrees, minutes and seconds", recipe(4, (trace) => dms(degrees(trace)) * 1000, -1000)],
    ["decimal degrees", recipe(3, (trace) => degrees(trace) * 10_000, -10_000)],
  ])("in %s are projected for distances, with the zone told", async (unit, made) => {
    place.segy("metres.sgy", recipe(1, (trace) => 25 * trace, 1));
    place.segy("angles.sgy", made);
    const metres = await through("metres.sgy", [filter(1300)], { order: ["fldr"] });
    const angles = await through("angles.sgy", [filter(1300)], { order: ["fldr"] });
    expect(angles.warnings).toContain(
      `Coordinates in ${unit} were projected to UTM zone 31N (WGS 84) for distances in metres`,
    );
    expect(metres.warnings).toEqual([]);
    expect(energy(angles) / energy(metres)).toBeGreaterThan(0.98);
    expect(energy(angles) / energy(metres)).toBeLessThan(1.02);
    expect(energy(await through("angles.sgy", [filter(700)], { order: ["fldr"] }))).toBeGreaterThan(
      5 * energy(angles),
    );
  });

  test("beyond the world are refused by name, with what was found", async () => {
    place.segy("wrong.sgy", recipe(3, (trace) => 500_000 + 25 * trace, 1));
    await expect(through("wrong.sgy", [filter(1300)], { order: ["fldr"] })).rejects.toThrow(
      "Cannot project gx, gy of the trace with tracl 1, fldr 1, tracf 0: expected longitude and latitude",
    );
  });

  test.runIf(sharedHas("data/cases"))("of the report's file are not metres", async () => {
    const file = sharedFile("data", "cases", "coordinates-degrees.sgy");
    const out = await through(file, [filter(1300)], { order: ["fldr"] });
    expect(out.warnings).toContain(
      "Coordinates in decimal degrees were projected to UTM zone 31N (WGS 84) for distances in metres",
    );
  });
});

test("scalars that are none are not applied, and the job says so once", async () => {
  place.segy("scalars.sgy", {
    traces: 5,
    samples: 100,
    value: () => 1,
    words: (trace) => [[71, 2, 77], [73, 4, 300], [99, 2, 8], [109, 2, 40], [215, 2, trace ? -7 : 1]],
  });
  const out = await through("scalars.sgy", [
    mute(80),
    { process: "statics", parameters: { words: ["sstat"] } },
    { process: "header_math", parameters: { assignments: "ep = sx" } },
  ]);
  expect(zeros(out)).toEqual(Array(5).fill(12));
  expect(out.warnings).toEqual([
    "Header word scalco holds 77, which is no scalar (1 to 10000 in powers of ten, either sign, or 0): coordinates are " +
    "taken as they stand there",
    "Header word tscal holds -7, which is no scalar (1 to 10000 in powers of ten, either sign, or 0): times are taken as " +
    "they stand there",
  ]);
});

test("what processes remark is kept over a pause and told at the end, with counts over all blocks", async () => {
  place.segy("lone.sgy", {
    traces: 60,
    samples: 50,
    words: (trace) => [[9, 4, trace < 50 ? trace : 50], [37, 4, trace * 10 + (trace === 55 ? 6 : 0)]],
  });
  const out = await through("lone.sgy", [{ process: "fk_filter", parameters: { maxVelocityMps: 900 } }], {
    order: ["fldr"],
  });
  expect(out.warnings).toEqual([
    "fk_filter: 50 gathers of one trace passed unchanged",
    "fk_filter: in 1 gather traces lie unevenly, by up to 60 % off their mean spacing, which is taken: velocities are " +
    "true on the mean only",
  ]);
});

describe("int32 samples through an empty flow", () => {
  const input = sharedFile("data", "cases", "int32-largest.sgy");
  const samplesOf = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), n = view.getUint16(3220);
    const traces = (bytes.length - 3600) / (240 + 4 * n);
    return Array.from(
      { length: traces },
      (_, trace) =>
        Array.from({ length: n }, (_, i) => view.getInt32(3600 + trace * (240 + 4 * n) + 240 + 4 * i)),
    );
  };
  /** The ends of the range, one beyond 24 bits, and words that would be NaN and infinity as floats. */
  const values = [
    ...[2 ** 31 - 1, -(2 ** 31), 16_777_217, -16_777_217, 2 ** 31 - 65, 1, 0, -1],
    ...[0x7f800001, 0x7f800000, -8_388_608],
  ];
  const recipe: SegyRecipe = {
    code: 2,
    traces: 9,
    samples: 11,
    value: (trace, i) => values[(trace + i) % 11],
  };
  const wanted = Array.from({ length: 9 }, (_, trace) => values.map((_, i) => values[(trace + i) % 11]));
  const whole = { output: { format: "int32" } };

  test.runIf(sharedHas("data/cases"))(
    "of the report's file pass to the bit, with nothing to say",
    async () => {
      const out = await through(input, [], whole);
      expect(samplesOf(out.bytes)).toEqual(samplesOf(fs.readFileSync(input)));
      expect(out.warnings).toEqual([]);
    },
  );

  test.each(["big", "little"] as const)(
    "pass to the bit from a %s-endian file, sorted too",
    async (order) => {
      place.segy("int.sgy", { ...recipe, order, major: 2, constant: true });
      expect(samplesOf((await through("int.sgy", [], whole)).bytes)).toEqual(wanted);
      const sorted = await through("int.sgy", [], { ...whole, order: ["-tracl"] });
      expect(samplesOf(sorted.bytes)).toEqual(wanted.toReversed());
    },
  );

  test("are rounded to single precision by a process, with the largest kept, which is said", async () => {
    place.segy("int.sgy", recipe);
    const out = await through("int.sgy", [{ process: "gain" }], whole);
    expect(samplesOf(out.bytes)).toEqual(
      wanted.map((row) => row.map((x) => Math.min(2 ** 31 - 1, Math.fround(x)))),
    );
    expect(out.warnings.join()).toContain(
      "what is longer than 24 bits in 4-byte integer is rounded",
    );
  });
});

test("samples that became too large are not sent to the format that is set", async () => {
  place.segy("large.sgy", { traces: 2, samples: 50, value: () => 1e20 });
  const loud = { process: "gain", parameters: { scale: 1e30 } };
  for (const format of ["ieee", "ibm"]) {
    const failed = through("large.sgy", [loud], { output: { format } }).catch((error) => String(error));
    expect(await failed).toContain(
      "(largest Infinity): scale the data before the process that made them so large",
    );
  }
  const failed = through("large.sgy", [], { output: { format: "int16" } }).catch((error) => String(error));
  expect(await failed).toContain('scale the data, or write "format": "ieee"');
});
