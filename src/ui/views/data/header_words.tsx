/** Ranges of the header words that say something, as the scan of all traces found them. */
import type { HeaderRange } from "../../../shared/seismic/scan_report.ts";
import { full } from "../../format/numbers.ts";
import type { OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { Box } from "./box.tsx";

export function HeaderWords({ survey: { scan } }: { readonly survey: OpenedSurvey }) {
  const { columns } = DATA;
  return (
    <Box title={DATA.headers} part={scan} waits={DATA.headersWait}>
      {({ headers }) =>
        headers.length === 0
          ? <p class="box-body quiet">{DATA.noHeaders}</p>
          : (
            <div class="virtual" tabIndex={0} role="group" aria-label={DATA.headers}>
              <table class="table">
                <thead>
                  <tr>
                    <th>{columns.word}</th>
                    <th class="number">{columns.byte}</th>
                    <th class="number">{columns.min}</th>
                    <th class="number">{columns.max}</th>
                    <th class="number">{columns.first}</th>
                    <th class="number">{columns.last}</th>
                  </tr>
                </thead>
                <tbody>{headers.map((range) => <Range key={range.word} range={range} />)}</tbody>
              </table>
            </div>
          )}
    </Box>
  );
}

function Range({ range: { word, byte, min, max, first, last } }: { readonly range: HeaderRange }) {
  return (
    <tr>
      <td>{word}</td>
      <td class="number quiet">{byte}</td>
      <td class="number">{full(min)}</td>
      <td class="number">{full(max)}</td>
      <td class="number second">{full(first)}</td>
      <td class="number second">{full(last)}</td>
    </tr>
  );
}
