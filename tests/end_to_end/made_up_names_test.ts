/** Nothing beside the output is ever lost: not at the names that the program makes up, nor by what it replaces. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { holderText } from "../../sidecar/files/file_lock.ts";
import { expectRefusal } from "./refusal.ts";
import { type Ended, jsonLines, Playground } from "./seisproc.ts";
import { THINGS, treeOf } from "./things.ts";

const place = new Playground();
afterAll(() => place.remove());

const FOLDER = place.file("work");
const at = (name: string) => path.join(FOLDER, name);

beforeEach(() => {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER);
  place.line("work/line.sgy");
});

const tree = (folder = FOLDER) => treeOf(folder);

function flow(output: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  return place.flow("work/flow.json", { input: { path: "line.sgy" }, processes: [], output, ...more });
}

/** Ways to write something, by the output that they name. */
const WRITERS: Readonly<Record<string, { output: string; run: () => Promise<Ended> }>> = {
  "a run": { output: "out.sgy", run: () => place.run("run", flow({ path: "out.sgy" })) },
  "a run to a dataset": { output: "out.zarr", run: () => place.run("run", flow({ path: "out.zarr" })) },
  "a run with noise": {
    output: "both.noise.sgy",
    run: () => place.run("run", flow({ path: "both.sgy", mode: "both" })),
  },
  "an import": { output: "in.zarr", run: () => place.run("import", at("line.sgy"), "--to", at("in.zarr")) },
  "an import of all": {
    output: "all.zarr",
    run: () => place.run("import", at("line.sgy"), "--to", at("all.zarr"), "--copy"),
  },
  "an export": { output: "ex.sgy", run: () => place.run("export", at("line.sgy"), "--to", at("ex.sgy")) },
};

/** One thing at each name; `tests/flow/output_paths_test.ts` tries each at each. */
const AT_NAMES: readonly [string, string][] = [
  [".part", "a link to a file"],
  [".part.lock", "a file"],
  [".part.old", "a folder"],
];

describe.each(Object.keys(WRITERS))("%s", (writer) => {
  const { output, run } = WRITERS[writer];

  test("is refused by what lies at a name that it would make up, and leaves it", async () => {
    flow({});
    for (const [ending, thing] of AT_NAMES) {
      THINGS[thing](at(output + ending));
      const { "flow.json": _, ...before } = tree();
      const ended = await run();
      expectRefusal(ended, 2, /, a name that the job makes up, found .*: rename it, remove it or choose/);
      expect(ended.stderr).toContain(at(output + ending));
      expect(tree()).toMatchObject(before);
      expect(Object.keys(tree())).toHaveLength(Object.keys(before).length + 1);
      for (const name of [output + ending, "elsewhere"]) {
        fs.rmSync(at(name), { recursive: true, force: true });
      }
    }
  });

  test("leaves what the user calls .old or .new, and makes its output beside it", async () => {
    for (const ending of [".old", ".new", ".tmp", ".lock"]) THINGS["a folder"](at(output + ending));
    const before = tree();
    expect((await run()).status).toBe(0);
    expect(tree()).toMatchObject(before);
    expect((await run()).status).toBe(0);
    expect(tree()).toMatchObject(before);
    const beside = fs.readdirSync(FOLDER).filter((name) => name.startsWith(`${output}.part`));
    expect(beside).toEqual([]);
  });
});

describe("an input", () => {
  test.each([".part", ".part.lock", ".part.old"])(
    "with the name of the output and %s is refused",
    async (ending) => {
      for (const output of ["out.sgy", "out.zarr", "noise of it.sgy"]) {
        const input = output.startsWith("noise") ? `noise of it.noise.sgy${ending}` : output + ending;
        fs.renameSync(at("line.sgy"), at(input));
        const mode = output.startsWith("noise") ? "both" : "processed";
        const file = flow({ path: output, mode }, { input: { path: input } });
        const before = tree();
        expectRefusal(await place.run("run", file), 2, /found the input itself/);
        expect(tree()).toEqual(before);
        fs.renameSync(at(input), at("line.sgy"));
      }
    },
  );

  test("with the name of the output and .old is read and stays", async () => {
    fs.renameSync(at("line.sgy"), at("out.zarr.old"));
    const bytes = fs.readFileSync(at("out.zarr.old"));
    for (let times = 0; times < 2; times++) {
      expect((await place.run("run", flow({ path: "out.zarr" }, { input: { path: "out.zarr.old" } }))).status)
        .toBe(0);
    }
    expect(fs.readFileSync(at("out.zarr.old")).equals(bytes)).toBe(true);
  });

  test("that is the output by another name is refused: links, second names, ways around", async () => {
    fs.mkdirSync(at("sub"));
    fs.symlinkSync(FOLDER, at("way around"));
    fs.symlinkSync(at("line.sgy"), at("soft.sgy"));
    fs.linkSync(at("line.sgy"), at("hard.sgy"));
    const before = tree();
    for (const output of ["sub/../line.sgy", "way around/line.sgy", "soft.sgy", "hard.sgy", "line.sgy/"]) {
      const ended = await place.run("run", flow({ path: "x.sgy" }), "--output", at(output));
      expectRefusal(ended, 2, /found the input itself/);
    }
    expect({ ...tree(), "flow.json": "" }).toEqual({ ...before, "flow.json": "" });
  });

  test("that is a dataset takes no output into its folder, nor does one replace the folder around it", async () => {
    expect((await place.run("import", at("line.sgy"), "--to", at("in.zarr"), "--copy")).status).toBe(0);
    const before = tree();
    for (const output of ["in.zarr/out.sgy", "in.zarr/traces/out.zarr", "in.zarr/headers/x.sgy"]) {
      const ended = await place.run("export", at("in.zarr"), "--to", at(output.replace(".zarr", ".zarr")));
      if (!output.endsWith(".zarr")) expectRefusal(ended, 2, /found .* in the input/);
      const file = flow({ path: output }, { input: { path: "in.zarr" } });
      expectRefusal(await place.run("run", file), 2, /found .* in the input/);
      fs.rmSync(file);
    }
    expect(tree()).toEqual(before);
    fs.renameSync(at("line.sgy"), at("in.zarr/line.sgy"));
    const inside = await place.run("import", at("in.zarr/line.sgy"), "--to", at("in.zarr"));
    expectRefusal(inside, 2, /found the input in /);
    expect(fs.existsSync(at("in.zarr/line.sgy"))).toBe(true);
  });
});

test("an output that is the flow file or a velocity file is refused, by any name", async () => {
  fs.writeFileSync(at("vel.txt"), "0 1500\n1000 2000\n");
  fs.linkSync(at("vel.txt"), at("also vel.sgy"));
  const nmo = [{ process: "nmo", parameters: { velocity: { file: "vel.txt" } } }];
  const file = flow({ path: "x.sgy" }, { processes: nmo });
  fs.symlinkSync(file, at("also flow.sgy"));
  const before = tree();
  for (const output of ["flow.json", "also flow.sgy"]) {
    expectRefusal(await place.run("run", file, "--output", at(output)), 2, /found the flow file itself/);
  }
  for (const output of ["vel.txt", "also vel.sgy"]) {
    expectRefusal(await place.run("run", file, "--output", at(output)), 2, /found a velocity file itself/);
  }
  fs.renameSync(at("vel.txt"), at("x.sgy.part"));
  const moved = [{ process: "nmo", parameters: { velocity: { file: "x.sgy.part" } } }];
  expectRefusal(
    await place.run("run", flow({ path: "x.sgy" }, { processes: moved })),
    2,
    /a velocity file itself/,
  );
  expect(fs.readFileSync(at("x.sgy.part"), "utf8")).toBe("0 1500\n1000 2000\n");
  expect(Object.keys(before).length).toBe(Object.keys(tree()).length);
});

describe("noise", () => {
  const both = (output: string) => place.run("run", flow({ path: output, mode: "both" }, { name: "both" }));

  test("replaces an earlier noise, of either kind, and nothing else", async () => {
    for (const output of ["line2.sgy", "line2.zarr"]) {
      expect((await both(output)).status).toBe(0);
      expect((await both(output)).status).toBe(0);
    }
    for (const name of ["of mine.noise.sgy", "of mine.noise.zarr"]) {
      const args = name.endsWith(".zarr") ? ["import"] : ["export"];
      expect((await place.run(...args, at("line.sgy"), "--to", at(name))).status).toBe(0);
      const before = tree();
      expectRefusal(await both(name.replace(".noise", "")), 2, /that is no noise output/);
      expect({ ...tree(), "flow.json": "" }).toEqual({ ...before, "flow.json": "" });
    }
    fs.writeFileSync(at("note.noise.sgy"), "precious");
    expectRefusal(await both("note.sgy"), 2, /found a file that is no noise output/);
    expect(fs.readFileSync(at("note.noise.sgy"), "utf8")).toBe("precious");
  }, 60_000);
});

describe("what an output replaces", () => {
  test("keeps its bytes under its second names and behind links", async () => {
    fs.writeFileSync(at("out.sgy"), "earlier");
    fs.linkSync(at("out.sgy"), at("kept.sgy"));
    expect((await place.run("run", flow({ path: "out.sgy" }))).status).toBe(0);
    expect(fs.readFileSync(at("kept.sgy"), "utf8")).toBe("earlier");
    fs.rmSync(at("out.sgy"));
    fs.symlinkSync(at("kept.sgy"), at("out.sgy"));
    expect((await place.run("run", flow({ path: "out.sgy" }))).status).toBe(0);
    expect(fs.readFileSync(at("kept.sgy"), "utf8")).toBe("earlier");
    fs.rmSync(at("out.sgy"));
    fs.symlinkSync(at("nowhere.sgy"), at("out.sgy"));
    expect((await place.run("run", flow({ path: "out.sgy" }))).status).toBe(0);
    expect(fs.existsSync(at("nowhere.sgy"))).toBe(false);
  });

  test("is no file that its owner protected", async () => {
    fs.writeFileSync(at("out.sgy"), "protected");
    fs.chmodSync(at("out.sgy"), 0o444);
    expectRefusal(await place.run("run", flow({ path: "out.sgy" })), 1, /found one protected from writing/);
    expect(fs.readFileSync(at("out.sgy"), "utf8")).toBe("protected");
  });

  test("is a dataset of ours and nothing else, whatever lies in it", async () => {
    const make = () => place.run("import", at("line.sgy"), "--to", at("in.zarr"));
    expect((await make()).status).toBe(0);
    expect((await make()).status).toBe(0);
    const foreign = [
      "notes.txt",
      "headers/notes",
      "headers/cdp/c.0.backup",
      "more/zarr.json",
      "headers/cdp/deeper/c.0",
      "traces.old",
    ];
    for (const name of foreign) {
      fs.mkdirSync(path.dirname(at(`in.zarr/${name}`)), { recursive: true });
      fs.writeFileSync(at(`in.zarr/${name}`), "precious");
      const before = tree();
      expectRefusal(await make(), 2, /found .* in it, which no dataset has/);
      expect(tree()).toEqual(before);
      const [first] = path.relative("headers/cdp", name).startsWith("..") ? name.split("/") : [name];
      fs.rmSync(at(`in.zarr/${first === "headers" ? name : first}`), { recursive: true });
      fs.rmSync(at("in.zarr/headers/cdp/deeper"), { recursive: true, force: true });
    }
    expect((await make()).status).toBe(0);
    fs.renameSync(at("in.zarr"), at("elsewhere.zarr"));
    fs.symlinkSync(at("elsewhere.zarr"), at("in.zarr"));
    expectRefusal(await make(), 2, /expected nothing or a dataset there, found a link/);
    expect(fs.existsSync(at("elsewhere.zarr/zarr.json"))).toBe(true);
  }, 60_000);

  test("is no partial output of another job", async () => {
    fs.writeFileSync(at("a.sgy.part"), "begun");
    fs.writeFileSync(at("a.sgy.part.lock"), holderText({ job: "20260101-000000-000-abcdef" }));
    for (const ending of [".part", ".part.lock", ".part.old"]) {
      const ended = await place.run("run", flow({ path: `a.sgy${ending}` }));
      expectRefusal(ended, 2, /found a partial output of job 20260101-000000-000-abcdef/);
    }
    expect(fs.readFileSync(at("a.sgy.part"), "utf8")).toBe("begun");
  });
});

test("a folder that is a link is written into, and an empty lock that a crash left is taken", async () => {
  fs.mkdirSync(at("real"));
  fs.symlinkSync(at("real"), at("linked"));
  fs.writeFileSync(at("real/out.sgy.part.lock"), "");
  expect((await place.run("run", flow({ path: "linked/out.sgy" }))).status).toBe(0);
  expect(fs.readdirSync(at("real"))).toEqual(["out.sgy"]);
});

describe("a demonstration", () => {
  test.each(["line.sgy", "brute_stack.json", "stack.sgy"])(
    "leaves the user's %s and says so",
    async (name) => {
      fs.mkdirSync(at("mine"));
      fs.writeFileSync(at(`mine/${name}`), "precious");
      const ended = await place.run("demo", "--dir", at("mine"));
      expectRefusal(ended, 2, /expected nothing there or what this command made before, found a file/);
      expect(fs.readFileSync(at(`mine/${name}`), "utf8")).toBe("precious");
      expect(fs.readdirSync(at("mine")).filter((one) => one.endsWith(".tmp"))).toEqual([]);
    },
  );
});

describe("a job that rests", () => {
  /** Starts a slow job and interrupts it: its id. */
  async function rested(output: string): Promise<string> {
    place.line("work/long.sgy", { shots: 100, channels: 48, samplesPerTrace: 1001 });
    const slow = { process: "deconvolution", parameters: { gapMs: 20, operatorMs: 400 } };
    const more = { input: { path: "long.sgy" }, processes: Array(8).fill(slow) };
    const started = place.start("run", flow({ path: output }, more), "--json");
    await started.shows('"news":"progress"');
    process.kill(-(started.child.pid ?? 0), "SIGINT");
    const { status, stdout } = await started.ended;
    expect(status).toBe(4);
    return String(jsonLines(stdout)[0].id);
  }

  test.each([
    ["resume", "a link to a file"],
    ["cancel", "a link to a file"],
    ["resume", "a second name of a file"],
    ["remove", "a second name of a file"],
    ["resume", "a pipe"],
    ["resume", "a folder"],
    ["cancel", "a folder"],
  ])("%s neither goes on through %s in its output's place, nor removes it", async (verb, thing) => {
    const id = await rested("out.sgy");
    fs.rmSync(at("out.sgy.part"));
    THINGS[thing](at("out.sgy.part"));
    const { "out.sgy.part.lock": _, ...before } = tree();
    const ended = await place.run("jobs", verb, id);
    if (verb === "resume") {
      expect(ended.status).toBe(1);
      expect(ended.stderr).toMatch(/expected nothing at .*out.sgy.part/);
    }
    expect(tree()).toMatchObject(before);
    if (verb !== "remove") expect((await place.run("jobs", "remove", id)).status).toBe(0);
    expect(tree()).toEqual(before);
  });

  test("keeps, when cancelled, what somebody put into its partial dataset", async () => {
    const id = await rested("out.zarr");
    fs.writeFileSync(at("out.zarr.part/notes"), "precious");
    expectRefusal(await place.run("jobs", "resume", id), 1, /out.zarr.part\/notes/);
    await place.run("jobs", "remove", id);
    expect(tree(at("out.zarr.part"))).toEqual({ notes: Buffer.from("precious").toString("base64") });
  }, 60_000);
});
