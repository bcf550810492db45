/** Columns of header words while a part of the view is shown; undefined until they are there. */
import { useEffect, useState } from "preact/hooks";
import { type WordColumns, wordColumns } from "../../actions/data/header_columns.ts";
import type { OpenedSurvey } from "../../state/surveys.ts";

export function useColumns(
  { path, reading }: OpenedSurvey,
  words: readonly string[],
  stored: boolean,
): WordColumns | undefined {
  const [columns, setColumns] = useState<WordColumns | undefined>(undefined);
  useEffect(() => {
    const abort = new AbortController();
    setColumns(undefined);
    // What cannot be read is told by the other parts of the view.
    if (words.length > 0) wordColumns(path, words, stored, abort.signal).then(setColumns, () => {});
    return () => abort.abort();
  }, [path, reading, words.join(" "), stored]);
  return columns;
}
