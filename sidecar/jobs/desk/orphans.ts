/**
 * A job starts in its folder when no runner works there any more. One that lost its manager ends by itself, one that
 * hangs is ended by force; while one cannot be ended, it is said once who it is and what to do.
 */
import path from "node:path";
import { refusal, type SeisProcError } from "../../../src/shared/errors.ts";
import { runnerOf } from "../folder/job_lock.ts";
import { endOrphan, inTheWay } from "../run/orphan.ts";
import type { Waits } from "./waits.ts";

const LOOK_EVERY_MS = 50;
const TRY_AGAIN_MS = 5000;

export interface OrphanWait {
  readonly folder: string;
  readonly waits: Waits;
  /** So long a runner may take to end by itself. */
  readonly patienceMs: number;
  /** Nobody waits any longer. */
  readonly isOver: () => boolean;
  readonly say: (level: "info" | "warning", text: string) => void;
}

/** Resolves when no runner works in the folder, or when the wait is over. */
export async function waitForOrphan({ folder, waits, patienceMs, isOver, say }: OrphanWait): Promise<void> {
  let nextTry = performance.now() + patienceMs, said = "";
  while (!isOver() && runnerOf(folder) !== undefined) {
    await waits.later(LOOK_EVERY_MS);
    if (isOver() || performance.now() < nextTry) continue;
    const orphan = endOrphan(folder), who = inTheWay(folder, orphan) ?? "";
    nextTry = performance.now() + TRY_AGAIN_MS;
    if (orphan.end === "ended") {
      say("info", `The runner of an earlier attempt, process ${orphan.pid}, which hung, was ended`);
    }
    if (who !== "" && who !== said) {
      say(
        "warning",
        `Waiting to start: the runner of an earlier attempt still works in the job's folder: ${who}`,
      );
    }
    said = who;
  }
}

/**
 * Ends a runner that still works in the folder of a job that is about to be cancelled or removed.
 * @throws job-owned naming who cannot be ended
 */
export function endRunner(verb: string, folder: string): void {
  if (runnerOf(folder) === undefined) return;
  const who = inTheWay(folder, endOrphan(folder));
  if (who !== undefined) throw stillRuns(verb, path.basename(folder), who);
}

function stillRuns(verb: string, job: string, who: string): SeisProcError<"job-owned"> {
  const [found, ...advice] = who.split(": ");
  const said = {
    cannot: `${verb} job ${job}`,
    expected: "no runner in its folder",
    found,
    advice: advice.join(": "),
  };
  return refusal("job-owned", said, { job });
}
