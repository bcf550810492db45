/** What a survey is and which gathers it has, as the window gets it. */
import type {
  GatherListing,
  GatherPage,
  SurveyChoice,
  SurveyView,
} from "../../../src/shared/protocol/commands.ts";
import { BINARY_FIELDS } from "../../../src/shared/seismic/binary_header.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import type { Arrangement } from "./arrangement.ts";
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
  listing: GatherListing,
  { keys, gathers, largest, gather, select }: Arrangement,
  cache: SurveyCache,
): GatherPage {
  const { first = 0, limit = PAGE } = listing;
  const source = cache.open(listing);
  const count = Math.max(0, Math.min(limit, gathers - first));
  const page = Array.from({ length: count }, (_, i) => {
    const { start, end } = gather(first + i);
    const selection = select(start, 1);
    const trace = selection.kind === "run" ? selection.first : selection.traces[0];
    const values = keys.map((key) => source.readWord(key, trace, 1)[0]);
    return { gather: first + i, values, traces: end - start };
  });
  return { gathers, largest, keys, page };
}
