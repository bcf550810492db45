/**
 * Bad input ends with status 1 or 2, one sentence that says what to do, and no file under the final name.
 *
 * Over 400 lines, since it is the one list of everything that may be wrong.
 */
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { segyBytes, type SegyRecipe } from "../segy/make_segy.ts";
import { expectNothingAt, expectRefusal } from "./refusal.ts";
import { type Ended, ieeeSamples, jsonLines, Playground } from "./seisproc.ts";

const place = new Playground();
const BANDPASS = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };
const AGC = { process: "agc", parameters: { windowMs: 100 } };
const FK = { process: "fk_filter", parameters: { minVelocityMps: 1000, maxVelocityMps: 2000 } };

/** Six shots of five traces of 40 samples. */
const SHOTS: SegyRecipe = {
  traces: 30,
  samples: 40,
  value: (trace, sample) => Math.sin(sample * 0.3 + trace),
  words: (trace) => [[9, 4, 100 + Math.floor(trace / 5)], [37, 4, 100 + 25 * (trace % 5)]],
};

beforeAll(() => {
  place.segy("line.sgy", SHOTS);
});
afterAll(() => place.remove());

let flows = 0;

/** Runs a flow on a file of the playground into `name.sgy`, which does not exist before. */
async function runFlow(
  input: string,
  processes: readonly unknown[],
  more: { output?: Record<string, unknown>; order?: string[]; args?: string[] } = {},
): Promise<{ ended: Ended; output: string }> {
  const name = `result${++flows}`;
  const flow = place.flow(`${name} flow.json`, {
    input: { path: input, ...(more.order && { order: more.order }) },
    processes,
    output: { path: `out/${name}.sgy`, ...more.output },
  });
  fs.mkdirSync(place.file("out"), { recursive: true });
  const ended = await place.run("run", flow, ...more.args ?? []);
  return { ended, output: place.file(`out/${name}.sgy`) };
}

async function refused(
  exit: 1 | 2,
  message: string | RegExp,
  ...asked: Parameters<typeof runFlow>
): Promise<void> {
  const { ended, output } = await runFlow(...asked);
  expectRefusal(ended, exit, message);
  expectNothingAt(output);
}

// Files

test("a file cut in the middle of a trace names trace and byte, in a copy, a sort, a stack and an import", async () => {
  const bytes = segyBytes(SHOTS);
  fs.writeFileSync(place.file("cut.sgy"), bytes.subarray(0, 3600 + 24 * 400 + 112));
  const message =
    "Cannot read trace 25 of cut.sgy: expected 400 bytes from byte 13201, found 112: the file is cut short";
  await refused(1, message, "cut.sgy", []);
  await refused(1, message, "cut.sgy", [AGC], { order: ["offset"] });
  await refused(1, message, "cut.sgy", [{ process: "stack", parameters: { key: "fldr" } }]);
  await refused(1, message, "cut.sgy", [BANDPASS], { args: ["--on-error", "skip"] });
  await refused(1, message, "cut.sgy", [], { output: { path: "out/cut.zarr" } });
  expectNothingAt(place.file("out/cut.zarr"));
  for (const more of [[], ["--copy"]]) {
    const ended = await place.run("import", "cut.sgy", "--to", "cut.zarr", ...more);
    expectRefusal(ended, 1, message);
    expect(fs.readdirSync(place.folder).filter((name) => name.startsWith("cut.zarr"))).toEqual([]);
  }
});

test("a file with fewer traces than it says is a cut file, and so is one cut after the header of a trace", async () => {
  place.segy("fewer.sgy", { ...SHOTS, major: 2, minor: 1, constant: true, saidTraces: 32 });
  await refused(
    1,
    "Cannot read trace 31 of fewer.sgy: expected 400 bytes from byte 15601, found 0",
    "fewer.sgy",
    [],
  );
  fs.writeFileSync(place.file("late.sgy"), segyBytes(SHOTS).subarray(0, 3600 + 24 * 400 + 300));
  const ended = await place.run("import", "late.sgy", "--to", "late.zarr");
  expectRefusal(ended, 1, "Cannot read trace 25 of late.sgy: expected 400 bytes from byte 13201, found 300");
});

for (
  const [what, recipe, message] of [
    ["a file without samples", { samples: 0, traces: 2 }, /expected a number of samples .*found 0/],
    ["a file without an interval", { interval: 0, traceInterval: 0 }, /expected a sample interval .*found 0/],
    ["format code 0", { saidCode: 0 }, /expected a sample format code .*found 0/],
    ["format code 99", { saidCode: 99 }, /expected a sample format code .*found 99/],
    ["a file without traces", { traces: 0 }, /expected traces after byte 3600, found none/],
  ] as const
) {
  test(`${what} is refused by run, import and export`, async () => {
    place.segy("refused.sgy", recipe);
    await refused(1, message, "refused.sgy", [BANDPASS]);
    expectRefusal(await place.run("import", "refused.sgy", "--to", "out/refused.zarr"), 1, message);
    expectRefusal(await place.run("export", "refused.sgy", "--to", "out/refused.sgy"), 1, message);
    expectNothingAt(place.file("out/refused.sgy"));
  });
}

test("a binary text header does not keep a file from being run, and scan says what it is", async () => {
  const text = Uint8Array.from({ length: 3200 }, (_, i) => (i * 37) & 31);
  place.segy("binary text.sgy", { ...SHOTS, text });
  const { ended, output } = await runFlow("binary text.sgy", [AGC]);
  expect(ended.status).toBe(0);
  expect(ieeeSamples(fs.readFileSync(output), 40)).toHaveLength(30);
  const scan = await place.run("scan", "binary text.sgy");
  expect(scan.status).toBe(0);
  // deno-lint-ignore no-control-regex -- control characters of the file must not reach the terminal
  expect(scan.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

for (
  const [what, bytes] of [
    ["an empty file", ""],
    ["a text file", "Seismic, they said.\n".repeat(400)],
    ["a short file", "x".repeat(100)],
  ] as const
) {
  test(`${what} is not SEG-Y`, async () => {
    fs.writeFileSync(place.file("other.sgy"), bytes);
    await refused(1, /Cannot read other.sgy as SEG-Y: expected 3600 bytes of headers/, "other.sgy", []);
  });
}

test("an input that is a folder, or missing, is named as such", async () => {
  fs.mkdirSync(place.file("a folder.sgy"), { recursive: true });
  await refused(1, /Cannot open .*a folder.sgy.*found a folder/, "a folder.sgy", []);
  await refused(
    1,
    /Cannot open .*nowhere.sgy: expected a SEG-Y file, found nothing there/,
    "nowhere.sgy",
    [],
  );
  await refused(1, /Cannot open .*nowhere.zarr: expected a dataset, found nothing there/, "nowhere.zarr", []);
});

// Samples that are no numbers

/** NaN and infinity in traces 8 (two of them) and 23. */
const SPOILT: SegyRecipe = {
  ...SHOTS,
  value: (trace, sample) =>
    trace === 7 && sample > 37
      ? [NaN, Infinity][sample - 38]
      : trace === 22 && sample === 0
      ? -Infinity
      : Math.sin(sample * 0.3 + trace),
};

test("samples that are no numbers fail the job: they are counted and the first trace is named", async () => {
  place.segy("spoilt.sgy", SPOILT);
  await refused(
    1,
    /Cannot process trace 8 of spoilt.sgy: expected finite samples, found \d+ that are NaN or infinite/,
    "spoilt.sgy",
    [AGC],
  );
});

for (
  const [what, processes, spoiltTraces, listed] of [
    ["traces one by one", [AGC], [7, 22], [[8, 1, 2], [23, 1, 1]]],
    ["gathers", [FK], [5, 6, 7, 8, 9, 20, 21, 22, 23, 24], [[6, 5, 2], [21, 5, 1]]],
  ] as const
) {
  test(`--on-error skip passes the failing input through, lists it and processes all else: ${what}`, async () => {
    place.segy("spoilt.sgy", SPOILT);
    const { ended, output } = await runFlow("spoilt.sgy", processes, {
      args: ["--on-error", "skip", "--json"],
    });
    expect(ended.status).toBe(0);
    const end = jsonLines(ended.stdout).at(-1) as { result: { skipped: Skipped[] } };
    expect(end.result.skipped.map(({ trace, traces, error }) => [trace, traces, error.fields.count]))
      .toEqual(listed);
    const spoilt = ieeeSamples(fs.readFileSync(place.file("spoilt.sgy")), 40);
    const whole = await runFlow("line.sgy", processes);
    const expected = ieeeSamples(fs.readFileSync(whole.output), 40)
      .map((samples, trace) => spoiltTraces.some((one) => one === trace) ? spoilt[trace] : samples);
    expect(ieeeSamples(fs.readFileSync(output), 40)).toEqual(expected);
  });
}

interface Skipped {
  readonly trace: number;
  readonly traces: number;
  readonly error: { readonly fields: { readonly count: number } };
}

test("a skipped gather is named on the terminal", async () => {
  place.segy("spoilt.sgy", SPOILT);
  const { ended } = await runFlow("spoilt.sgy", [FK], { args: ["--on-error", "skip"] });
  expect(ended.stdout).toMatch(/skipped: .*6.*\n.*skipped: .*21/);
});

test("a result that an integer format cannot hold fails and names the first such trace", async () => {
  const bytes = fs.readFileSync(place.line("loud.sgy", { format: "ieee" }));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setFloat32(3600 + 16 * (240 + 251 * 4) + 240 + 400, 1e6);
  fs.writeFileSync(place.file("loud.sgy"), bytes);
  await refused(
    1,
    /Cannot write the result of the gather at trace 17 of loud.sgy: .*samples.*"format": "ieee"/,
    "loud.sgy",
    [{ process: "polarity", parameters: {} }],
    { output: { format: "int16" } },
  );
});

// Flows

for (
  const [what, flow, message] of [
    ["an unknown process", { processes: [{ process: "bandpas" }] }, /Cannot use process bandpas .*bandpass/],
    [
      "an unknown parameter",
      { processes: [{ process: "bandpass", parameters: { lowHz: 8, highhz: 60 } }] },
      /Cannot use parameter highhz of bandpass.*highHz/,
    ],
    [
      "a parameter of the wrong type",
      { processes: [{ process: "bandpass", parameters: { lowHz: "8" } }] },
      /Cannot use parameter lowHz of bandpass at processes\[0\].*expected a number.*found "8"/,
    ],
    ["no input", { input: undefined }, /Cannot read the flow at input.path: expected a text, found nothing/],
    [
      "no output",
      { output: undefined },
      /Cannot read the flow at output.path: expected a text, found nothing/,
    ],
    ["another version", { seisproc: 2 }, /expected "seisproc": 1, found 2/],
    ["processes that are no list", { processes: { process: "agc" } }, /at processes: expected a list/],
    ["a field nobody knows", { proceses: [] }, /expected only .*processes.*, found proceses/],
    [
      "an order that is a text",
      { input: { path: "line.sgy", order: "cdp" } },
      /at input.order: expected a list, found "cdp"/,
    ],
    [
      "a format nobody knows",
      { output: { path: "out/x.sgy", format: "float" } },
      /at output.format: expected one of ieee, .*found "float"/,
    ],
    [
      "corners the wrong way round",
      { processes: [{ process: "bandpass", parameters: { lowHz: 60, highHz: 8 } }] },
      /Cannot run bandpass: /,
    ],
    [
      "an expression that is wrong",
      { processes: [{ process: "header_math", parameters: { assignments: ["cdp = (sx + "] } }] },
      /column \d+/,
    ],
    [
      "an expression with an unknown word",
      { processes: [{ process: "kill", parameters: { expression: "shotty == 3" } }] },
      /shotty/,
    ],
    [
      "a header word set that the output fills itself",
      { processes: [{ process: "header_math", parameters: { assignments: "ns = 3" } }] },
      /Cannot run header_math: assignments set ns, which always follows the traces/,
    ],
    [
      "the noise of a stack",
      {
        processes: [{ process: "stack", parameters: { key: "fldr" } }],
        output: { path: "out/x.sgy", mode: "noise" },
      },
      /Cannot write the noise of this flow/,
    ],
  ] as const
) {
  test(`a flow with ${what} is wrong usage`, async () => {
    const file = place.flow("wrong.json", {
      input: { path: "line.sgy" },
      processes: [],
      output: { path: "out/x.sgy" },
      ...flow,
    });
    expectRefusal(await place.run("run", file), 2, message);
    expectNothingAt(place.file("out/x.sgy"));
  });
}

for (const [what, text] of [["broken", '{ "seisproc": 1, "input": '], ["empty", ""], ["a list", "[]"]]) {
  test(`a flow file that is ${what} is wrong usage`, async () => {
    fs.writeFileSync(place.file("broken.json"), text);
    expectRefusal(await place.run("run", "broken.json"), 2, /Cannot read (the )?flow .*expected/);
  });
}

test("a flow file that is missing, a folder or SEG-Y is said to be no flow", async () => {
  expectRefusal(
    await place.run("run", "no.json"),
    1,
    /Cannot open no.json: expected a flow file, found nothing/,
  );
  expectRefusal(await place.run("run", "."), 1, /expected a flow file, found a folder/);
  expectRefusal(await place.run("run", "line.sgy"), 2, /Cannot read flow line.sgy: expected a JSON document/);
});

test("parameters are checked against the data before anything runs", async () => {
  const line = { ...SHOTS, interval: 4000 };
  place.segy("line.sgy", line);
  const tooHigh = { process: "bandpass", parameters: { lowHz: 8, highHz: 200 } };
  await refused(2, "highHz 200 is above Nyquist (125 Hz) of line.sgy", "line.sgy", [AGC, tooHigh]);
});

test("a gather key that does not exist is named, in the order and in a process", async () => {
  await refused(2, /Cannot gather line.sgy by cpd: .*did you mean cdp\?/, "line.sgy", [], { order: ["cpd"] });
  const stack = { process: "stack", parameters: { key: "shotty" } };
  await refused(2, /shotty/, "line.sgy", [stack]);
});

test("a flow over gathers of one key in the order of another is refused before anything is written", async () => {
  const stack = { process: "stack", parameters: { key: "fldr" } };
  await refused(2, /expected it first in the order, found offset/, "line.sgy", [stack], {
    order: ["offset"],
  });
});

test("--json gives the error as a line with its tag", async () => {
  const { ended } = await runFlow("nowhere.sgy", [], { args: ["--json"] });
  expect(jsonLines(ended.stdout).at(-1)).toMatchObject({ error: { tag: "file-missing" } });
});

// Disks and permissions

const tmpfs = mountable();

/** A folder on a disk of 2 MB, or undefined with the reason said. */
function mountable(): string | undefined {
  const folder = place.file("small disk");
  try {
    fs.mkdirSync(folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    console.warn("skipped: disks that are full or read-only, since mounting is not possible here");
    return undefined;
  }
  afterAll(() => execFileSync("umount", ["-l", folder], { stdio: "ignore" }));
  return folder;
}

test.skipIf(!tmpfs)(
  "an output that does not fit on the disk is refused before anything is written",
  async () => {
    place.line("large.sgy", { shots: 40, channels: 24, samplesPerTrace: 1001 });
    for (const name of ["full.sgy", "full.zarr"]) {
      const ended = await run("large.sgy", path.join(tmpfs ?? "", name));
      expectRefusal(
        ended,
        1,
        /Cannot write full.*: expected \d+ bytes of room, found \d+ bytes free: free some space/,
      );
    }
    const ended = await place.run(
      "import",
      "large.sgy",
      "--copy",
      "--to",
      path.join(tmpfs ?? "", "full.zarr"),
    );
    expectRefusal(ended, 1, /Cannot write full.zarr: expected \d+ bytes of room/);
    expect(fs.readdirSync(tmpfs ?? "")).toEqual([]);
  },
);

test.skipIf(!tmpfs)("a folder on a read-only disk is refused", async () => {
  const disk = tmpfs ?? "";
  execFileSync("mount", ["-o", "remount,ro", disk]);
  try {
    for (const name of ["locked.sgy", "locked.zarr"]) {
      const ended = await run("line.sgy", path.join(disk, name));
      expectRefusal(
        ended,
        1,
        /Cannot write locked.*: expected permission to write in .*small disk, found none/,
      );
    }
  } finally {
    execFileSync("mount", ["-o", "remount,rw", disk]);
  }
  expect(fs.readdirSync(disk)).toEqual([]);
});

function run(input: string, output: string): Promise<Ended> {
  const flow = place.flow("disk.json", {
    input: { path: input },
    processes: [AGC],
    output: { path: output },
  });
  return place.run("run", flow);
}

const nobody = process.getuid?.() === 0 && runsAsNobody();

function runsAsNobody(): boolean {
  try {
    execFileSync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "true"]);
    return true;
  } catch {
    console.warn("skipped: a folder without permission, since no other user can be had here");
    return false;
  }
}

test.skipIf(!nobody)("folders and files without permission are refused", async () => {
  fs.chmodSync(place.folder, 0o755);
  fs.mkdirSync(place.file("their space"), { mode: 0o777, recursive: true });
  fs.chmodSync(place.file("their space"), 0o777);
  fs.mkdirSync(place.file("closed"), { mode: 0o755, recursive: true });
  const flow = place.flow("nobody.json", {
    input: { path: "line.sgy" },
    processes: [AGC],
    output: { path: "closed/theirs.sgy" },
  });
  expectRefusal(await asNobody("run", flow), 1, /Cannot write theirs.sgy: expected permission to write in/);
  expectNothingAt(place.file("closed/theirs.sgy"));
  fs.chmodSync(place.file("line.sgy"), 0o600);
  const output = place.file("their space/ok.sgy");
  const ended = await asNobody("run", flow, "--output", output);
  fs.chmodSync(place.file("line.sgy"), 0o644);
  expectRefusal(ended, 1, /Cannot read line.sgy: expected permission to read it, found none/);
  expectNothingAt(output);
});

/** The program as another user, whose job folders lie in a space of their own. */
function asNobody(...args: string[]): Promise<Ended> {
  const launch = path.resolve(import.meta.dirname ?? "", "../../sidecar/cli/launch.mjs");
  const user = [
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    process.env.NODE ?? "node",
    launch,
    ...args,
  ];
  const env = { ...process.env, HOME: place.folder, SEISPROC_WORKSPACE: place.file("their space") };
  const child = spawn("setpriv", user, { env, cwd: place.folder });
  let stdout = "", stderr = "";
  child.stdout.on("data", (data) => stdout += data);
  child.stderr.on("data", (data) => stderr += data);
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

// Changes under way

test("an input that changes while the job runs fails the job and leaves no output", async () => {
  place.line("changing.sgy", { shots: 100, channels: 60, samplesPerTrace: 1001 });
  const decon = { process: "deconvolution", parameters: { gapMs: 20, operatorMs: 400 } };
  const flow = place.flow("changing.json", {
    input: { path: "changing.sgy" },
    processes: [decon, decon, decon, decon],
    output: { path: "out/changed.sgy" },
  });
  const { ended, shows } = place.start("run", flow, "--json", "--workers", "1");
  await shows('"blocks":{"done":');
  fs.appendFileSync(place.file("changing.sgy"), "more");
  expectRefusal(await ended, 1, /expected .*found .*chang/);
  expectNothingAt(place.file("out/changed.sgy"));
});

test("an output that stood before is untouched when the job fails", async () => {
  place.segy("spoilt.sgy", SPOILT);
  fs.mkdirSync(place.file("out"), { recursive: true });
  fs.writeFileSync(place.file("out/earlier.sgy"), "earlier");
  const flow = place.flow("earlier.json", {
    input: { path: "spoilt.sgy" },
    processes: [AGC],
    output: { path: "out/earlier.sgy" },
  });
  expectRefusal(await place.run("run", flow), 1, /Cannot process trace 8/);
  expect(fs.readFileSync(place.file("out/earlier.sgy"), "utf8")).toBe("earlier");
  expect(fs.existsSync(place.file("out/earlier.sgy.part"))).toBe(false);
});
