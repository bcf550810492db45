/** What a waiting job is moved by: dragged up and down with the pointer, or by Alt and arrows. */
import { useRef } from "preact/hooks";
import type { Job } from "../../../../shared/job/job.ts";
import { move, moveOf } from "../../../actions/queue.ts";
import { queuedJobs } from "../../../state/jobs.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";

export function QueueGrip({ job: { id, name } }: { readonly job: Job }) {
  const over = useRef<HTMLElement | null>(null);
  const mark = (card: HTMLElement | null) => {
    over.current?.classList.remove("is-target");
    card?.classList.add("is-target");
    over.current = card;
  };
  const drop = () => {
    const before = over.current?.dataset.job;
    mark(null);
    if (before !== undefined) void move({ job: id, before, priority: null });
  };
  return (
    <button
      type="button"
      class="icon-button queue-grip"
      aria-label={JOBS.moveJob(name)}
      title={JOBS.moveHow}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) mark(waitingCardAt(event, id));
      }}
      onPointerUp={drop}
      onPointerCancel={() => mark(null)}
      onKeyDown={(event) => {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
        if (!event.altKey || step === null) return;
        event.preventDefault();
        const asked = moveOf(queuedJobs.value, id, step);
        if (asked !== null) void move(asked);
      }}
    >
      <Icon name="grip-vertical" />
    </button>
  );
}

/** The card of another waiting job under the pointer. */
function waitingCardAt({ clientX, clientY }: PointerEvent, id: string): HTMLElement | null {
  const card = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("article[data-job]") ?? null;
  const other = card?.dataset.job;
  return other !== id && queuedJobs.peek().some((job) => job.id === other) ? card : null;
}
