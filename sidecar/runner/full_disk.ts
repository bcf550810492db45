/** A full disk is told as one, whichever write of the runner met it: then the job pauses and goes on when there is room. */
import { SeisProcError } from "../../src/shared/errors.ts";
import { diskFull, isDiskFull } from "../files/file_errors.ts";
import { freeBytes } from "../files/free_space.ts";

/** The error as `disk-full` when a full disk is behind it; of the files that may have been written it names the fullest disk's. */
export function toldAsFullDisk(error: unknown, files: readonly string[]): unknown {
  if (error instanceof SeisProcError && error.tag === "disk-full") return error;
  if (!hasFullDiskBehind(error)) return error;
  const [file] = files.toSorted((a, b) => (freeBytes(a) ?? Infinity) - (freeBytes(b) ?? Infinity));
  return diskFull(file, undefined, freeBytes(file), error);
}

function hasFullDiskBehind(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (isDiskFull(at)) return true;
  return false;
}
