/** Runners that outlived their manager: only a runner of this job, on this machine, is ever ended. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { readHolder } from "../../../sidecar/files/file_lock.ts";
import { thisProcess } from "../../../sidecar/files/host_process.ts";
import { endOrphan, inTheWay } from "../../../sidecar/jobs/run/orphan.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { eventually } from "../scripted_jobs.ts";

const HOLDER = fileURLToPath(new URL("./lock_holder.ts", import.meta.url));
const root = temporaryFolder("orphans");
const children = new Set<ChildProcess>();
let folders = 0;

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

function newFolder(): string {
  const folder = path.join(root, `20260101-000000-000-${String(++folders).padStart(6, "0")}`);
  fs.mkdirSync(folder);
  return folder;
}

function started(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  return child;
}

/** A process that holds the runner's lock; `words`: what the lock says, by default who holds it. */
async function holder(folder: string, words?: string): Promise<ChildProcess> {
  const args = [
    "run",
    "-A",
    "--no-check",
    "--quiet",
    HOLDER,
    folder,
    ...(words === undefined ? [] : [words]),
  ];
  const child = started(Deno.execPath(), args);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child;
}

function lives(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

const words = (host: string, pid: number) => JSON.stringify({ seisproc: "lock", host, pid });

test("where no runner is, none is ended", () => {
  const folder = newFolder();
  expect(endOrphan(folder)).toEqual({ end: "gone" });
  fs.writeFileSync(path.join(folder, "runner.lock"), words(thisProcess().host, process.pid));
  expect(endOrphan(folder)).toEqual({ end: "gone" });
});

test("a runner of this machine is ended, also when it is stopped, and its lock is free", async () => {
  const folder = newFolder(), child = await holder(folder);
  const pid = readHolder(path.join(folder, "runner.lock"))?.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  expect(endOrphan(folder)).toEqual({ end: "ended", host: thisProcess().host, pid });
  expect(endOrphan(folder)).toEqual({ end: "gone" });
  await eventually(() => !lives(child));
});

test("a runner of another machine is not touched, whatever process has its number here", async () => {
  const folder = newFolder(), bystander = started("sleep", ["60"]);
  const child = await holder(folder, words("nas7", bystander.pid ?? 0));
  const orphan = endOrphan(folder);
  expect(orphan).toEqual({ end: "elsewhere", host: "nas7", pid: bystander.pid });
  expect(inTheWay(folder, orphan)).toBe(
    `process ${bystander.pid} of the machine nas7: end it there, or wait until it ends`,
  );
  expect([lives(child), lives(bystander)]).toEqual([true, true]);
});

test.runIf(process.platform === "linux")(
  "a process that is no runner of this job is not touched, though the lock names it",
  async () => {
    const folder = newFolder(), bystander = started("sleep", ["60"]);
    const child = await holder(folder, words(thisProcess().host, bystander.pid ?? 0));
    expect(endOrphan(folder)).toEqual({ end: "unknown" });
    expect([lives(child), lives(bystander)]).toEqual([true, true]);
  },
);

test.each([["", "nothing"], ["12345", "what an older program wrote"], ["{noise", "noise"]])(
  "a lock that says %j (%s) leads to who has the file open",
  async (said) => {
    const folder = newFolder(), child = await holder(folder, said);
    const orphan = endOrphan(folder);
    expect(orphan).toEqual({ end: "unknown" });
    expect(inTheWay(folder, orphan)).toContain(`find who has that file open and end it`);
    expect(lives(child)).toBe(true);
  },
);
