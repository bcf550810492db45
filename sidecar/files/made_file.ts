/** Files whose names the program chooses where the user may have others: made once, kept when the same, else refused. */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";
import { systemCode } from "./file_errors.ts";
import { describe, lookAt } from "./file_kind.ts";
import { temporaryName } from "./host_process.ts";
import { openToRead } from "./open_file.ts";

/**
 * Makes `file` by `make`, which writes all of it to the name that it is given. What lies there with the same bytes stays.
 * @throws SeisProcError `output-exists` when something else lies there
 */
export function makeOrKeep(file: string, make: (temporary: string) => void, advice: string): void {
  const temporary = temporaryName(file);
  try {
    make(temporary);
    if (placeNew(temporary, file) || hasSameBytes(temporary, file)) return;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  throw inTheWay(file, advice);
}

/** Refuses what lies at a name that the program would use for itself. */
export function inTheWay(file: string, advice: string): SeisProcError<"output-exists"> {
  const stat = lookAt(file);
  const found = stat === undefined ? "something" : describe(stat);
  const message =
    `Cannot write ${file}: expected nothing there or what this command made before, found ${found} that is ` +
    `none of it: ${advice}`;
  return new SeisProcError("output-exists", message, { file });
}

/** Gives a file its name where nothing bears it; false when something does, also a link. */
function placeNew(temporary: string, file: string): boolean {
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    // A file system without second names.
    if (lookAt(file)) return false;
    fs.renameSync(temporary, file);
    return true;
  }
}

const PIECE_BYTES = 1 << 20;

function hasSameBytes(one: string, other: string): boolean {
  if (!lookAt(other)?.isFile() || fs.statSync(one).size !== fs.statSync(other).size) return false;
  const fds = [one, other].map((file) => openToRead(file, "a file"));
  try {
    const pieces = fds.map(() => new Uint8Array(PIECE_BYTES));
    for (;;) {
      const [read, also] = fds.map((fd, i) => fs.readSync(fd, pieces[i], 0, PIECE_BYTES, null));
      if (read !== also || !isEqual(pieces[0].subarray(0, read), pieces[1].subarray(0, also))) return false;
      if (read === 0) return true;
    }
  } finally {
    for (const fd of fds) fs.closeSync(fd);
  }
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((byte, i) => byte === other[i]);
}
