/** What the machine does, second by second, while the page is open. */
import { signal } from "@preact/signals";
import type { ResourceSample } from "../../shared/monitor/resources.ts";

const KEPT_SECONDS = 600;

/** The last ten minutes, oldest first. */
export const samples = signal<readonly ResourceSample[]>([]);
export const latest = signal<ResourceSample | null>(null);

export function putResources(sample: ResourceSample): void {
  latest.value = sample;
  samples.value = [...samples.value.slice(1 - KEPT_SECONDS), sample];
}

/** Share of all cores in use, 0 to 1; null in the first second. */
export function cpuShare({ cores }: ResourceSample): number | null {
  return cores.length === 0 ? null : cores.reduce((sum, core) => sum + core, 0) / cores.length;
}
