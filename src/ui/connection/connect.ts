/** Connects the page: greets the sidecar, opens the event stream, and lets what happens reach its listeners. */
import type { Job } from "../../shared/job/job.ts";
import { setLink, sidecar as greeted } from "../state/link.ts";
import { EventApplier, type Happenings } from "./apply_event.ts";
import { EventStream } from "./event_stream.ts";
import { Sidecar, theSidecar, useSidecar } from "./sidecar.ts";
import type { Session } from "./session.ts";

let stream: EventStream | undefined;
let applier: EventApplier | undefined;

export function connect(session: Session, happenings: Partial<Happenings>): void {
  const sidecar = new Sidecar(session.url, session.token);
  useSidecar(sidecar);
  setLink({ state: "connecting" });
  const events = applier = new EventApplier(happenings);
  stream = new EventStream(sidecar, (event) => {
    if (event.event === "reset") void greet();
    events.apply(event);
  });
}

/** Tries to reach a lost sidecar at once. */
export function reconnect(): void {
  stream?.reconnect();
}

/** Jobs that were asked for or kept; `total`: all of the workspace. */
export function showJobs(jobs: readonly Job[], total: number): void {
  applier?.applyOlder(jobs, total);
}

/** Jobs that are not in the workspace any more. */
export function showNoLonger(ids: readonly string[]): void {
  applier?.applyGone(ids);
}

/** Who answers may be another run after a reset. */
async function greet(): Promise<void> {
  try {
    greeted.value = await theSidecar().ask("hello", {});
  } catch {
    // The event stream says how the sidecar is.
  }
}
