/** A world in which the examples of PROTOCOL.md and the transcripts hold: their paths, jobs and alerts, made real. */
import fs from "node:fs";
import path from "node:path";
import type { CommandName } from "../../src/shared/protocol/commands.ts";
import { until } from "../jobs/scripted_jobs.ts";
import { segyBytes } from "../segy/make_segy.ts";
import type { ServerBench } from "../server/server_bench.ts";

/** What examples call their folder, their job and another job. */
export const EXAMPLE = {
  folder: "/data",
  job: "20260301-101500-000-a1b2c3",
  other: "20260301-102000-000-d4e5f6",
  group: "20260301-110000-000-0000aa",
} as const;

const FLOW = {
  seisproc: 1,
  name: "Filter",
  input: { path: "line.sgy", order: ["cdp"] },
  processes: [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60 } }],
  output: { path: "filtered.sgy" },
};

export class ExampleWorld {
  readonly folder: string;

  private constructor(readonly bench: ServerBench) {
    this.folder = bench.folder();
  }

  static async open(bench: ServerBench): Promise<ExampleWorld> {
    const world = new ExampleWorld(bench);
    const words = (trace: number) => [[9, 4, 1 + Math.floor(trace / 6)], [21, 4, 100 + trace % 6]] as const;
    fs.writeFileSync(path.join(world.folder, "line.sgy"), segyBytes({ traces: 24, samples: 100, words }));
    fs.writeFileSync(path.join(world.folder, "filter.json"), JSON.stringify(FLOW));
    await bench.ask("open_path", { path: path.join(world.folder, "line.sgy") });
    await bench.ask("choose_folder", { path: world.folder });
    return world;
  }

  /** An example as it is in this world, with jobs that stand as the command needs them. */
  async real(command: CommandName, example: string): Promise<string> {
    this.bench.manager.setLimits({ heavy: 64, light: 2 });
    const job = example.includes(EXAMPLE.job) ? await this.#job(command) : "";
    const other = example.includes(EXAMPLE.other) ? await this.#queued() : "";
    const group = example.includes(EXAMPLE.group) || command === "list_groups" ? await this.#group() : "";
    if (command === "list_jobs") await this.#job("get_job");
    if (command === "acknowledge_alert" || command === "list_alerts") await this.#alert();
    return example.replaceAll(EXAMPLE.folder, JSON.stringify(this.folder).slice(1, -1))
      .replaceAll(EXAMPLE.job, job).replaceAll(EXAMPLE.other, other)
      .replaceAll(EXAMPLE.group, group);
  }

  async #job(command: CommandName): Promise<string> {
    if (command === "rerun_job") return await this.#real();
    if (command === "reorder_job" || command === "set_priority") return await this.#queued();
    const { manager, bench } = this.bench;
    manager.releaseQueue("by the user");
    const running = ["pause_job", "finish_job", "cancel_job", "resume_job", "retry_job"].includes(command);
    const script = running ? { blocks: 2000, msPerBlock: 5 } : { blocks: 2, msPerBlock: 1 };
    const { id } = await manager.submit(bench.submission(script, { name: "Brute stack", tags: ["line 7"] }));
    if (!running) await until(manager, id, "completed");
    else await until(manager, id, "running");
    if (command === "resume_job") await manager.pause(id).then(() => until(manager, id, "paused"));
    if (command === "retry_job") await manager.cancel(id).then(() => until(manager, id, "cancelled"));
    return id;
  }

  /** A job on files that are there. */
  async #real(): Promise<string> {
    const work = {
      kind: "export",
      input: path.join(this.folder, "line.sgy"),
      to: path.join(this.folder, "real.sgy"),
    } as const;
    return (await this.bench.ask("submit", { work })).job.id;
  }

  async #queued(): Promise<string> {
    this.bench.manager.holdQueue("by the user");
    return (await this.bench.manager.submit(this.bench.bench.submission())).id;
  }

  async #group(): Promise<string> {
    this.bench.manager.holdQueue("by the user");
    const parent = "20260301-110000-000-0000bb";
    for (let i = 0; i < 2; i++) {
      await this.bench.manager.submit(this.bench.bench.submission({}, { parent, group: "Filter" }));
    }
    return parent;
  }

  async #alert(): Promise<void> {
    this.bench.manager.releaseQueue("by the user");
    const failing = this.bench.bench.submission({ failAt: 0 }, { maxAttempts: 1 });
    const { id } = await this.bench.manager.submit(failing);
    await until(this.bench.manager, id, "failed");
  }
}

/** Where what was found is not of the form of the example: missing fields and other types. Null stands for anything. */
export function differences(example: unknown, found: unknown, where = "reply"): string[] {
  if (example === null || found === null) return [];
  if (Array.isArray(example)) {
    if (!Array.isArray(found)) return [`${where} is no list`];
    if (example.length === 0 || found.length === 0) return [];
    return differences(example[0], found[0], `${where}[0]`);
  }
  if (typeof example !== typeof found) return [`${where} is ${typeof found}, not ${typeof example}`];
  if (typeof example !== "object" || typeof found !== "object") return [];
  return Object.entries(example).flatMap(([name, value]) => {
    const there = Object.entries(found ?? {}).find(([one]) => one === name);
    return there === undefined
      ? [`${where}.${name} is missing`]
      : differences(value, there[1], `${where}.${name}`);
  });
}
