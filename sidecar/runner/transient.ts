/** Which failures may pass, so that the manager repeats the job. */
import { systemCode } from "../files/file_errors.ts";

/** System errors that may pass by themselves, so that trying again makes sense. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  "EIO",
  "EAGAIN",
  "EBUSY",
  "EINTR",
  "ETIMEDOUT",
  "ESTALE",
  "ENETDOWN",
  "ENETUNREACH",
  "ECONNRESET",
]);

/** True for I/O errors that may pass; never for wrong input or parameters. */
export function isTransient(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (TRANSIENT_CODES.has(systemCode(at))) return true;
  }
  return false;
}
