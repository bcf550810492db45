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
import { checkWanted } from "./given_up.ts";
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
  const source = cache.open(listing), { limit = PAGE, value, order = [] } = listing;
  const valuesOf = (g: number) => {
    const selection = select(gather(g).start, 1);
    const trace = selection.kind === "run" ? selection.first : selection.traces[0];
    return keys.map((key) => source.readWord(key, trace, 1)[0]);
  };
  const valueOf = (g: number) => valuesOf(g)[0];
  const first = value === undefined
    ? listing.first ?? 0
    : order.length > 0
    ? findSorted(value, gathers, valueOf, order[0].startsWith("-"))
    : findInTurn(value, gathers, valueOf);
  const count = Math.max(0, Math.min(limit, gathers - first));
  const page = Array.from({ length: count }, (_, i) => {
    const { start, end } = gather(first + i);
    return { gather: first + i, values: valuesOf(first + i), traces: end - start };
  });
  return { gathers, largest, keys, page };
}

type ValueOf = (gather: number) => number | undefined;

/** The first gather of this value; beyond the last without one. */
function findInTurn(value: number, gathers: number, valueOf: ValueOf): number {
  for (let g = 0; g < gathers; g++) {
    if (g % 1024 === 0) checkWanted();
    if (valueOf(g) === value) return g;
  }
  return gathers;
}

/** The same where gathers are sorted by their value. */
function findSorted(value: number, gathers: number, valueOf: ValueOf, isFalling: boolean): number {
  let low = 0, high = gathers;
  while (low < high) {
    const middle = Math.floor((low + high) / 2), found = valueOf(middle) ?? NaN;
    if (isFalling ? found > value : found < value) low = middle + 1;
    else high = middle;
  }
  return low < gathers && valueOf(low) === value ? low : gathers;
}
