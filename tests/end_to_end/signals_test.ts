/** Ctrl-C and signals at a job in the middle of its work, as the exit statuses promise. */
import fs from "node:fs";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { expectNothingAt, expectNoTrace } from "./refusal.ts";
import { jsonLines, Playground, type Started } from "./seisproc.ts";

const program = new GatedProgram();
const place = new Playground(program.launcher);
const BANDPASS = { process: "bandpass", parameters: { lowHz: 8, highHz: 60 } };

beforeAll(() => {
  place.line("long.sgy", { shots: 120, channels: 60, samplesPerTrace: 1001 });
});
afterAll(() => {
  place.remove();
  program.remove();
});

function flowTo(output: string): string {
  const input = { path: "long.sgy" };
  return place.flow("flow.json", { input, processes: [WAITS, BANDPASS], output: { path: output } });
}

/** A job that waits at the gate. */
async function begun(output: string): Promise<Started> {
  program.shut();
  const started = place.start("run", flowTo(output), "--json");
  await started.shows('"phase":"processing"');
  return started;
}

const pressCtrlC = ({ child }: Started) => process.kill(-(child.pid ?? 0), "SIGINT");

test("Ctrl-C once finishes the blocks in hand and exits 4; the job resumes to the same bytes", async () => {
  const started = await begun("once.sgy");
  pressCtrlC(started);
  await started.shows('"state":"pausing"');
  program.openSlowly();
  const { status, stdout, stderr } = await started.ended;
  expect(status).toBe(4);
  expectNoTrace(stderr);
  expect(fs.existsSync(place.file("once.sgy"))).toBe(false);
  const [{ id }] = jsonLines(stdout);
  program.open();
  expect((await place.run("jobs", "resume", String(id))).status).toBe(0);
  const resumed = fs.readFileSync(place.file("once.sgy"));
  expect((await place.run("run", flowTo("once.sgy"))).status).toBe(0);
  expect(resumed.equals(fs.readFileSync(place.file("once.sgy")))).toBe(true);
  expect(fs.existsSync(place.file("once.sgy.part"))).toBe(false);
});

test("an interrupt of the started process alone counts like Ctrl-C", async () => {
  const started = await begun("alone.sgy");
  process.kill(started.child.pid ?? 0, "SIGINT");
  await started.shows('"state":"pausing"');
  program.openSlowly();
  expect((await started.ended).status).toBe(4);
});

test("Ctrl-C twice cancels, exits 3 and leaves nothing, though no block is finished meanwhile", async () => {
  const started = await begun("two.sgy");
  pressCtrlC(started);
  await started.shows('"state":"pausing"');
  pressCtrlC(started);
  const { status, stderr } = await started.ended;
  expect(stderr).toContain("Ctrl-C again cancels the job");
  expectNoTrace(stderr);
  expect(status).toBe(3);
  expectNothingAt(place.file("two.sgy"));
});

test("a termination signal leaves a job that can be resumed or cancelled", async () => {
  const started = await begun("term.sgy");
  process.kill(started.child.pid ?? 0, "SIGTERM");
  program.openSlowly();
  const { status, stdout } = await started.ended;
  expect(status).toBe(4);
  const [{ id }] = jsonLines(stdout);
  expect((await place.run("jobs", "cancel", String(id))).status).toBe(0);
  expectNothingAt(place.file("term.sgy"));
});
