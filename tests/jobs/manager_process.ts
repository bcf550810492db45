/** A manager in a process of its own, for tests that kill it or that share a workspace: submits what it is told. */
import process from "node:process";
import { JobManager } from "../../sidecar/jobs/manager.ts";
import { openWorkspace } from "../../sidecar/jobs/folder/workspace.ts";
import { scriptedLauncher, scriptedWork } from "./scripted_jobs.ts";

const [workspace, role, output, script] = process.argv.slice(2);
const manager = JobManager.open({
  workspace: openWorkspace(workspace),
  role: role === "desktop" ? "desktop" : "run",
  launcher: scriptedLauncher,
  preflight: () => ({ estimate: { seconds: 1, memoryBytes: 1, diskBytes: 1 }, warnings: [] }),
  program: "0.0.0-test",
});
const work = scriptedWork(output, JSON.parse(script));
const { id } = await manager.submit({ type: "processing", name: "other", work });
console.log(id);
const { state } = await manager.whenAtRest(id);
console.log(state);
await manager.shutdown();
