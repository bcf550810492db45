/** The candidate that a mistyped name most likely meant, for "did you mean"; undefined when none is near. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const key = plain(candidate);
    const partOf = wanted.length > 2 && (key.startsWith(wanted) || wanted.startsWith(key));
    const distance = partOf ? 1 : editDistance(wanted, key);
    if (distance < bestDistance) best = candidate, bestDistance = distance;
  }
  return best;
}

/** ` (did you mean x?)`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = closest(name, candidates);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_\s-]/g, "");
}

/** Damerau (1964): the fewest insertions, deletions, substitutions and swaps of neighbours between two texts. */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? older[j - 2] + 1 : Infinity;
      row.push(Math.min(substitution, swap, previous[j] + 1, row[j - 1] + 1));
    }
    older = previous;
    previous = row;
  }
  return previous[b.length];
}
