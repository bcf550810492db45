/** The first gather of a file as density. */
import { gradient } from "../../canvas/colour/gradient.ts";
import { count, full } from "../../format/numbers.ts";
import type { FirstGather as Gather, OpenedSurvey } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import { GatherPicture } from "../../widgets/gather_picture.tsx";
import { Box } from "./box.tsx";
import "./first_gather.css";

const MAP = "vik";
const CLIP_PERCENT = 98;

export function FirstGather({ survey: { gather } }: { readonly survey: OpenedSurvey }) {
  const about = gather.state === "ready" ? aboutOf(gather.value) : "";
  return (
    <Box title={DATA.firstGather} part={gather} class="first-gather" more={<More about={about} />}>
      {({ panel, data, traces }) => (
        <div class="first-gather-panel">
          <GatherPicture
            panel={panel}
            data={data}
            traces={traces}
            label={`${DATA.firstGather}, ${about}`}
            map={MAP}
            clipPercent={CLIP_PERCENT}
          />
        </div>
      )}
    </Box>
  );
}

function More({ about }: { readonly about: string }) {
  return (
    <span class="first-gather-about quiet small">
      {about}
      <span class="color-bar" role="img" aria-label={DATA.colorBar}>
        <span aria-hidden="true">−</span>
        <i style={{ backgroundImage: gradient(MAP) }} />
        <span aria-hidden="true">+</span>
      </span>
    </span>
  );
}

function aboutOf({ key, traces }: Gather): string {
  if (key === null) return DATA.gatherCut(count(traces));
  return DATA.gatherOf(key.word, full(key.value), count(traces));
}
