/** The first gather of a survey, from its first traces alone: no index is needed, whatever the size. */
import type { DatasetSource } from "../../dataset/open_source.ts";
import { type Arrangement, runFrom } from "./arrangement.ts";
import { checkWord } from "./survey_cache.ts";

const MOST_TRACES = 500;
/** Words that make gathers, the most usual first. */
const LIKELY = ["fldr", "cdp", "ep", "iline"] as const;

export interface FirstGather {
  readonly arrangement: Arrangement;
  /** The word whose value stays the same; null when none tells: then simply the first traces. */
  readonly key: string | null;
  readonly value: number | null;
  /** There may be more traces in it than are shown. */
  readonly cut: boolean;
}

/** From trace 1 until the key changes, at most 500 traces. Without a key the first usual one that changes is taken. */
export function firstGather(source: DatasetSource, asked: string | undefined): FirstGather {
  const { description } = source;
  if (asked !== undefined) checkWord(asked, description);
  const there = Math.min(MOST_TRACES, description.traces);
  const usual = LIKELY.filter((word) => description.table.find(word) !== undefined);
  const runs = (asked === undefined ? usual : [asked]).map((key) => runOf(source, key, there));
  const run = asked === undefined ? runs.find(({ count }) => count > 1 && count < there) : runs[0];
  const { key = null, value = null, count = there } = run ?? {};
  const cut = count === there && description.traces > there;
  return { arrangement: runFrom(source, key === null ? [] : [key], 0, count), key, value, cut };
}

/** How many of the first traces have the value of the first. */
function runOf(source: DatasetSource, key: string, there: number) {
  const values = source.readWord(key, 0, there);
  const change = values.findIndex((value) => value !== values[0]);
  return { key, value: values[0], count: change < 0 ? there : change };
}
