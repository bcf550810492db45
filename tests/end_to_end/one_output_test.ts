/** Two jobs that want one output: never a mixture of both. */
import fs from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectRefusal } from "./refusal.ts";
import { type Ended, jsonLines, Playground, type Started } from "./seisproc.ts";
import { GatedProgram, WAITS } from "./gated_program.ts";

const program = new GatedProgram();
const place = new Playground(program.launcher);
const deconvolution = (gapMs: number) => ({
  process: "deconvolution",
  parameters: { gapMs, operatorMs: 400 },
});
/** Two flows into the same file, which wait at the gate. */
const FLOWS = { one: [WAITS, deconvolution(20)], other: [WAITS, deconvolution(60)] };

beforeAll(() => {
  place.line("long.sgy", { shots: 120, channels: 60, samplesPerTrace: 1001 });
});
afterAll(() => {
  place.remove();
  program.remove();
});

function flow(name: keyof typeof FLOWS, output: string): string {
  return place.flow(`${name}.json`, {
    input: { path: "long.sgy" },
    processes: FLOWS[name],
    output: { path: output },
  });
}

async function begun(name: keyof typeof FLOWS, output: string): Promise<Started> {
  program.shut();
  const started = place.start("run", flow(name, output), "--json");
  await started.shows('"phase":"processing"');
  return started;
}

/** Ctrl-C, as a terminal gives it to all processes of the command. */
async function interrupted(started: Started): Promise<Ended> {
  process.kill(-(started.child.pid ?? 0), "SIGINT");
  await started.shows('"state":"pausing"');
  program.openSlowly();
  const ended = await started.ended;
  program.open();
  return ended;
}

for (const output of ["twice.sgy", "twice.zarr"]) {
  test(`a second job is refused while the first writes ${output}, and does the first no harm`, async () => {
    const first = await begun("one", output);
    expectRefusal(await place.run("run", flow("other", output)), 1, /another job does: wait for that job/);
    program.open();
    expect((await first.ended).status).toBe(0);
    expect(fs.readdirSync(place.folder).filter((name) => name.startsWith(output))).toEqual([output]);
  });

  test(`a paused job does not go on from what another job began in its place: ${output}`, async () => {
    const paused = await interrupted(await begun("one", output));
    expect(paused.status).toBe(4);
    const [{ id }] = jsonLines(paused.stdout);
    expect((await interrupted(await begun("other", output))).status).toBe(4);
    const resumed = await place.run("jobs", "resume", String(id), "--json");
    expect(resumed.status).toBe(0);
    expect(resumed.stdout).toContain("starting from the beginning");
    const found = contents(place.file(output));
    expect((await place.run("run", flow("one", output))).status).toBe(0);
    expect(found.equals(contents(place.file(output)))).toBe(true);
  });
}

test("cancelling a paused job leaves alone what another job writes in its place", async () => {
  const paused = await interrupted(await begun("one", "mine.sgy"));
  const [{ id }] = jsonLines(paused.stdout);
  const other = await begun("other", "mine.sgy");
  expect((await place.run("jobs", "cancel", String(id))).status).toBeLessThan(4);
  program.open();
  expect((await other.ended).status).toBe(0);
  expect(fs.existsSync(place.file("mine.sgy"))).toBe(true);
});

test("an output whose name ends in .part is like any other", async () => {
  fs.writeFileSync(place.file("a.part"), "not ours");
  const { status, stdout } = await interrupted(await begun("one", "a.part"));
  expect(status).toBe(4);
  const [{ id }] = jsonLines(stdout);
  await place.run("jobs", "cancel", String(id));
  expect(fs.existsSync(place.file("a.part"))).toBe(true);
  expect(fs.existsSync(place.file("a.part.part"))).toBe(false);
});

/** Samples of an output: a SEG-Y file without its text header, or the traces of a dataset. */
function contents(output: string): Buffer {
  if (fs.statSync(output).isFile()) return fs.readFileSync(output).subarray(3200);
  const folder = `${output}/traces`;
  return Buffer.concat(fs.readdirSync(folder).sort().map((name) => fs.readFileSync(`${folder}/${name}`)));
}
