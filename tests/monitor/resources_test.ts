/** Samples of what the machine does. */
import fs from "node:fs";
import { expect, test } from "vitest";
import { JobDiskMeter } from "../../sidecar/monitor/job_disk_meter.ts";
import { DiskMeter, diskTotals } from "../../sidecar/monitor/disk_meter.ts";
import { ResourceMonitor, volumesOf } from "../../sidecar/monitor/resources.ts";
import { aProgress } from "../ui/jobs_for_tests.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("resources");
const plan = (path: string) => ({
  ...{ blocks: 1, blocksKept: 0, gathers: 1, traces: 1, workers: 1, phases: [], warnings: [] },
  outputs: [{ path, bytes: 1 }],
});

test("a sample tells loads between 0 and 1, memory that adds up, and no rate before the second look", () => {
  const monitor = new ResourceMonitor({ runners: () => [] }, () => {});
  expect(monitor.sample()).toMatchObject({ cores: [], disk: null, volumes: [], runners: [] });
  const start = performance.now();
  while (performance.now() - start < 30);
  const { cores, memory } = monitor.sample();
  expect(cores.length).toBeGreaterThan(0);
  for (const load of cores) expect(load >= 0 && load <= 1).toBe(true);
  expect(memory.availableBytes).toBeLessThan(memory.totalBytes);
});

test("volumes name the jobs that write there; a folder that vanished is left out", () => {
  const jobs = [{ id: "a", plan: plan(`${folder}/x`) }, { id: "b", plan: plan(`${folder}/y`) }];
  const gone = { id: "c", plan: plan("/no/such/folder/z") };
  const volumes = volumesOf([...jobs, gone, { id: "d", plan: null }]);
  expect(volumes).toMatchObject([{ path: folder, jobs: ["a", "b"] }]);
  expect(volumes[0].freeBytes).toBeGreaterThan(0);
});

test("disk totals count whole disks once", () => {
  const line = (name: string, read: number, written: number) =>
    `  8 0 ${name} 1 0 ${read} 0 1 0 ${written} 0 0 0 0`;
  const text = [line("sda", 10, 20), line("sda1", 10, 20), line("nvme0n1", 1, 2), line("dm-0", 5, 5)].join(
    "\n",
  );
  expect(diskTotals(text)).toEqual({ readBytes: 11 * 512, writtenBytes: 22 * 512 });
});

test("a platform without /proc gives null, not an error", () => {
  const meter = new DiskMeter(`${folder}/missing`);
  expect(meter.rates()).toBeNull();
});

test("rates are bytes per second since the last look", async () => {
  const file = `${folder}/diskstats`;
  fs.writeFileSync(file, "8 0 sda 1 0 0 0 1 0 0 0");
  const meter = new DiskMeter(file);
  expect(meter.rates()).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 50));
  fs.writeFileSync(file, "8 0 sda 1 0 1000 0 1 0 0 0");
  const rates = meter.rates();
  expect(rates?.readBytesPerSecond).toBeGreaterThan(0);
  expect(rates?.readBytesPerSecond).toBeLessThan(512_000 / 0.045);
  expect(rates?.writtenBytesPerSecond).toBe(0);
});

test("where the disks are hidden, rates are what running jobs moved since the last look", () => {
  let now = 0;
  const meter = new JobDiskMeter(() => now);
  const job = (id: string, bytesRead: number, bytesWritten: number) => ({
    id,
    progress: { ...aProgress(0.5), bytesRead, bytesWritten },
  });
  expect(meter.rates([job("a", 100, 10)])).toBeNull();
  now = 2000;
  expect(meter.rates([job("a", 300, 50), job("new", 1e9, 1e9)])).toEqual({
    of: "jobs",
    readBytesPerSecond: 100,
    writtenBytesPerSecond: 20,
  });
  now = 3000;
  expect(meter.rates([job("a", 0, 0)])).toMatchObject({ readBytesPerSecond: 0, writtenBytesPerSecond: 0 });
});
