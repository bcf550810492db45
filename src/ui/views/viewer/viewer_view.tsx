/** View: a gather in up to three panels with one place, zoom and gain. */
import { useEffect } from "preact/hooks";
import { followView } from "../../actions/viewer/follow_view.ts";
import { count, full } from "../../format/numbers.ts";
import { fileName } from "../../format/paths.ts";
import { Page } from "../../frame/page.tsx";
import { addressOf } from "../../state/route.ts";
import { chosenSurvey, type OpenedSurvey } from "../../state/surveys.ts";
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
        <ToolBar />
        <Panels />
        <ReadOut />
      </div>
    </Page>
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
