/** What a survey is and which gathers it has, as the window gets it. */
import type {
  GatherOrder,
  GatherPage,
  SurveyChoice,
  SurveyView,
} from "../../../src/shared/protocol/commands.ts";
import { BINARY_FIELDS } from "../../../src/shared/seismic/binary_header.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import type { SurveyCache } from "./survey_cache.ts";

const PAGE = 200;

/** From the file headers and a few traces only, so at once whatever the size. */
export function describeSurvey(choice: SurveyChoice, cache: SurveyCache): SurveyView {
  const { description } = cache.open(choice);
  const { name, traces, samplesPerTrace, intervalUs, startMs, lengthUnit, sampleFormat } = description;
  const { textHeaders, words, warnings } = description;
  const header = new BinaryHeader(description.binaryHeader);
  const fields = BINARY_FIELDS.map((field) => [field.name, header.get(field.name)] as const);
  return {
    path: choice.survey,
    ...{
      name,
      traces,
      samplesPerTrace,
      intervalUs,
      startMs,
      lengthUnit,
      sampleFormat,
      textHeaders,
      words,
      warnings,
    },
    binaryHeader: Object.fromEntries(fields),
  };
}

/** Gathers by number with the values that name them. */
export function listGathers(
  request: GatherOrder & { readonly first?: number; readonly limit?: number },
  cache: SurveyCache,
): GatherPage {
  const { first = 0, limit = PAGE } = request;
  const source = cache.open(request);
  const { keys, starts, select } = cache.arrange(request);
  const gathers = starts.length - 1;
  let largest = 0;
  for (let g = 0; g < gathers; g++) largest = Math.max(largest, starts[g + 1] - starts[g]);
  const count = Math.max(0, Math.min(limit, gathers - first));
  const page = Array.from({ length: count }, (_, i) => {
    const gather = first + i;
    const selection = select(starts[gather], 1);
    const trace = selection.kind === "run" ? selection.first : selection.traces[0];
    const values = keys.map((key) => source.readWord(key, trace, 1)[0]);
    return { gather, values, traces: starts[gather + 1] - starts[gather] };
  });
  return { gathers, largest, keys, page };
}
