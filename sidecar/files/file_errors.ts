/** Turns what the operating system says of a file into typed errors, for reading and for writing. */
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import { freeBytes } from "./free_space.ts";

/** The system's error code (`ENOENT` and the like), or an empty text. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return DENO_CODES.get(error instanceof Error ? error.name : "") ?? "";
}

/** Nothing more fits, on the disk or into what the user may take of it. */
export function isDiskFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT"].includes(systemCode(error));
}

/** Names of Deno's own error classes, which some calls throw in place of node's codes. */
const DENO_CODES: ReadonlyMap<string, string> = new Map([
  ["NotFound", "ENOENT"],
  ["PermissionDenied", "EACCES"],
  ["NotCapable", "EACCES"],
  ["AlreadyExists", "EEXIST"],
  ["IsADirectory", "EISDIR"],
  ["NotADirectory", "ENOTDIR"],
  ["FilesystemLoop", "ELOOP"],
  ["Busy", "EBUSY"],
  ["Interrupted", "EINTR"],
  ["TimedOut", "ETIMEDOUT"],
  ["WouldBlock", "EAGAIN"],
  ["StorageFull", "ENOSPC"],
]);

/** `expected` names the kind of file, for messages. */
export function readingError(file: string, error: unknown, expected = "a SEG-Y file"): SeisProcError {
  if (error instanceof SeisProcError) return error;
  const name = path.basename(file);
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    const message = `Cannot open ${file}: expected ${expected}, found nothing there: check the path`;
    return new SeisProcError("file-missing", message, { file }, error);
  }
  const reason = isOfSystem(file, error)
    ? `expected ${expected}, found one of the system's own: name a file`
    : readingReason(code, error, expected);
  return new SeisProcError("file-unreadable", `Cannot read ${name}: ${reason}`, { file, reason }, error);
}

/** The runtime lets nobody near what only looks like files: devices, processes and settings of the system. */
function isOfSystem(file: string, error: unknown): boolean {
  return error instanceof Error && error.name === "NotCapable" &&
    /^\/(dev|proc|sys)\//.test(path.resolve(file));
}

function readingReason(code: string, error: unknown, expected: string): string {
  if (code === "EISDIR") return `expected ${expected}, found a folder: name the file in it`;
  if (code === "EACCES" || code === "EPERM") {
    return "expected permission to read it, found none: change its permissions";
  }
  if (code === "ENAMETOOLONG") {
    return "expected a name that the disk can hold, found one too long: check the path";
  }
  return `the system says ${systemText(error)}: check the disk or the network path`;
}

export function writingError(file: string, error: unknown, neededBytes?: number): SeisProcError {
  if (error instanceof SeisProcError) return error;
  const code = systemCode(error);
  if (isDiskFull(error)) return diskFull(file, neededBytes, freeBytes(file), error);
  const reason = isOfSystem(file, error)
    ? `expected a folder for files, found one of the system's own: choose another`
    : writingReason(code, file, error);
  const message = `Cannot write ${path.basename(file)}: ${reason}`;
  return new SeisProcError("output-unwritable", message, { file, reason }, error);
}

function writingReason(code: string, file: string, error: unknown): string {
  const folder = path.dirname(file);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return `expected the folder ${folder}, found none: make it or choose another`;
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `expected permission to write in ${folder}, found none: choose another folder`;
  }
  if (code === "EISDIR") return "expected a file name, found a folder: name a file in it";
  if (code === "ENAMETOOLONG") {
    return "expected a name that the disk can hold with .part.lock behind it, found one too long: shorten it";
  }
  return `the system says ${systemText(error)}: check the disk or the network path`;
}

function systemText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function diskFull(file: string, neededBytes?: number, free?: number, cause?: unknown): SeisProcError {
  const needed = neededBytes === undefined ? "room" : `${neededBytes} bytes of room`;
  const found = free === undefined ? "a full disk" : `${free} bytes free`;
  const message = `Cannot write ${path.basename(file)}: expected ${needed}, found ${found}: ` +
    "free some space or choose another disk";
  return new SeisProcError("disk-full", message, { file, neededBytes, freeBytes: free }, cause);
}
