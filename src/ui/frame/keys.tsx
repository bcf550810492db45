/** Keys to press, as caps. */
export function Keys({ keys }: { readonly keys: string }) {
  const parts = keys.endsWith("++") ? [...keys.slice(0, -2).split("+"), "+"] : keys.split("+");
  return <kbd>{parts.join(" ")}</kbd>;
}
