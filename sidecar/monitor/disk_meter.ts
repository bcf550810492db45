/** Bytes per second that the disks of the machine read and write, from /proc/diskstats; null elsewhere. */
import fs from "node:fs";
import type { ResourceSample } from "../../src/shared/monitor/resources.ts";

/** The kernel counts sectors of 512 bytes whatever the disk has (Documentation/admin-guide/iostats.rst). */
const SECTOR = 512;

export interface DiskTotals {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export class DiskMeter {
  #last: (DiskTotals & { at: number }) | undefined;

  constructor(readonly file = "/proc/diskstats") {}

  /** Since the last call; null in the first and where the platform does not tell. */
  rates(): ResourceSample["disk"] {
    const text = this.#read();
    if (text === undefined) return null;
    const now = { ...diskTotals(text), at: performance.now() };
    const last = this.#last;
    this.#last = now;
    if (last === undefined) return null;
    const seconds = Math.max(1e-3, (now.at - last.at) / 1000);
    return {
      of: "machine",
      readBytesPerSecond: Math.max(0, now.readBytes - last.readBytes) / seconds,
      writtenBytesPerSecond: Math.max(0, now.writtenBytes - last.writtenBytes) / seconds,
    };
  }

  #read(): string | undefined {
    try {
      return fs.readFileSync(this.file, "utf8");
    } catch {
      return undefined;
    }
  }
}

/** Sums whole disks: partitions and stacked devices (loop, ram, device mapper, md) would count bytes twice. */
export function diskTotals(diskstats: string): DiskTotals {
  let readBytes = 0, writtenBytes = 0;
  for (const line of diskstats.split("\n")) {
    const [, , name, , , sectorsRead, , , , sectorsWritten] = line.trim().split(/\s+/);
    if (name === undefined || !/^([shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(name)) continue;
    readBytes += Number(sectorsRead) * SECTOR;
    writtenBytes += Number(sectorsWritten) * SECTOR;
  }
  return { readBytes, writtenBytes };
}
