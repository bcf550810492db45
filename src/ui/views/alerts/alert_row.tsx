/** One alert: how bad, what, about which job, when, and what can be done about it. */
import type { Alert, Severity } from "../../../shared/monitor/alert.ts";
import { acknowledge, clearAlerts, DAY_SECONDS, HOUR_SECONDS, snooze } from "../../actions/alerts.ts";
import { fullMoment, moment } from "../../format/times.ts";
import { peekJob } from "../../state/jobs.ts";
import { addressOf } from "../../state/route.ts";
import { ALERTS } from "../../texts/alerts.ts";
import { SEVERITY_WORDS } from "../../texts/states.ts";
import { Icon } from "../../widgets/icon.tsx";
import { Menu, MenuItem } from "../../widgets/menu.tsx";

const ICONS: Readonly<Record<Severity, string>> = {
  info: "info",
  warning: "triangle-alert",
  error: "octagon-x",
  critical: "octagon-x",
};

export function AlertRow({ alert }: { readonly alert: Alert }) {
  const { at, rule, severity, text, subject, acknowledged } = alert;
  return (
    <tr class={acknowledged ? "is-acknowledged" : ""}>
      <td class={`alerts-icon is-${severity}`} title={SEVERITY_WORDS[severity]}>
        <Icon name={ICONS[severity]} />
        <span class="unseen">{SEVERITY_WORDS[severity]}</span>
      </td>
      <td title={text}>{text}</td>
      <td class="second">{ALERTS.rules[rule].title}</td>
      <td class="second">{subject === null ? ALERTS.none : <Subject subject={subject} />}</td>
      <td class="number second" title={fullMoment(at)}>{moment(at)}</td>
      <td class="alerts-actions">
        <Actions alert={alert} />
      </td>
    </tr>
  );
}

function Subject({ subject }: { readonly subject: string }) {
  const job = peekJob(subject);
  return job === undefined
    ? <span title={subject}>{subject}</span>
    : <a href={addressOf("jobs", job.id)}>{job.name}</a>;
}

function Actions({ alert }: { readonly alert: Alert }) {
  return (
    <span class="alerts-buttons">
      {alert.acknowledged ? <span class="quiet small">{ALERTS.acknowledged}</span> : (
        <button
          type="button"
          class="icon-button"
          aria-label={ALERTS.acknowledge}
          title={ALERTS.acknowledge}
          onClick={() => void acknowledge([alert])}
        >
          <Icon name="check" />
        </button>
      )}
      <Menu label={ALERTS.snooze} icon="clock">
        <MenuItem onClick={() => void snooze(alert, HOUR_SECONDS)}>{ALERTS.snoozeHour}</MenuItem>
        <MenuItem onClick={() => void snooze(alert, DAY_SECONDS)}>{ALERTS.snoozeDay}</MenuItem>
      </Menu>
      <button
        type="button"
        class="icon-button"
        aria-label={ALERTS.clear}
        title={ALERTS.clear}
        onClick={() => void clearAlerts(alert.id)}
      >
        <Icon name="x" />
      </button>
    </span>
  );
}
