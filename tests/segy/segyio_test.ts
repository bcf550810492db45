/** Another reader opens what is written here and finds the same numbers. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sharedFile, sharedHas } from "../shared_data.ts";
import { makeSegy, testFolder, testValue } from "./make_segy.ts";
import { readTraces, writeTraces } from "./read_traces.ts";

const READ = `
import sys, json, segyio
with segyio.open(sys.argv[1], ignore_geometry=True, endian=sys.argv[2]) as f:
    print(json.dumps({
        "samples": [[float(x) for x in f.trace[i]] for i in range(f.tracecount)],
        "fldr": [int(h[9]) for h in f.header], "ns": [int(h[115]) for h in f.header],
        "dt": int(f.bin[3217]), "format": int(f.bin[3225]), "revision": int(f.bin[3501]),
        "text": f.text[0].decode("ascii", "replace"),
    }))
`;

interface Found {
  readonly samples: number[][];
  readonly fldr: number[];
  readonly ns: number[];
  readonly dt: number;
  readonly format: number;
  readonly text: string;
}

const PYTHON = ["python3", "/usr/bin/python3"].find((python) =>
  spawnSync(python, ["-c", "import segyio"]).status === 0
);
if (!PYTHON) console.warn("skipped: python3 with segyio is not installed");

function segyio(file: string, order: "big" | "little"): Found {
  const { stdout, stderr, status } = spawnSync(PYTHON ?? "python3", ["-c", READ, file, order], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

for (const sampleFormat of ["ieee", "ibm", "int32", "int16", "int8"] as const) {
  for (const order of ["big", "little"] as const) {
    test.runIf(PYTHON)(`segyio reads ${sampleFormat} ${order}-endian as written`, () => {
      const input = readTraces(makeSegy("segyio-in.sgy", { interval: 2000 }));
      const file = path.join(testFolder(), `segyio-${sampleFormat}-${order}.sgy`);
      const output = {
        path: file,
        source: input.description,
        sampleFormat,
        littleEndian: order === "little",
      };
      writeTraces(output, input.samples, input.records);
      const found = segyio(file, order);
      const wanted = Array.from(
        { length: 5 },
        (_, t) => Array.from({ length: 20 }, (_, i) => testValue(t, i)),
      );
      expect(found.samples).toEqual(wanted);
      expect(found.fldr).toEqual([100, 101, 102, 103, 104]);
      expect(found.ns).toEqual(Array(5).fill(20));
      expect(found.dt).toBe(2000);
      expect(found.text).toMatch("SEISPROC TEST");
    });
  }
}

test.runIf(PYTHON && sharedHas("data/segy"))("shared files hold the numbers that segyio finds", () => {
  const folder = sharedFile("data", "segy");
  const names = fs.readdirSync(folder).filter((name) => !/broken|format2-|format8-/.test(name));
  for (const name of names) {
    const file = path.join(folder, name);
    const { samples, description, records } = readTraces(file);
    const found = segyio(file, /lsb/.test(name) ? "little" : "big");
    expect([...samples], name).toEqual(found.samples.flat());
    const fldr = Array.from({ length: description.traces }, (_, i) => records.get(i, records.word("fldr")));
    expect(fldr, name).toEqual(found.fldr);
  }
});
