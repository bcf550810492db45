/** Oracle: input minus processed inside [first, end), zero outside. */
export function subtractLive(
  input: ArrayLike<number>,
  processed: ArrayLike<number>,
  first: number,
  end: number,
): Float64Array {
  return Float64Array.from(input, (x, i) => i >= first && i < end ? x - processed[i] : 0);
}
