/** Watches whether surveys change on disk while they are looked at. */
import { changedSurvey, setChangedSurvey } from "../../state/viewer/changed_survey.ts";
import { arrange, arrangement } from "../../state/viewer/shown_gather.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { look as lookAt } from "../surveys.ts";
import { forgetPanels } from "./gather_store.ts";

const stamps = new Map<string, string>();

/** What the sidecar has just read carries this stamp. */
export function noteStamp(survey: string, stamp: string): void {
  const known = stamps.get(survey);
  if (known === undefined) stamps.set(survey, stamp);
  else if (known !== stamp) setChangedSurvey(survey);
}

/** Looks whether the shown survey is still the one that was opened, whenever the window is come back to. */
export function watchStamps(): () => void {
  const look = () => {
    const survey = arrangement.peek()?.survey;
    if (survey === undefined || document.hidden) return;
    void theSidecar().panels({ survey, firstTrace: 0, traces: 1, columns: 1, rows: 1 }).then(
      ({ header }) => noteStamp(survey, header.stamp),
      () => {
        // What is wrong is said where the next gather is asked for.
      },
    );
  };
  addEventListener("focus", look);
  return () => removeEventListener("focus", look);
}

/** All that is known of the survey is asked for again. */
export function readAnew(): void {
  const survey = changedSurvey.peek(), now = arrangement.peek();
  if (survey === null) return;
  stamps.delete(survey);
  forgetPanels();
  setChangedSurvey(null);
  lookAt(survey);
  if (now?.survey === survey) arrange({ ...now });
}
