/** The refusal of a number that lies outside of what is there. */
import { SeisProcError } from "../../../src/shared/errors.ts";

export function outside(what: string, last: number, found: number): SeisProcError<"protocol"> {
  const reason = `${what}: expected 0 to ${last}, found ${found}`;
  return new SeisProcError("protocol", `Cannot show the traces: ${reason}`, { reason });
}
