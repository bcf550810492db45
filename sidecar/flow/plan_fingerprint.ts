/** What a checkpoint belongs to, by names that a refusal can say, such as `{ "input size": 123, "flow": "..." }`. */
export type PlanParts = Readonly<Record<string, string | number>>;

/** The fingerprint of a plan from its parts. */
export function planFingerprint(parts: PlanParts): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => a < b ? -1 : 1)));
}
