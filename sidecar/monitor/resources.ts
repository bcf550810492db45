/**
 * Looks at the machine once a second: cores, memory, disks, the volumes and runners of running jobs. Deno opens nothing
 * in /proc without all permissions: memory is what its own calls tell (`freemem` is what programs can still get), and
 * what runners say of theirs; disk rates are then those of the jobs.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Job } from "../../src/shared/job/job.ts";
import type { ResourceSample, RunnerSample, VolumeSample } from "../../src/shared/monitor/resources.ts";
import { DiskMeter } from "./disk_meter.ts";
import { JobDiskMeter } from "./job_disk_meter.ts";

export interface RunningJobs {
  runners(): readonly { readonly job: Job; readonly pid: number }[];
}

const EVERY_MS = 1000;

export class ResourceMonitor {
  readonly #disk = new DiskMeter();
  readonly #jobDisk = new JobDiskMeter();
  #ticks: readonly CoreTicks[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly jobs: RunningJobs, readonly onSample: (sample: ResourceSample) => void) {}

  start(): void {
    this.#timer ??= setInterval(() => this.onSample(this.sample()), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One look; rates and loads are since the last one. */
  sample(): ResourceSample {
    const before = this.#ticks;
    this.#ticks = os.cpus().map(coreTicks);
    const runners = this.jobs.runners();
    return {
      at: Date.now(),
      cores: before.length === this.#ticks.length
        ? this.#ticks.map((now, core) => load(before[core], now))
        : [],
      memory: { totalBytes: os.totalmem(), availableBytes: os.freemem() },
      disk: this.#disk.rates() ?? this.#jobDisk.rates(runners.map(({ job }) => job)),
      volumes: volumesOf(runners.map((runner) => runner.job)),
      runners: runners.map(({ job, pid }): RunnerSample => ({
        job: job.id,
        pid,
        memoryBytes: job.progress?.peakMemoryBytes ?? null,
      })),
    };
  }
}

interface CoreTicks {
  readonly busy: number;
  readonly all: number;
}

function coreTicks(core: os.CpuInfo): CoreTicks {
  const { user, nice, sys, idle, irq } = core.times;
  const busy = user + nice + sys + irq;
  return { busy, all: busy + idle };
}

function load(before: CoreTicks, now: CoreTicks): number {
  const all = now.all - before.all;
  return all <= 0 ? 0 : Math.min(1, Math.max(0, (now.busy - before.busy) / all));
}

/** Free space of each volume that a running job writes to. */
export function volumesOf(jobs: readonly Pick<Job, "id" | "plan">[]): VolumeSample[] {
  const folders = new Map<string, Set<string>>();
  for (const job of jobs) {
    for (const output of job.plan?.outputs ?? []) {
      const folder = path.dirname(output.path);
      folders.set(folder, (folders.get(folder) ?? new Set()).add(job.id));
    }
  }
  return [...folders].flatMap(([folder, ids]) => volume(folder, [...ids]));
}

function volume(folder: string, jobs: readonly string[]): VolumeSample[] {
  try {
    const { bavail, blocks, bsize } = fs.statfsSync(folder);
    return [{ path: folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize, jobs }];
  } catch {
    return [];
  }
}
