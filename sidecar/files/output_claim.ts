/**
 * Whose the names are that the program makes up beside an output. A job makes `<output>.part` only after its lock
 * (`<output>.part.lock`) names it, and the lock stays as long as that: so whatever lies at such a name without a lock of
 * a job is somebody else's, and is neither written to, nor removed, nor followed.
 */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { describe, isPlainFile, lookAt } from "./file_kind.ts";
import { type LockHolder, readHolder } from "./file_lock.ts";
import { partialLock, partPath, replacedPath, touchedNames } from "./partial_names.ts";
import { isSameFile, isWithin } from "./same_file.ts";

/** What lies at the names beside an output belongs to this job, which need not live; undefined when nothing lies there. */
export interface Claim extends LockHolder {
  readonly job: string;
}

/**
 * Who claims the names beside an output.
 * @throws SeisProcError `output-exists` when something lies there that no job of this program made
 */
export function claimOn(output: string): Claim | undefined {
  const part = partPath(output), lock = partialLock(part);
  const claim = readClaim(lock);
  const there = lookAt(lock);
  if (there && !isPlainFile(there)) throw foreign(output, lock, describe(there));
  if (there && there.size > 0 && !claim) throw foreign(output, lock, "a file that is no lock of a job");
  for (const made of [part, replacedPath(output)]) {
    const stat = lookAt(made);
    if (!stat) continue;
    if (!claim) throw foreign(output, made, `${describe(stat)} that no job claims`);
    if (!isPlainFile(stat) && !stat.isDirectory()) throw foreign(output, made, describe(stat));
  }
  return claim;
}

/** The job that a lock file names. */
export function readClaim(lock: string): Claim | undefined {
  const holder = readHolder(lock);
  return holder?.job === undefined ? undefined : { ...holder, job: holder.job };
}

/** Something lies where the program would make a file or folder of its own. */
export function foreign(output: string, made: string, found: string): SeisProcError<"output-exists"> {
  const message =
    `Cannot write ${output}: expected nothing at ${made}, a name that the job makes up, found ` +
    `${found}: rename it, remove it or choose another output path`;
  return new SeisProcError("output-exists", message, { file: made });
}

/**
 * Refuses an output when a file that is read is, holds or lies in one of the names that the job touches. `what` names
 * the file in messages, such as "the input".
 * @throws SeisProcError `output-is-input`
 */
export function refuseRead(output: string, file: string, what: string): void {
  for (const name of touchedNames(output)) {
    const found = meeting(name, file, what);
    if (found === undefined) continue;
    const message = `Cannot write ${output}: expected another file than ${what}, found ${found}: ` +
      "choose another output path";
    throw new SeisProcError("output-is-input", message, { file: output });
  }
}

function meeting(name: string, file: string, what: string): string | undefined {
  if (isSameFile(name, file)) return `${what} itself`;
  if (isWithin(name, file)) return `${name} in ${what}`;
  return isWithin(file, name) ? `${what} in ${name}` : undefined;
}

/** Removes a partial output that is one file, if it is there and bears no other name. */
export function removePartialFile(output: string): void {
  const part = partPath(output), stat = lookAt(part);
  if (!stat) return;
  if (!isPlainFile(stat)) throw foreign(output, part, describe(stat));
  fs.unlinkSync(part);
}
