/** Header words of many traces for the pictures of Data, thinned by the sidecar to what these need. */
import { theSidecar } from "../../connection/sidecar.ts";
import { choiceOf } from "../../state/surveys.ts";

const POINTS = 4096;
/** Words that are asked for at once. */
const MOST_WORDS = 16;

export type WordColumns = ReadonlyMap<string, Float64Array>;

/** Values by word. `stored`: without scalars. @throws what the sidecar says */
export async function wordColumns(
  path: string,
  words: readonly string[],
  stored: boolean,
  signal: AbortSignal,
): Promise<WordColumns> {
  const found = new Map<string, Float64Array>();
  for (let i = 0; i < words.length; i += MOST_WORDS) {
    const some = words.slice(i, i + MOST_WORDS);
    const asked = { survey: path, ...choiceOf(path), words: some, points: POINTS, stored };
    const columns = await theSidecar().columns(asked, signal);
    some.forEach((word, at) => found.set(word, columns.words[at]));
  }
  return found;
}
