/** What the window does when something happens by itself: toasts now, notifications and history beside them. */
import { ask } from "../actions/jobs.ts";
import type { Happenings } from "../connection/apply_event.ts";
import type { Job } from "../../shared/job/job.ts";
import { go } from "../state/route.ts";
import { showToast, type ToastAction } from "../state/toasts.ts";
import { FRAME } from "../texts/frame.ts";

const { toast } = FRAME;

export const HAPPENINGS: Partial<Happenings> = { ended: sayEnd, endedAway: sayAway };

function sayEnd(job: Job): void {
  const show: ToastAction = { label: toast.show, run: () => go("jobs", job.id) };
  const retry: ToastAction = { label: toast.retry, run: () => void ask("retry_job", job.id) };
  switch (job.state) {
    case "completed":
      return void showToast("success", toast.completed(job.name), { actions: [show] });
    case "failed":
    case "timed_out": {
      const text = job.state === "failed" ? toast.failed(job.name) : toast.timedOut(job.name);
      return void showToast("error", text, { detail: job.error?.message, actions: [show, retry] });
    }
    case "cancelled":
      return void showToast("info", toast.cancelled(job.name), { actions: [show] });
  }
}

/** One line for all that ended while the page could not hear it. */
function sayAway(jobs: readonly Job[]): void {
  const count = (state: Job["state"]) => jobs.filter((job) => job.state === state).length;
  const failed = count("failed") + count("timed_out");
  const text = FRAME.away(count("completed"), failed, count("cancelled"));
  showToast(failed > 0 ? "warning" : "info", text, {
    actions: [{ label: toast.show, run: () => go("jobs") }],
  });
}
