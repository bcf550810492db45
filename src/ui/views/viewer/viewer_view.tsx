/** View: a gather in up to three panels with one place, zoom and gain. */
import { useEffect } from "preact/hooks";
import { followView } from "../../actions/viewer/follow_view.ts";
import { readAnew } from "../../actions/viewer/stamps.ts";
import { count, full } from "../../format/numbers.ts";
import { fileName } from "../../format/paths.ts";
import { Page } from "../../frame/page.tsx";
import { addressOf } from "../../state/route.ts";
import { chosenSurvey, type OpenedSurvey } from "../../state/surveys.ts";
import { changedSurvey } from "../../state/viewer/changed_survey.ts";
import { arrangement } from "../../state/viewer/shown_gather.ts";
import { DATA } from "../../texts/data.ts";
import { VIEWER } from "../../texts/viewer.ts";
import type { ViewProps } from "../view_props.ts";
import { Panels } from "./panels.tsx";
import { ReadOut } from "./read_out.tsx";
import { ToolBar } from "./tool_bar.tsx";
import "./viewer_view.css";

export function ViewerView(_: ViewProps) {
  useEffect(followView, []);
  const survey = chosenSurvey.value;
  if (survey === null) return <Empty />;
  return (
    <Page title={fileName(survey.path)} about={aboutOf(survey)}>
      <div class="viewer">
        <div>
          <ToolBar />
          <Changed />
        </div>
        <Panels />
        <ReadOut />
      </div>
    </Page>
  );
}

/** Said until the user wants to see what is there now. */
function Changed() {
  const path = changedSurvey.value;
  if (path === null) return null;
  return (
    <div class="viewer-changed" role="alert">
      <span>{VIEWER.changed(fileName(path))}</span>
      <button type="button" class="button" onClick={readAnew}>{VIEWER.reopen}</button>
    </div>
  );
}

function Empty() {
  return (
    <Page title={VIEWER.title}>
      <div class="viewer-empty">
        <p>{VIEWER.emptyWhat}</p>
        <p class="quiet">{VIEWER.emptyWhy}</p>
        <a class="button" href={addressOf("data")}>{VIEWER.toData}</a>
      </div>
    </Page>
  );
}

function aboutOf({ survey }: OpenedSurvey): string {
  if (survey.state !== "ready") return "";
  const { traces, samplesPerTrace, intervalUs } = survey.value;
  const length = `${full((samplesPerTrace - 1) * intervalUs / 1e6)}\u202fs`;
  const about = DATA.about(
    count(traces),
    length,
    `${full(intervalUs / 1000)}\u202fms`,
    count(samplesPerTrace),
  );
  const order = arrangement.value?.order ?? [];
  return order.length === 0 ? about : `${about} · ${order.join(", ")}`;
}
