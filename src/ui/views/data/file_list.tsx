/** The files that are open, with how far the look at each is. */
import { chooseSurvey, chosenSurvey, closeSurvey, type OpenedSurvey, surveys } from "../../state/surveys.ts";
import { fileName } from "../../format/paths.ts";
import { DATA } from "../../texts/data.ts";
import { Icon } from "../../widgets/icon.tsx";
import "./file_list.css";

export function FileList() {
  return (
    <section class="files" aria-label={DATA.files}>
      <h2 class="section-title files-head">{DATA.files}</h2>
      <ul>
        {surveys.value.map((survey) => <File key={survey.path} survey={survey} />)}
      </ul>
    </section>
  );
}

function File({ survey }: { readonly survey: OpenedSurvey }) {
  const { path } = survey;
  return (
    <li class="file" aria-current={chosenSurvey.value?.path === path}>
      <button type="button" class="file-name" title={path} onClick={() => chooseSurvey(path)}>
        <span class="cut">{fileName(path)}</span>
        <span class="quiet small">{stateOf(survey)}</span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={`${DATA.close}: ${fileName(path)}`}
        onClick={() => closeSurvey(path)}
      >
        <Icon name="x" size={14} />
      </button>
    </li>
  );
}

function stateOf({ scan, survey }: OpenedSurvey): string {
  if (survey.state === "failed" && scan.state === "failed") return DATA.failed;
  if (scan.state === "loading") return DATA.scanning;
  if (scan.state === "failed") return DATA.ready;
  const odd = scan.value.findings.filter(({ severity }) => severity !== "info").length;
  return odd === 0 ? DATA.ready : DATA.problems(odd);
}
