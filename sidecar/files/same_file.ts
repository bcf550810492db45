/** Whether two paths mean one thing, whatever their spelling: by what the system finds there, through links too. */
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

/** True when `inner` lies somewhere in the folder `outer`, or is it. Neither needs to be there. */
export function isWithin(inner: string, outer: string): boolean {
  return [...above(path.resolve(inner)), ...above(realPath(inner))].some((one) => isSameFile(one, outer));
}

/** The path without links, as far as it is there. */
export function realPath(file: string): string {
  const absolute = path.resolve(file);
  try {
    return fs.realpathSync(absolute);
  } catch {
    const folder = path.dirname(absolute);
    return folder === absolute ? absolute : path.join(realPath(folder), path.basename(absolute));
  }
}

/** The path and the folders that it lies in. */
function above(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [file] : [file, ...above(folder)];
}
