/** What a job kept is changed while it rests, with the program as a user starts it: the same bytes, and a word on it. */
import fs from "node:fs";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { bytesOf, differences } from "./real_jobs.ts";
import { expectNoTrace } from "./refusal.ts";
import { jsonLines, Playground } from "./seisproc.ts";

const program = new GatedProgram();
const place = new Playground(program.launcher);
const DECONVOLUTION = { process: "deconvolution", parameters: { gapMs: 20, operatorMs: 400 } };
const OUTPUTS = ["kept.sgy", "kept.zarr"];
const quiet = new Map<string, Map<string, Buffer>>();

beforeAll(async () => {
  place.line("long.sgy", { shots: 100, channels: 60, samplesPerTrace: 1001 });
  program.open();
  for (const output of OUTPUTS) {
    expect((await place.run("run", flow(output))).status).toBe(0);
    quiet.set(output, bytesOf(place.file(output)));
    fs.rmSync(place.file(output), { recursive: true });
  }
});
afterAll(() => {
  place.remove();
  program.remove();
});

function flow(output: string): string {
  const processes = [WAITS, DECONVOLUTION];
  return place.flow("slow.json", { input: { path: "long.sgy" }, processes, output: { path: output } });
}

/** Starts the job and interrupts it while it waits at the gate: the blocks in hand are kept, others are left. Its id. */
async function rested(output: string): Promise<string> {
  program.shut();
  const started = place.start("run", flow(output), "--json");
  await started.shows('"phase":"processing"');
  process.kill(-(started.child.pid ?? 0), "SIGINT");
  await started.shows('"state":"pausing"');
  program.openSlowly();
  const { status, stdout } = await started.ended;
  expect(status).toBe(4);
  program.open();
  return String(jsonLines(stdout)[0].id);
}

async function goesOn(verb: "resume" | "retry", id: string, output: string): Promise<string> {
  const { status, stdout, stderr } = await place.run("jobs", verb, id, "--json");
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("Cannot")]);
  expectNoTrace(stdout + stderr);
  expect(differences(quiet.get(output) ?? new Map(), bytesOf(place.file(output)))).toEqual([]);
  expect(fs.readdirSync(place.folder).filter((name) => name.startsWith(`${output}.`))).toEqual([]);
  fs.rmSync(place.file(output), { recursive: true });
  return stdout;
}

const checkpointOf = (id: string) => `${place.workspace}/jobs/${id}/checkpoint`;

test.each([
  ["kept.sgy", "a file that was cut", (part: string) => fs.truncateSync(part, 1_000_000)],
  [
    "kept.sgy",
    "a file of zeros",
    (part: string) => fs.writeFileSync(part, new Uint8Array(fs.statSync(part).size)),
  ],
  ["kept.zarr", "a chunk that is gone", (part: string) => fs.rmSync(`${part}/traces/c.0.0`)],
  ["kept.zarr", "a column that was cut", (part: string) => fs.truncateSync(`${part}/headers/cdp/c.0`, 1)],
])("%s goes on from %s", async (output, _, change) => {
  const id = await rested(output);
  change(place.file(`${output}.part`));
  expect(await goesOn("resume", id, output)).toMatch(
    /What the earlier attempt left in kept\.\w+\.part was changed/,
  );
});

test("a damaged checkpoint is no dead end", async () => {
  const id = await rested("kept.sgy");
  const bytes = fs.readFileSync(checkpointOf(id));
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(checkpointOf(id), bytes);
  const said = await goesOn("resume", id, "kept.sgy");
  expect(said).toContain("The checkpoint of the earlier attempt is damaged: starting from the beginning");
});

test("what cannot be resumed is said, and retried from nothing", async () => {
  const id = await rested("kept.sgy");
  fs.writeFileSync(checkpointOf(id), '{"seisproc":2}\n');
  const refused = await place.run("jobs", "resume", id);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/expected version 1, found 2/);
  expect(await goesOn("retry", id, "kept.sgy")).toContain("it starts from the beginning");
});

test("an input that another took the place of is noticed when the job goes on", async () => {
  const id = await rested("kept.sgy");
  const input = place.file("long.sgy"), { atime, mtime } = fs.statSync(input);
  fs.copyFileSync(input, `${input}.copy`);
  fs.renameSync(`${input}.copy`, input);
  fs.utimesSync(input, atime, mtime);
  const refused = await place.run("jobs", "resume", id);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/found another identity of the input.*: retry it from the beginning/);
  expect(await goesOn("retry", id, "kept.sgy")).toContain("The plan changed since the last attempt");
});
