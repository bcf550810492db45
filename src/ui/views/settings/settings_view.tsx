/** Settings: each row says its name, why it is there, and applies at once. */
import type { ComponentChildren } from "preact";
import { Page } from "../../frame/page.tsx";
import { sidecar } from "../../state/link.ts";
import { MOTIONS, prefer, preferences, ROW_HEIGHTS, TEXT_PERCENTS, THEMES } from "../../state/preferences.ts";
import { SETTINGS } from "../../texts/settings.ts";
import { Segments } from "../../widgets/segments.tsx";
import type { ViewProps } from "../view_props.ts";
import { AlertRules } from "./alert_rules.tsx";
import "./settings_view.css";

export function SettingsView({ rest }: ViewProps) {
  return (
    <Page title={SETTINGS.title}>
      <div class="settings">
        <WindowSettings />
        <AlertRules wanted={rest === "alerts"} />
        <Program />
      </div>
    </Page>
  );
}

function WindowSettings() {
  const { theme, textPercent, rows, motion } = preferences.value;
  return (
    <section>
      <h2>{SETTINGS.window}</h2>
      <Row name={SETTINGS.theme} why={SETTINGS.themeWhy}>
        <Segments
          label={SETTINGS.theme}
          choices={THEMES.map((one) => [one, SETTINGS.themes[one]])}
          chosen={theme}
          onChoose={(one) => prefer({ theme: one })}
        />
      </Row>
      <Row name={SETTINGS.text} why={SETTINGS.textWhy}>
        <Segments
          label={SETTINGS.text}
          choices={TEXT_PERCENTS.map((one) => [one, `${one}\u202f%`])}
          chosen={textPercent}
          onChoose={(one) => prefer({ textPercent: one })}
        />
      </Row>
      <Row name={SETTINGS.rows} why={SETTINGS.rowsWhy}>
        <Segments
          label={SETTINGS.rows}
          choices={ROW_HEIGHTS.map((one) => [one, SETTINGS.rowHeights[one]])}
          chosen={rows}
          onChoose={(one) => prefer({ rows: one })}
        />
      </Row>
      <Row name={SETTINGS.motion} why={SETTINGS.motionWhy}>
        <Segments
          label={SETTINGS.motion}
          choices={MOTIONS.map((one) => [one, SETTINGS.motions[one]])}
          chosen={motion}
          onChoose={(one) => prefer({ motion: one })}
        />
      </Row>
    </section>
  );
}

function Program() {
  const who = sidecar.value;
  if (who === null) return null;
  return (
    <section>
      <h2>{SETTINGS.program}</h2>
      <Row name={SETTINGS.workspace} why={SETTINGS.workspaceWhy}>
        <span class="settings-path">{who.workspace}</span>
      </Row>
      <Row name={SETTINGS.cores} why={SETTINGS.coresWhy}>{who.cores}</Row>
      <Row name={SETTINGS.version} why="">{who.program}</Row>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly why: string;
  readonly children: ComponentChildren;
}

function Row({ name, why, children }: RowProps) {
  return (
    <div class="settings-row">
      <div>
        <p>{name}</p>
        <p class="quiet small">{why}</p>
      </div>
      <div class="settings-control">{children}</div>
    </div>
  );
}
