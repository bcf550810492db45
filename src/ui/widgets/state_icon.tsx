/** A job's state by shape and colour; the word stands beside it or in its title. */
import type { JobState } from "../../shared/job/job.ts";
import { STATE_WORDS } from "../texts/states.ts";
import { Icon } from "./icon.tsx";
import { Ring } from "./ring.tsx";
import "./state_icon.css";

const ICONS: Readonly<Record<JobState, string>> = {
  created: "circle",
  queued: "circle",
  running: "ring",
  pausing: "pause",
  paused: "pause",
  cancelling: "circle-slash",
  cancelled: "circle-slash",
  interrupted: "triangle-alert",
  completed: "check",
  failed: "octagon-x",
  timed_out: "clock",
};

export function StateIcon({ state }: { readonly state: JobState }) {
  return (
    <span class={`state-icon is-${state}`} title={STATE_WORDS[state]}>
      {ICONS[state] === "ring" ? <Ring /> : <Icon name={ICONS[state]} />}
    </span>
  );
}
