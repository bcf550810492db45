/** Alerts of the sidecar, oldest first. */
import { computed, signal } from "@preact/signals";
import type { Alert } from "../../shared/monitor/alert.ts";

const KEPT = 500;

export const alerts = signal<readonly Alert[]>([]);

export const unacknowledged = computed(() => alerts.value.filter((alert) => !alert.acknowledged).length);

export function resetAlerts(all: readonly Alert[]): void {
  alerts.value = all;
}

export function putAlert(alert: Alert): void {
  alerts.value = [...alerts.value.filter(({ id }) => id !== alert.id), alert].slice(-KEPT);
}
