/** Whether an output may come to lie at the path that was asked for: looked at when it is asked and when it is done. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { SeisProcError } from "../../src/shared/errors.ts";
import { writingError } from "./file_errors.ts";
import { describe, kindInWords, kindOf, lookAt, lookThrough } from "./file_kind.ts";
import { readClaim } from "./output_claim.ts";
import { partialLock, touchedNames } from "./partial_names.ts";

/**
 * An output file replaces a file, or a link to one, which is then no link any more; nothing else, and none that its
 * owner has protected from writing.
 * @throws SeisProcError `output-unwritable`
 */
export function requireReplaceable(output: string): void {
  refuseSpecial(output);
  const stat = lookAt(output);
  if (!stat) return;
  if (lookThrough(output)?.isDirectory()) {
    throw unwritable(output, "expected a file name, found a folder: name a file in it");
  }
  if (stat.isFile() && process.platform !== "win32" && (stat.mode & 0o222) === 0) {
    const advice = "change its permissions or choose another output path";
    throw unwritable(
      output,
      `expected a file that may be replaced, found one protected from writing: ${advice}`,
    );
  }
}

/** Devices and the like stay what they are. */
function refuseSpecial(output: string): void {
  const target = seen(output);
  if (!target || target.isFile() || target.isDirectory()) return;
  throw unwritable(output, `expected a file or nothing, found ${kindInWords(kindOf(target))}: name a file`);
}

/**
 * The folder is there and may be written to, its disk can hold the longest name that the job makes, and the output has
 * not the name of a partial output of another job.
 * @throws SeisProcError `output-unwritable`, `output-exists`
 */
export function requirePlace(output: string): void {
  const folder = path.dirname(output);
  try {
    const stat = seen(folder);
    if (stat && !stat.isDirectory()) {
      const found = `found none but ${describe(stat)}`;
      throw unwritable(output, `expected the folder ${folder}, ${found}: choose another`);
    }
    refuseSpecial(output);
    for (const name of touchedNames(output)) lookAt(name);
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw writingError(output, error);
  }
  refusePartOfAnother(output);
}

/** What lies there, as far as this program may look: what it may not fails where it is used. */
function seen(file: string): fs.Stats | undefined {
  try {
    return lookThrough(file);
  } catch {
    return undefined;
  }
}

const MADE_UP = /\.part(\.lock|\.old)?$/;

function refusePartOfAnother(output: string): void {
  if (!MADE_UP.test(output)) return;
  const claim = readClaim(partialLock(output.replace(MADE_UP, ".part")));
  if (!claim) return;
  const message = `Cannot write ${output}: expected a name that no job uses, found a partial output of job ` +
    `${claim.job}: choose another output path`;
  throw new SeisProcError("output-exists", message, { file: output });
}

function unwritable(file: string, reason: string): SeisProcError<"output-unwritable"> {
  return new SeisProcError("output-unwritable", `Cannot write ${file}: ${reason}`, { file, reason });
}
