/** What is odd about the file and what SeisProc makes of it. */
import { type FindingSeverity, type ScanFinding, sentence } from "../../../shared/seismic/scan_report.ts";
import { bytes, count, full } from "../../format/numbers.ts";
import type { OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { Icon } from "../../widgets/icon.tsx";
import { Box } from "./box.tsx";
import { geometryFacts } from "./geometry_facts.ts";
import { ReadingButton } from "./reading/reading_dialog.tsx";
import "./findings.css";

const ICONS: Readonly<Record<FindingSeverity, string>> = {
  info: "info",
  warning: "triangle-alert",
  error: "octagon-x",
};
const ORDER: readonly FindingSeverity[] = ["error", "warning", "info"];

export function Findings({ survey }: { readonly survey: OpenedSurvey }) {
  const { scan } = survey;
  const number = scan.state === "ready" ? scan.value.findings.length : 0;
  return (
    <>
      <Box
        title={DATA.findings}
        part={scan}
        waits={DATA.scanning}
        more={number > 0 && <span class="quiet small">{number}</span>}
      >
        {({ findings }) => (
          <ul class="findings">
            {findings.length === 0 && <li class="second">{DATA.noFindings}</li>}
            {[...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
              .map((finding, i) => <Finding key={i} finding={finding} />)}
            <li class="quiet">{DATA.notLooked}</li>
          </ul>
        )}
      </Box>
      <Box
        title={DATA.facts}
        part={scan}
        waits={DATA.scanning}
        more={survey.kind === "file" && <ReadingButton survey={survey} />}
      >
        {(report) => {
          const { fact } = DATA;
          const sorting = report.sorting || null;
          return (
            <dl class="box-body pairs">
              <dt>{fact.format}</dt>
              <dd>{report.format.title} ({report.format.code})</dd>
              <dt>{fact.revision}</dt>
              <dd>{report.revision}</dd>
              <dt>{fact.order}</dt>
              <dd>{report.byteOrder}</dd>
              {sorting !== null && <dt>{fact.sorting}</dt>}
              {sorting !== null && <dd>{sorting}</dd>}
              <dt>{fact.unit}</dt>
              <dd>{report.lengthUnit}</dd>
              <dt>{fact.size}</dt>
              <dd title={count(report.bytes)}>{bytes(report.bytes)}</dd>
              {report.geometry !== undefined &&
                geometryFacts(report.geometry, report.lengthUnit === "ft" ? "ft" : "m").map((
                  [name, value],
                ) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
              {report.extents.map(({ words, minX, maxX, minY, maxY }) => [
                <dt key={words}>{fact.extent} {words}</dt>,
                <dd key={`${words} value`}>
                  {full(minX)} – {full(maxX)}, {full(minY)} – {full(maxY)}
                </dd>,
              ])}
            </dl>
          );
        }}
      </Box>
    </>
  );
}

function Finding({ finding }: { readonly finding: ScanFinding }) {
  return (
    <li class={`finding is-${finding.severity}`}>
      <span title={DATA.severities[finding.severity]}>
        <Icon name={ICONS[finding.severity]} />
        <span class="unseen">{DATA.severities[finding.severity]}</span>
      </span>
      <span>{sentence(finding)}</span>
    </li>
  );
}
