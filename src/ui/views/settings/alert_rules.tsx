/** The rules that raise alerts: whether they are on, their limits, how often they speak and what they do. */
import { useEffect, useRef } from "preact/hooks";
import type { AlertAction } from "../../../shared/monitor/alert.ts";
import type { RuleView } from "../../../shared/monitor/alert.ts";
import { changeRule, loadRules } from "../../actions/alerts.ts";
import { rules } from "../../state/alerts.ts";
import { ALERTS } from "../../texts/alerts.ts";
import { CommitInput } from "../../widgets/commit_input.tsx";
import "./alert_rules.css";

/** `wanted`: somebody came for them, so they are brought into sight. */
export function AlertRules({ wanted }: { readonly wanted: boolean }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    void loadRules().then(() => wanted && section.current?.scrollIntoView());
  }, [wanted]);
  return (
    <section ref={section}>
      <h2>{ALERTS.rulesTitle}</h2>
      {rules.value.map((rule) => <Rule key={rule.rule} rule={rule} />)}
    </section>
  );
}

function Rule({ rule }: { readonly rule: RuleView }) {
  const { title, why, limits } = ALERTS.rules[rule.rule];
  return (
    <div class="alert-rule" role="group" aria-label={title}>
      <label class="alert-rule-head">
        <input
          type="checkbox"
          checked={rule.on}
          onChange={(event) => void changeRule(rule.rule, { on: event.currentTarget.checked })}
        />
        <span>
          {title}
          <span class="quiet small">{why}</span>
        </span>
      </label>
      {rule.on && (
        <div class="alert-rule-more small">
          {Object.entries(rule.limits).map(([name, value]) => (
            <Figure
              key={name}
              label={limits[name]?.[0] ?? name}
              unit={limits[name]?.[1] ?? ""}
              value={value}
              onChange={(value) => void changeRule(rule.rule, { limits: { [name]: value } })}
            />
          ))}
          <Figure
            label={ALERTS.coolDown}
            unit={ALERTS.seconds}
            value={rule.coolDownSeconds}
            onChange={(coolDownSeconds) => void changeRule(rule.rule, { coolDownSeconds })}
          />
          <Actions rule={rule} />
        </div>
      )}
    </div>
  );
}

interface FigureProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** What is no figure is put back. */
function Figure({ label, unit, value, onChange }: FigureProps) {
  return (
    <span class="alert-figure">
      <span aria-hidden="true">{label}</span>
      <CommitInput
        class="input"
        label={unit === "" ? label : `${label}, ${unit}`}
        inputMode="decimal"
        value={String(value)}
        onCommit={(text) => {
          const typed = Number(text.trim().replace(",", "."));
          if (text.trim() === "" || !Number.isFinite(typed) || typed < 0) return String(value);
          onChange(typed);
        }}
      />
      <span class="quiet">{unit}</span>
    </span>
  );
}

/** What an alert may always do, and what only some rules can. */
function Actions({ rule: { rule, actions } }: { readonly rule: RuleView }) {
  const offered: readonly AlertAction[] = [
    "toast",
    "notification",
    "log",
    ...(rule === "memory" ? ["hold_queue"] as const : []),
    ...(rule === "disk_free" ? ["pause_writers"] as const : []),
  ];
  const choose = (action: AlertAction, on: boolean) => {
    const others = actions.filter((one) => one !== action);
    void changeRule(rule, { actions: on ? [...others, action] : others });
  };
  return (
    <span class="alert-actions">
      {offered.map((action) => (
        <label key={action}>
          <input
            type="checkbox"
            checked={actions.includes(action)}
            onChange={(event) => choose(action, event.currentTarget.checked)}
          />
          {ALERTS.actions[action]}
        </label>
      ))}
    </span>
  );
}
