/** The fingerprint of a plan from its named parts, such as `{ "input size": 123, "flow": "..." }`. */
export function planFingerprint(parts: Readonly<Record<string, string | number>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => a < b ? -1 : 1)));
}
