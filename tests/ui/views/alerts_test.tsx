// @vitest-environment happy-dom
/** Alerts: the bell, the list, and what is done about them. */
import { cleanup, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Alert } from "../../../src/shared/monitor/alert.ts";
import { limitOf, putAlert, resetAlerts, setRules } from "../../../src/ui/state/alerts.ts";
import { AlertsView } from "../../../src/ui/views/alerts/alerts_view.tsx";
import { AlertRules } from "../../../src/ui/views/settings/alert_rules.tsx";
import { ASidecar } from "../a_sidecar.ts";

beforeEach(() => {
  resetAlerts([]);
  setRules([]);
});
afterEach(cleanup);

function anAlert(changes: Partial<Alert> = {}): Alert {
  return {
    ...{
      id: 1,
      at: 1000,
      rule: "job_failed",
      severity: "error",
      text: "Stack failed: no file",
      subject: "job a",
    },
    ...{ actions: ["toast"], acknowledged: false, ...changes },
  };
}

test("the bell counts what nobody acknowledged, the list shows the newest first with severity, cause and job", () => {
  resetAlerts([
    anAlert(),
    anAlert({
      id: 2,
      rule: "memory",
      severity: "warning",
      text: "81 % of the memory is in use",
      subject: null,
    }),
    anAlert({ id: 3, text: "Import failed", acknowledged: true }),
  ]);
  render(<AlertsView rest="" />);
  screen.getByRole("link", { name: "Alerts, 2 are new" });
  const rows = within(screen.getByRole("grid", { name: "Alerts" })).getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent?.includes("Import failed"))).toEqual([true, false, false]);
  within(rows[1]).getByText("Warning");
  within(rows[2]).getByText("Stack failed: no file");
  within(rows[2]).getByText("job a");
});

test("an alert is acknowledged, and what the sidecar then lists is shown", async () => {
  resetAlerts([anAlert()]);
  const sidecar = ASidecar.use({
    acknowledge_alert: () => ({}),
    list_alerts: () => ({ alerts: [anAlert({ acknowledged: true })] }),
  });
  render(<AlertsView rest="" />);
  screen.getByRole("button", { name: "Acknowledge" }).click();
  await screen.findByRole("link", { name: "Alerts" });
  expect(sidecar.asked[0]).toEqual({ command: "acknowledge_alert", request: { alert: 1 } });
});

test("a rule is snoozed for an hour or a day, and the list is cleared", async () => {
  resetAlerts([anAlert({ acknowledged: true })]);
  const sidecar = ASidecar.use({
    snooze_rule: () => ({}),
    clear_alerts: () => ({}),
    list_alerts: () => ({ alerts: [] }),
  });
  render(<AlertsView rest="" />);
  screen.getByText("For a day").click();
  await waitFor(() =>
    expect(sidecar.asked.map(({ request }) => request)).toContainEqual({
      rule: "job_failed",
      seconds: 86_400,
    })
  );
  resetAlerts([anAlert()]);
  (await screen.findByText("All")).click();
  await screen.findByText("Nothing has happened.");
  expect(sidecar.asked.map(({ request }) => request)).toContainEqual({ what: "all" });
});

test("of more than five hundred the oldest go; one that changed keeps its place", () => {
  for (let id = 1; id <= 510; id++) putAlert(anAlert({ id }));
  putAlert(anAlert({ id: 20, acknowledged: true }));
  render(<AlertsView rest="" />);
  screen.getByText("499 not acknowledged, 500 of at most 500 kept");
});

test("a rule's limits are edited in the settings, what is no figure is put back, and a rule is switched off", async () => {
  const rule = {
    rule: "memory",
    on: true,
    coolDownSeconds: 300,
    snoozedUntil: null,
    actions: ["toast"],
    limits: { warningPercent: 80, criticalPercent: 95 },
  } as const;
  const sidecar = ASidecar.use({
    list_rules: () => ({ rules: [rule] }),
    set_rule: ({ change }) => ({
      rule: {
        ...rule,
        on: change.on ?? rule.on,
        limits: { ...rule.limits, ...change.limits },
      },
    }),
  });
  render(<AlertRules wanted={false} />);
  const box = within(await screen.findByRole("group", { name: "Memory" }));
  const field = box.getByRole<HTMLInputElement>("textbox", { name: "Warning from, %" });
  field.value = "70";
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await waitFor(() => expect(limitOf("memory", "warningPercent")).toBe(70));
  expect(sidecar.asked[1]).toEqual({
    command: "set_rule",
    request: { rule: "memory", change: { limits: { warningPercent: 70 } } },
  });
  field.value = "much";
  field.dispatchEvent(new Event("change", { bubbles: true }));
  expect(field.value).toBe("70");
  box.getByRole("checkbox", { name: /^Memory/ }).click();
  await waitFor(() => expect(limitOf("memory", "warningPercent")).toBeNull());
});
