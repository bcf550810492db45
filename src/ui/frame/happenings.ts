/** What the window says when something happens by itself: toasts, and notifications when nobody looks. */
import { ask, resumeAll } from "../actions/jobs.ts";
import { retryFailedOf } from "../actions/many_jobs.ts";
import { reopenSurveys } from "../actions/surveys.ts";
import type { Happenings } from "../connection/apply_event.ts";
import { isLeader } from "../host/leader.ts";
import { theHost } from "../host/the_host.ts";
import type { GroupSummary } from "../../shared/job/group.ts";
import type { Job } from "../../shared/job/job.ts";
import type { Alert, Severity } from "../../shared/monitor/alert.ts";
import { go } from "../state/route.ts";
import { showToast, type ToastAction, type ToastKind } from "../state/toasts.ts";
import { FRAME } from "../texts/frame.ts";

const { toast } = FRAME;

export const HAPPENINGS: Pick<Happenings, "ended" | "groupEnded" | "endedAway" | "restarted" | "alert"> = {
  ended: (job) => job.group === null ? sayEnd(job) : undefined,
  groupEnded: sayGroupEnd,
  endedAway: sayAway,
  restarted: goOn,
  alert: sayAlert,
};

function sayEnd(job: Job): void {
  const show: ToastAction = { label: toast.show, run: () => go("jobs", job.id) };
  const retry: ToastAction = { label: toast.retry, run: () => void ask("retry_job", job.id) };
  switch (job.state) {
    case "completed":
      notifyUnseen(toast.completed(job.name), "", job.id);
      return void showToast("success", toast.completed(job.name), { actions: [show], about: job.id });
    case "failed":
    case "timed_out": {
      const text = job.state === "failed" ? toast.failed(job.name) : toast.timedOut(job.name);
      notifyUnseen(text, job.error?.message ?? "", job.id);
      return void showToast("error", text, {
        detail: job.error?.message,
        actions: [show, retry],
        about: job.id,
      });
    }
    case "cancelled":
      return void showToast("info", toast.cancelled(job.name), { actions: [show], about: job.id });
  }
}

/** One word for all jobs of a group: which of them failed stands in the table. */
function sayGroupEnd({ id, name, states }: GroupSummary): void {
  const failed = (states.failed ?? 0) + (states.timed_out ?? 0);
  const text = FRAME.groupEnd(name, states.completed ?? 0, failed, states.cancelled ?? 0);
  const show: ToastAction = { label: toast.show, run: () => go("jobs") };
  const retry: ToastAction = { label: toast.retryFailed(failed), run: () => void retryFailedOf(id) };
  notifyUnseen(text, "", "");
  showToast(failed > 0 ? "error" : "success", text, {
    actions: failed > 0 ? [show, retry] : [show],
    about: id,
  });
}

const KINDS: Readonly<Record<Severity, ToastKind>> = {
  info: "info",
  warning: "warning",
  error: "error",
  critical: "error",
};

/** What the alert's rule wants to be done. The end of a job is said by itself, with more that can be done about it. */
function sayAlert({ rule, severity, text, actions, subject, acknowledged }: Alert): void {
  if (rule === "job_failed" || acknowledged) return;
  const show: ToastAction = { label: toast.show, run: () => go("alerts") };
  if (actions.includes("notification")) notifyUnseen(text, "", subject ?? "");
  if (actions.includes("toast")) {
    showToast(KINDS[severity], text, { actions: [show], about: subject ?? undefined });
  }
}

/** Nobody is told twice: not who looks at the window, and of several pages only one speaks. */
function notifyUnseen(title: string, text: string, job: string): void {
  if (theHost.isUnseen() && isLeader()) void theHost.notify({ title, text, onClick: () => go("jobs", job) });
}

/** The new sidecar knows nothing of what this page has open: it is told, and the page stays as it is. */
function goOn(interrupted: readonly Job[]): void {
  void reopenSurveys();
  const resume: ToastAction = { label: toast.resumeAll, run: () => void resumeAll() };
  const more = interrupted.length === 0 ? {} : {
    detail: toast.interrupted(interrupted.length),
    actions: [resume],
  };
  showToast("warning", toast.restarted, more);
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
