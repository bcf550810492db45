/** Checks that the program makes on itself. */
import { SeisProcError } from "./errors.ts";
import { shown } from "./shown.ts";

/** Makes a switch over a discriminated union exhaustive at compile time. */
export function assertUnreachable(value: never): never {
  throw new SeisProcError("internal", `Internal error: unexpected value ${shown(value)}`, {});
}

/** States something that only a defect of this program can make false. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new SeisProcError("internal", `Internal error: ${what}`, { where: what });
}
