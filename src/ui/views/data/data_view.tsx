/** Data: files at the left, what the chosen one holds in the middle, what does not fit at the right. */
import { Page } from "../../frame/page.tsx";
import { chosenSurvey, type OpenedSurvey, surveys } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { fileName } from "../../format/paths.ts";
import type { ViewProps } from "../view_props.ts";
import { BinaryHeader } from "./binary_header.tsx";
import { FileList } from "./file_list.tsx";
import { Findings } from "./findings.tsx";
import { FirstRun } from "./first_run.tsx";
import { FirstGather } from "./first_gather.tsx";
import { HeaderWords } from "./header_words.tsx";
import { OpenBox } from "./open_box.tsx";
import { shapeOf } from "./shape.ts";
import { SurveyMap } from "./map/survey_map.tsx";
import { TextHeader } from "./text_header.tsx";
import "./data_view.css";

export function DataView(_: ViewProps) {
  const survey = chosenSurvey.value;
  return (
    <Page
      title={survey === null ? DATA.title : fileName(survey.path)}
      about={survey === null ? "" : aboutOf(survey)}
    >
      <div class="data">
        <aside class="data-files">
          <OpenBox />
          {surveys.value.length > 0 && <FileList />}
        </aside>
        {survey === null ? <FirstRun /> : <Survey survey={survey} />}
      </div>
    </Page>
  );
}

function Survey({ survey }: { readonly survey: OpenedSurvey }) {
  return (
    <div class="survey" key={survey.path}>
      <div class="survey-middle">
        <FirstGather survey={survey} />
        <HeaderWords survey={survey} />
      </div>
      <div class="survey-side">
        <Findings survey={survey} />
        <SurveyMap survey={survey} />
        <BinaryHeader survey={survey} />
      </div>
      <TextHeader survey={survey} />
    </div>
  );
}

function aboutOf({ survey }: OpenedSurvey): string {
  return survey.state === "ready" ? shapeOf(survey.value) : "";
}
