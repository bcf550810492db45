/** Makes what happens to jobs: changes of state, pauses with their cause, lines of the log. */
import { sentence } from "../shown.ts";
import type { JobHappening, StateChange } from "./events.ts";
import type { PauseCause } from "./job.ts";

type Level = Extract<JobHappening, { event: "log" }>["level"];

/** Causes of a pause in the words of a job's `reason`. */
const IN_WORDS: Readonly<Record<PauseCause, string>> = {
  user: "by the user",
  finish: "finished the gathers in hand",
  runner: "by its runner",
  disk_full: "disk full",
  disk_nearly_full: "the disk is nearly full",
};

export function moved(change: StateChange): JobHappening {
  return { event: "state", ...change };
}

/** The job finishes its blocks in hand and then pauses. */
export function pausing(cause: PauseCause): JobHappening {
  return moved({ to: "pausing", why: IN_WORDS[cause], cause });
}

/** The job is paused; `error`: what made it pause, if that was one. */
export function paused(
  cause: PauseCause,
  error?: Extract<StateChange, { to: "paused" }>["error"],
): JobHappening {
  return moved({ to: "paused", why: IN_WORDS[cause], cause, ...(error && { error }) });
}

/** A line of the job's log, on one line whatever it quotes. */
export function note(level: Level, text: string): JobHappening {
  return { event: "log", level, text: sentence(text) };
}

/** The cause that a pause named, or that its words meant before causes had names. */
export function causeOf({ cause, why }: { readonly cause?: PauseCause; readonly why: string }): PauseCause {
  if (cause !== undefined) return cause;
  const named = Object.entries(IN_WORDS).find(([, words]) => words === why)?.[0];
  return isPauseCause(named) ? named : "user";
}

function isPauseCause(name: string | undefined): name is PauseCause {
  return name !== undefined && name in IN_WORDS;
}
