/** A job copied as a command line is run by a shell and does the same again, bit by bit. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseJobRequest } from "../../../src/shared/job/parse_request.ts";
import { commandLineOf } from "../../../src/ui/format/command_line.ts";
import { jsonLines, Playground } from "../../end_to_end/seisproc.ts";

const LAUNCH = fileURLToPath(new URL("../../../sidecar/cli/launch.mjs", import.meta.url));

let place: Playground;
beforeAll(() => {
  place = new Playground();
  place.line("it's line $7.sgy");
});
afterAll(() => place.remove());

/** What the job of this command was asked, as its folder has it. */
async function requestOf(...args: string[]) {
  const { stdout, stderr } = await place.run(...args, "--json");
  const id = String(jsonLines(stdout)[0]?.id ?? stdout + stderr);
  const file = path.join(place.workspace, "jobs", id, "job.json");
  return parseJobRequest(id, JSON.parse(fs.readFileSync(file, "utf8")));
}

function shell(lines: string): void {
  const env = { ...process.env, SEISPROC_WORKSPACE: place.workspace };
  const script = lines.replace("npx seisproc", `node '${LAUNCH}'`);
  const { status, stderr } = spawnSync("sh", ["-c", script], { env, cwd: place.folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

test("a flow with every option of its input and output, its workers and its policy", async () => {
  const flow = place.flow("a flow", {
    input: {
      path: "it's line $7.sgy",
      order: ["cdp", "-offset"],
      select: "offset < 1e9",
      traces: [3, 200],
      read: { format: "ibm", endian: "big", map: ["mine=9:int32"] },
    },
    processes: [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }],
    output: { path: "out's.sgy", format: "ibm", mode: "both", endian: "little" },
  });
  const request = await requestOf("run", flow, "--workers", "1", "--on-error", "skip");
  const before = fs.readFileSync(place.file("out's.sgy"));
  fs.rmSync(place.file("out's.sgy"));
  const lines = commandLineOf({ ...request, name: "it's $(no) name/with `all`" });
  expect(lines).toContain("--workers 1 --on-error skip");
  shell(lines);
  expect(fs.readFileSync(place.file("out's.sgy")).equals(before)).toBe(true);
});

test("an import with forced reading and mapped words", async () => {
  const args = ["--read", "format=ibm,endian=big", "--map", "mine=9:int32", "--workers", "1"];
  const request = await requestOf("import", place.file("it's line $7.sgy"), "--to", "it's.zarr", ...args);
  const lines = commandLineOf(request);
  fs.rmSync(place.file("it's.zarr"), { recursive: true });
  shell(lines);
  expect(fs.existsSync(place.file("it's.zarr"))).toBe(true);
  expect(lines).toContain("--map mine=9:int32");
});
