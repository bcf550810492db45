/**
 * A question that nobody waits for any more is given up: between two blocks of what it reads a worker looks at a flag
 * that it shares with the server's thread.
 */
import { SeisProcError } from "../../../src/shared/errors.ts";

let flag: Int32Array | undefined;
let current = 0;

/** The flag that names the question which is given up. */
export function shareFlag(givenUp: SharedArrayBuffer): void {
  flag = new Int32Array(givenUp);
}

export function beginQuestion(number: number): void {
  current = number;
}

/** @throws given-up */
export function checkWanted(): void {
  if (flag === undefined || Atomics.load(flag, 0) !== current) return;
  throw new SeisProcError("given-up", "Cannot finish reading: nobody waits for it any more", {});
}
