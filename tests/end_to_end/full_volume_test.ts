/** A workspace on a volume with no room left: what makes room works, what runs pauses, whichever file was the last to fit. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { GatedProgram, WAITS } from "./gated_program.ts";
import { canMount, MountedDisk } from "./mounted_disk.ts";
import { expectNoTrace } from "./refusal.ts";
import { jsonLines, Playground, type Started } from "./seisproc.ts";

describe.skipIf(!canMount())("a full volume under the workspace", () => {
  const program = new GatedProgram();
  const place = new Playground(program.launcher);
  let disk: MountedDisk, flow: string, wanted: Uint8Array;

  beforeAll(async () => {
    disk = new MountedDisk(place.workspace, "1m");
    place.line("line.sgy", { shots: 60, channels: 60, samplesPerTrace: 751 });
    const input = { path: "line.sgy" };
    flow = place.flow("flow.json", { input, processes: [WAITS], output: { path: "out.sgy" } });
    program.open();
    wanted = await place.bytesOf(flow, "out.sgy");
  });
  afterEach(() => {
    disk.free();
    program.open();
  });
  afterAll(() => {
    disk.remove();
    place.remove();
    program.remove();
  });

  /** A job waits at the gate. */
  async function begun(): Promise<Started & { readonly id: string }> {
    program.shut();
    const started = place.start("run", flow, "--json");
    await started.shows('"phase":"processing"');
    return { ...started, id: fs.readdirSync(path.join(place.workspace, "jobs")).sort().at(-1) ?? "" };
  }

  async function interrupted(): Promise<string> {
    const { child, ended, id } = await begun();
    process.kill(child.pid ?? 0, "SIGTERM");
    program.openSlowly();
    expect((await ended).status).toBe(4);
    program.open();
    return id;
  }

  const outputs = () => fs.readdirSync(place.folder).filter((name) => name.startsWith("out.sgy"));

  test("list, show, cancel and remove work, and make room", async () => {
    const id = await interrupted();
    disk.fill();
    for (const args of [["list"], ["show", id], ["list", "--json"]]) {
      const { status, stdout, stderr } = await place.run("jobs", ...args);
      expect([args, status, stderr]).toEqual([args, 0, ""]);
      expect(stdout).toContain(id);
    }
    expect(await place.run("jobs", "cancel", id)).toMatchObject({ status: 0, stderr: "" });
    expect(outputs()).toEqual(["out.sgy"]);
    disk.fill();
    expect((await place.run("jobs", "list")).stdout).toMatch(new RegExp(`${id}  cancelled`));
    expect(await place.run("jobs", "remove", id)).toMatchObject({ status: 0, stderr: "" });
    expect((await place.run("jobs", "list")).stdout).not.toContain(id);
  });

  test("a job that another terminal runs is cancelled from here", async () => {
    const job = await begun();
    disk.fill();
    const cancelled = place.start("jobs", "cancel", job.id);
    expect(await cancelled.ended).toMatchObject({ status: 0 });
    expect((await job.ended).status).toBe(3);
    expect(outputs()).toEqual(["out.sgy"]);
  });

  test("a job whose checkpoint no longer fits pauses, and goes on to the same bytes when there is room", async () => {
    const job = await begun();
    disk.fill();
    program.open();
    const { status, stdout, stderr } = await job.ended;
    expectNoTrace(stderr);
    expect([status, jsonLines(stdout).at(-1)]).toMatchObject([4, {
      state: "paused",
      error: { tag: "disk-full" },
    }]);
    disk.free();
    expect((await place.run("jobs", "resume", job.id)).status).toBe(0);
    expect(fs.readFileSync(place.file("out.sgy")).equals(wanted)).toBe(true);
  });

  test("whichever file is the last to fit, a new job is refused, pauses, or completes; never a defect", async () => {
    program.open();
    const ends = new Set<string>();
    for (let pages = 0; pages < 12; pages++) {
      disk.fill(pages);
      const { status, stdout, stderr } = await place.run("run", flow, "--json");
      disk.free();
      expectNoTrace(stdout + stderr);
      const last = jsonLines(stdout).at(-1);
      ends.add(status === 1 ? "refused" : String(last?.state));
      if (status === 1) expect(stderr).toMatch(/Cannot create a job in .*: free space on that volume/);
      if (status === 4) {
        expect(last).toMatchObject({ state: "paused", reason: "disk full", error: { tag: "disk-full" } });
        expect((await place.run("jobs", "resume", String(last?.id))).status).toBe(0);
      }
      if (status !== 1) expect(fs.readFileSync(place.file("out.sgy")).equals(wanted)).toBe(true);
      fs.rmSync(place.file("out.sgy"), { force: true });
    }
    expect([...ends].sort()).toEqual(["completed", "paused", "refused"]);
    expect(fs.readdirSync(path.join(place.workspace, "jobs")).filter((name) => name.startsWith("."))).toEqual(
      [],
    );
  });
});
