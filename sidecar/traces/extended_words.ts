/**
 * Words of a header extension in place of the standard words that they extend (SEG-Y revision 2): unless it is zero, or
 * no number, the extension's value counts. It is in its unit already, so that no scalar applies to it; as the stored
 * value of the standard word it is what the scalar would make it from.
 */
import { type HeaderWord, removeScalar } from "../../src/shared/seismic/trace_header.ts";

/** Whether a value of an extension takes the place of the standard word's. */
export function counts(extended: number): boolean {
  return extended !== 0 && Number.isFinite(extended);
}

/**
 * Values of words for a run of traces. `read` gives words as they are stored, `find` the word that scales another.
 */
export function readExtended(
  words: readonly HeaderWord[],
  find: (name: string) => HeaderWord,
  read: (words: readonly HeaderWord[]) => Float64Array[],
): Float64Array[] {
  const needed = words.flatMap((word) => {
    if (!word.extended) return [word];
    return [word, word.extended, ...(word.scaledBy ? [find(word.scaledBy)] : [])];
  });
  const stored = read(needed);
  let next = 0;
  return words.map((word) => {
    const values = stored[next++];
    if (!word.extended) return values;
    const extended = stored[next++], scalars = word.scaledBy ? stored[next++] : undefined;
    return values.map((value, i) =>
      counts(extended[i]) ? removeScalar(extended[i], scalars?.[i] ?? 1) : value
    );
  });
}
