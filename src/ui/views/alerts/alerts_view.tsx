/** Alerts: what needs an eye, the newest first, and what is done about it. */
import { useState } from "preact/hooks";
import { acknowledge, clearAlerts } from "../../actions/alerts.ts";
import { count } from "../../format/numbers.ts";
import { Page } from "../../frame/page.tsx";
import { alerts, ALERTS_KEPT, unacknowledged } from "../../state/alerts.ts";
import { go } from "../../state/route.ts";
import { ALERTS } from "../../texts/alerts.ts";
import { Empty } from "../../widgets/empty.tsx";
import { Menu, MenuItem } from "../../widgets/menu.tsx";
import { VirtualRows } from "../../widgets/virtual_rows.tsx";
import type { ViewProps } from "../view_props.ts";
import { AlertRow } from "./alert_row.tsx";
import "./alerts_view.css";

export function AlertsView(_: ViewProps) {
  const [onlyNew, setOnlyNew] = useState(false);
  const all = alerts.value, open = unacknowledged.value;
  const shown = all.filter(({ acknowledged }) => !onlyNew || !acknowledged).toReversed();
  return (
    <Page title={ALERTS.title} about={all.length === 0 ? "" : ALERTS.about(open, all.length, ALERTS_KEPT)}>
      {all.length === 0 ? <Empty what={ALERTS.emptyWhat} why={ALERTS.emptyWhy} /> : (
        <div class="alerts">
          <div class="alerts-bar">
            <button
              type="button"
              class="chip"
              aria-pressed={onlyNew}
              onClick={() => setOnlyNew(!onlyNew)}
            >
              {ALERTS.onlyNew} {count(open)}
            </button>
            <span class="alerts-space" />
            <Bar open={open} />
          </div>
          {shown.length === 0 ? <p class="alerts-nothing second">{ALERTS.nothingNew}</p> : (
            <VirtualRows
              class="alerts-rows"
              label={ALERTS.list}
              items={shown}
              columns={<Columns />}
              row={(alert) => <AlertRow key={alert.id} alert={alert} />}
            />
          )}
        </div>
      )}
    </Page>
  );
}

function Bar({ open }: { readonly open: number }) {
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={open === 0}
        onClick={() => void acknowledge(alerts.value)}
      >
        {ALERTS.acknowledgeAll}
      </button>
      <Menu label={ALERTS.clearSome} icon="trash-2" text={ALERTS.clear}>
        <MenuItem onClick={() => void clearAlerts("acknowledged")}>{ALERTS.clearAcknowledged}</MenuItem>
        <MenuItem onClick={() => void clearAlerts("all")}>{ALERTS.clearAll}</MenuItem>
      </Menu>
      <button type="button" class="button" onClick={() => go("settings", "alerts")}>
        {ALERTS.editRules}
      </button>
    </>
  );
}

function Columns() {
  const { columns } = ALERTS;
  return (
    <thead>
      <tr>
        <th class="alerts-icon">
          <span class="unseen">{columns.severity}</span>
        </th>
        <th>{columns.what}</th>
        <th class="alerts-rule">{columns.rule}</th>
        <th class="alerts-job">{columns.job}</th>
        <th class="alerts-time number">{columns.time}</th>
        <th class="alerts-actions">
          <span class="unseen">{columns.actions}</span>
        </th>
      </tr>
    </thead>
  );
}
