/** Ranges of the header words that say something, as the scan of all traces found them. */
import type { HeaderRange } from "../../../shared/seismic/scan_report.ts";
import { full } from "../../format/numbers.ts";
import type { OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { Box } from "./box.tsx";
import { CopyTable } from "./copy_table.tsx";
import { Histogram } from "./histogram.tsx";
import { useColumns } from "./use_columns.ts";

export function HeaderWords({ survey }: { readonly survey: OpenedSurvey }) {
  const { columns } = DATA, { scan } = survey;
  const headers = scan.state === "ready" ? scan.value.headers : [];
  const values = useColumns(survey, headers.map(({ word }) => word), true);
  const rows = () => [
    ["word", "byte", "min", "max", "first", "last"],
    ...headers.map(({ word, byte, min, max, first, last }) => [word, byte, min, max, first, last]),
  ];
  return (
    <Box
      title={DATA.headers}
      part={scan}
      waits={DATA.headersWait}
      more={headers.length > 0 && <CopyTable name={DATA.headers} rows={rows} />}
    >
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
                    <th>{columns.values}</th>
                  </tr>
                </thead>
                <tbody>
                  {headers.map((range) => (
                    <Range key={range.word} range={range} values={values?.get(range.word)} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
    </Box>
  );
}

interface RangeProps {
  readonly range: HeaderRange;
  readonly values: Float64Array | undefined;
}

function Range({ range: { word, byte, min, max, first, last }, values }: RangeProps) {
  return (
    <tr>
      <td>{word}</td>
      <td class="number quiet">{byte}</td>
      <td class="number">{full(min)}</td>
      <td class="number">{full(max)}</td>
      <td class="number second">{full(first)}</td>
      <td class="number second">{full(last)}</td>
      <td>{values !== undefined && <Histogram word={word} values={values} />}</td>
    </tr>
  );
}
