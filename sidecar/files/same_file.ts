import fs from "node:fs";
import path from "node:path";

/** True when both paths name the same file, also through links of either kind. */
export function isSameFile(one: string, other: string): boolean {
  if (path.resolve(one) === path.resolve(other)) return true;
  try {
    const [a, b] = [one, other].map((file) => fs.statSync(file, { bigint: true }));
    return a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}
