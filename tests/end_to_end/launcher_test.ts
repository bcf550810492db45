/** The launcher: terminals that hang up, environments and folders that are not made for it, and whom it asks. */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { readJob } from "../../sidecar/jobs/folder/job_folder.ts";
import type { Job } from "../../src/shared/job/job.ts";
import { makeLargeSurvey } from "../server/large_survey.ts";
import { Playground } from "./seisproc.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LAUNCH = path.join(ROOT, "sidecar", "cli", "launch.mjs");
const playground = new Playground();
afterAll(() => playground.remove());

const LINE = playground.line("line.sgy", { shots: 40, channels: 96 });
const FLOW = playground.flow("filter.json", {
  input: { path: LINE },
  processes: [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }],
  output: { path: "filtered.sgy" },
});

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? "").split(":").some((folder) => fs.existsSync(path.join(folder, program)));
}

/** Polls what a file system or another process shows. */
async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Runs a command line of the shell on a terminal of its own, in the playground's workspace. */
function onTerminal(command: string, more: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, SEISPROC_WORKSPACE: playground.workspace, SHELL: "/bin/bash", ...more };
  return spawn("script", ["-qec", command, "/dev/null"], {
    env,
    cwd: playground.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function ended(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (piece) => text += piece);
  return new Promise((resolve) => child.on("close", () => resolve(text)));
}

/** The newest job of the playground and the process of its runner, once there is one that was not there before. */
function runnerOf(before: ReadonlySet<string>): { folder: string; pid: number } | undefined {
  const jobs = path.join(playground.workspace, "jobs");
  const id = jobIds().find((one) => !before.has(one) && !one.startsWith("."));
  const lock = id === undefined ? "" : path.join(jobs, id, "runner.lock");
  if (id === undefined || !fs.existsSync(lock)) return undefined;
  const pid = Number(/\d+/.exec(fs.readFileSync(lock, "utf8"))?.[0] ?? 0);
  return pid > 0 ? { folder: path.join(jobs, id), pid } : undefined;
}

function jobIds(): string[] {
  const jobs = path.join(playground.workspace, "jobs");
  return fs.existsSync(jobs) ? fs.readdirSync(jobs) : [];
}

/** Starts the flow on a terminal, closes the terminal while the runner is stopped, and returns how the job came to rest. */
async function hangUpOn(prefix: string): Promise<Job> {
  const before = new Set(jobIds());
  const terminal = onTerminal(`${prefix} node ${quoted(LAUNCH)} run ${quoted(FLOW)}`);
  const closed = new Promise((resolve) => terminal.on("exit", resolve));
  const runner = await eventually(() => runnerOf(before));
  process.kill(runner.pid, "SIGSTOP");
  terminal.kill("SIGKILL");
  await closed;
  // The hang-up is on its way to all processes; only the stopped runner cannot have ended the job meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 300));
  process.kill(runner.pid, "SIGCONT");
  return await eventually(() => {
    const job = readJob(runner.folder);
    return job.state === "queued" || job.state === "running" ? undefined : job;
  });
}

test.skipIf(!isInstalled("script"))("a terminal that hangs up interrupts the job", async () => {
  expect(await hangUpOn("")).toMatchObject({ state: "interrupted", reason: "terminated" });
});

test.skipIf(!isInstalled("script"))("nohup and setsid keep the job when the terminal hangs up", async () => {
  expect((await hangUpOn("nohup")).state).toBe("completed");
  expect((await hangUpOn("setsid --wait")).state).toBe("completed");
});

test.skipIf(!isInstalled("strace"))("a run on a terminal opens no socket to any address", async () => {
  const trace = playground.file("trace.txt");
  const command = `strace -f -e trace=%network -o ${quoted(trace)} node ${quoted(LAUNCH)} run ${
    quoted(FLOW)
  }`;
  expect(await ended(onTerminal(command, { DENO_NO_UPDATE_CHECK: "" }))).toContain("traces");
  const calls = fs.readFileSync(trace, "utf8");
  expect(calls).toContain("socketpair(AF_UNIX");
  expect(calls).not.toMatch(/AF_INET/);
});

test.skipIf(!isInstalled("strace"))("the server opens no address but loopback", async () => {
  const trace = playground.file("serve.txt");
  const env = { ...process.env, SEISPROC_WORKSPACE: playground.workspace };
  const args = ["-f", "-e", "trace=%network", "-o", trace, "node", LAUNCH, "serve"];
  const child = spawn("strace", args, { env, stdio: "pipe" });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const closed = ended(child);
  child.stdin.end();
  await closed;
  const addresses = [...fs.readFileSync(trace, "utf8").matchAll(/sin6?_addr[^)]*\)/g)].map(([text]) => text);
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) expect(address).toContain("127.0.0.1");
});

test.skipIf(!isInstalled("script"))("a long scan says on a terminal how far it is", async () => {
  const large = makeLargeSurvey(playground.file("large.sgy"));
  const terminal = onTerminal(`node ${quoted(LAUNCH)} scan ${quoted(large)}`);
  let text = "";
  terminal.stdout?.on("data", (piece) => text += piece);
  await eventually(() => /large\.sgy: \d+ % {2}[\d,]+ of [\d,]+ traces/.test(text) || undefined);
  terminal.kill("SIGKILL");
});

test("a scan ends when the launcher is killed, and says nothing of its progress where no terminal is", async () => {
  const large = makeLargeSurvey(playground.file("large.sgy"));
  const launcher = spawn("node", [LAUNCH, "scan", large], { stdio: "pipe" });
  let text = "";
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on("data", (piece) => text += piece);
  const children = `/proc/${launcher.pid}/task/${launcher.pid}/children`;
  const scan = await eventually(() => Number(fs.readFileSync(children, "utf8").trim()) || undefined);
  // By then it reads headers.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  launcher.kill("SIGKILL");
  await eventually(() => isGone(scan) || undefined);
  expect(text).toBe("");
});

function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

/** The status of a command of the program that lies elsewhere, and what it says. */
function runThere(launch: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn("node", [launch, ...args], {
    env: { ...process.env, SEISPROC_WORKSPACE: playground.workspace, ...env },
    cwd: playground.folder,
    stdio: "pipe",
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => text += piece);
  return new Promise<[number | null, string]>((resolve) =>
    child.on("close", (code) => resolve([code, text]))
  );
}

test("variables that change how Deno starts are those of other programs", async () => {
  const env = {
    DENO_V8_FLAGS: "--no-such-flag",
    DENO_AUDIT_PERMISSIONS: "/proc/nothing",
    DENO_PERMISSION_BROKER_PATH: "/nothing",
    DENO_LOG: "debug",
    DENO_AUTH_TOKENS: "bad",
    DENO_SERVE_ADDRESS: "tcp:0.0.0.0:1",
    OTEL_DENO: "true",
  };
  const [status, text] = await runThere(LAUNCH, ["processes", "bandpass"], env);
  expect([status, text.split("\n")[0]]).toEqual([0, "bandpass: Band-pass"]);
  expect((await runThere(LAUNCH, ["run", FLOW, "--output", "with_variables.sgy"], env))[0]).toBe(0);
});

/** The program in another folder, with everything that it needs to run. */
function copyProgram(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  for (const name of ["sidecar", "src"]) {
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  for (const name of ["deno.json", "package.json"]) {
    fs.copyFileSync(path.join(ROOT, name), path.join(folder, name));
  }
  return path.join(folder, "sidecar", "cli", "launch.mjs");
}

test("configurations of others in the folders above, and in the current one, do no harm", async () => {
  const above = playground.file("above"), folder = path.join(above, "program");
  const launch = copyProgram(folder);
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  const configurations: Record<string, string>[] = [
    { "deno.json": "{" },
    { "deno.json": '{"workspace":["./program"]}' },
    {
      "deno.json":
        '{"imports":{"@std/async":"./no.ts","jsep":"./no.ts"},"nodeModulesDir":"none","lock":true}',
    },
    { "package.json": "{" },
    { "deno.json": "{", "package.json": '{"workspaces":["program"]}' },
  ];
  for (const [i, configuration] of configurations.entries()) {
    for (const where of [above, playground.folder]) {
      for (const [name, text] of Object.entries(configuration)) {
        fs.writeFileSync(path.join(where, name), text);
      }
    }
    const answer = await runThere(launch, ["run", FLOW, "--output", `above${i}.sgy`]);
    expect([configuration, ...answer]).toEqual([configuration, 0, expect.stringContaining("traces")]);
    for (const where of [above, playground.folder]) {
      for (const name of Object.keys(configuration)) fs.rmSync(path.join(where, name));
    }
  }
});

test("a comma in the program's path is said in a sentence", async () => {
  const folder = playground.file("a, b"), launch = copyProgram(folder);
  const name = `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`;
  const real = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const deno = path.join(folder, "node_modules", name);
  fs.mkdirSync(deno, { recursive: true });
  for (const file of ["package.json", "deno"]) {
    fs.copyFileSync(path.join(real, file), path.join(deno, file), fs.constants.COPYFILE_FICLONE);
  }
  const [status, text] = await runThere(launch, ["jobs", "list"]);
  expect([status, text]).toEqual([
    1,
    expect.stringMatching(/^Cannot start SeisProc: expected .*comma.*, found .*a, b/),
  ]);
  expect(text.trim().split("\n")).toHaveLength(1);
});
