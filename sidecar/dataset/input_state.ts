/** The state of all that a work reads: taken before it is opened, so that what changes from then on is noticed. */
import { SeisProcError } from "../../src/shared/errors.ts";
import type { Work } from "../../src/shared/job/work.ts";
import { changeBetween, type FileState, stateOf } from "../files/file_state.ts";
import { readPathsOf } from "./work_paths.ts";

export type InputState = readonly FileState[];

export function inputStateOf(work: Work): InputState {
  return readPathsOf(work).flatMap((file) => stateOf(file) ?? []);
}

/** What of the state outlasts a job and is not in the survey's fingerprint, by names that a refusal can say. */
export function namedFacts(state: InputState): Record<string, string> {
  const joined = (fact: (file: FileState) => string | number) => state.map(fact).join(" ");
  return {
    "identity of the input": joined((file) => file.identity),
    "time of change of the input": joined((file) => file.changedMs),
  };
}

/**
 * Refuses to go on when the input is not what it was when the job was planned.
 * @throws SeisProcError `input-changed`
 */
export function requireUnchanged(state: InputState): void {
  for (const before of state) {
    const what = changeBetween(before, stateOf(before.path));
    if (what === undefined) continue;
    const message =
      `Cannot finish the output: expected ${before.path} unchanged while the job runs, found that ${what}: ` +
      `run the job again`;
    throw new SeisProcError("input-changed", message, { file: before.path, what });
  }
}
