/** The text header as it is in the file: 40 lines of 80 letters. */
import { useState } from "preact/hooks";
import type { OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { Box } from "./box.tsx";
import { CopyTable } from "./copy_table.tsx";
import "./text_header.css";

export function TextHeader({ survey: { survey, scan } }: { readonly survey: OpenedSurvey }) {
  const [shown, setShown] = useState(0);
  const encoding = scan.state === "ready" ? DATA.encoding(scan.value.encoding) : "";
  return (
    <Box
      title={DATA.texts}
      part={survey}
      class="text-header"
      more={
        <span class="text-header-more">
          <span class="quiet small">{encoding}</span>
          {survey.state === "ready" && (
            <CopyTable
              name={DATA.textOf(shown + 1)}
              rows={() => (survey.value.textHeaders[shown] ?? []).map((line) => [line])}
            />
          )}
        </span>
      }
    >
      {({ textHeaders }) => (
        <>
          {textHeaders.length > 1 && (
            <div class="segments text-header-choice" role="group" aria-label={DATA.texts}>
              {textHeaders.map((_, i) => (
                <button
                  key={i}
                  type="button"
                  aria-pressed={i === shown}
                  onClick={() => setShown(i)}
                >
                  {i + 1}
                </button>
              ))}
            </div>
          )}
          <pre class="text-header-lines mono" tabIndex={0} aria-label={DATA.textOf(shown + 1)}>
            {(textHeaders[shown] ?? []).join("\n")}
          </pre>
        </>
      )}
    </Box>
  );
}
