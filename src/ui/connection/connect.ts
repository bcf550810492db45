/** Connects the page: greets the sidecar, opens the event stream, and lets what happens reach its listeners. */
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

/** Asks for jobs before the oldest that is held; true when there are more. */
export async function loadOlderJobs(before: string): Promise<boolean> {
  const { jobs, total } = await theSidecar().ask("list_jobs", { before, limit: 1000 });
  applier?.applyOlder(jobs, total);
  return jobs.length > 0;
}

/** Who answers may be another run after a reset. */
async function greet(): Promise<void> {
  try {
    greeted.value = await theSidecar().ask("hello", {});
  } catch {
    // The event stream says how the sidecar is.
  }
}
