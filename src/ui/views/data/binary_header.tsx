/** The binary header by name: fields that say something. */
import { full } from "../../format/numbers.ts";
import type { OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { Box } from "./box.tsx";
import { CopyTable } from "./copy_table.tsx";

export function BinaryHeader({ survey: { survey } }: { readonly survey: OpenedSurvey }) {
  return (
    <Box
      title={DATA.binary}
      part={survey}
      more={survey.state === "ready" && (
        <CopyTable
          name={DATA.binary}
          rows={() => Object.entries(survey.value.binaryHeader)}
        />
      )}
    >
      {({ binaryHeader }) => (
        <dl class="box-body pairs">
          {Object.entries(binaryHeader).filter(([, value]) => value !== 0).map(([name, value]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} value`}>{full(value)}</dd>,
          ])}
        </dl>
      )}
    </Box>
  );
}
