/** What the end of a runner makes of a job. */
import { expect, test } from "vitest";
import { type Intent, whatRunEndMeans } from "../../../sidecar/jobs/run/run_end.ts";
import type { RunnerExit } from "../../../sidecar/jobs/run/runner_process.ts";
import { applyEvent, createdJob } from "../../../src/shared/job/replay.ts";
import type { Job } from "../../../src/shared/job/job.ts";
import type { RunnerEnd } from "../../../src/shared/job/runner_messages.ts";
import type { WireError } from "../../../src/shared/errors.ts";
import { createdEvent, state } from "../../shared/job/job_events.ts";

const result = {
  ...{
    outputs: [],
    tracesRead: 0,
    gathers: 0,
    bytesRead: 0,
    bytesWritten: 0,
    seconds: 0,
    processingSeconds: 0,
  },
  ...{ peakMemoryBytes: 0, skipped: [], warnings: [] },
};
const failed = (error: WireError, transient = false): RunnerEnd => ({ outcome: "failed", error, transient });
const NOT_SEGY: WireError = { tag: "not-segy", message: "m", fields: { file: "f", reason: "r" } };
const ENDS: readonly (RunnerEnd | null)[] = [
  { outcome: "completed", result },
  failed(NOT_SEGY),
  failed({ tag: "internal", message: "m", fields: {} }, true),
  failed({ tag: "disk-full", message: "m", fields: { file: "f" } }),
  { outcome: "paused" },
  { outcome: "cancelled", level: 3 },
  { outcome: "interrupted" },
  null,
];
const INTENTS: readonly Intent[] = [
  { kind: "none" },
  { kind: "shutdown", why: "shutdown" },
  { kind: "timeout", seconds: 1 },
];

function jobIn(stopping: "running" | "pausing" | "cancelling"): Job {
  const story = [
    state({ to: "queued", manager: "m", order: 1, why: "submitted" }),
    state({ to: "running", manager: "m", pid: 1 }),
    ...(stopping === "pausing" ? [state({ to: "pausing", why: "by the user" })] : []),
    ...(stopping === "cancelling" ? [state({ to: "cancelling", keepPartial: false })] : []),
  ];
  const created = createdJob("j", { ...createdEvent(), at: 0 });
  return story.reduce((job, happening) => applyEvent(job, { ...happening, at: 1 }), created);
}

/** The state that a runner's end leads to, through transitions that the rules allow. */
function after(from: Job, end: RunnerEnd | null, intent: Intent, forced = false): Job {
  const exit: RunnerExit = { end, code: 0, signal: null, forced, stderr: "" };
  const settlePartial = () => "removed" as const;
  const happenings = whatRunEndMeans({ job: from, intent, exit, manager: "m", settlePartial });
  return happenings.reduce((job, happening) => applyEvent(job, { ...happening, at: 2 }), from);
}

test("every end in every state with every intent leads by allowed transitions to a state without a runner", () => {
  for (const from of ["running", "pausing", "cancelling"] as const) {
    for (const end of ENDS) {
      for (const intent of INTENTS) {
        for (const forced of [false, true]) {
          const { state } = after(jobIn(from), end, intent, forced);
          expect(["running", "pausing", "cancelling", "created"]).not.toContain(state);
        }
      }
    }
  }
});

test("what is complete is completed, whatever was asked", () => {
  for (const from of ["running", "pausing", "cancelling"] as const) {
    for (const intent of INTENTS) {
      expect(after(jobIn(from), ENDS[0], intent)).toMatchObject({ state: "completed" });
    }
  }
});

test("a cancel says which level ended the job", () => {
  const [none] = INTENTS;
  const cancelling = jobIn("cancelling");
  expect(after(cancelling, { outcome: "cancelled", level: 3 }, none)).toMatchObject({ cancelLevel: 3 });
  expect(after(cancelling, null, none, true)).toMatchObject({ state: "cancelled", cancelLevel: 4 });
  expect(after(cancelling, failed(NOT_SEGY), none)).toMatchObject({ state: "cancelled", warnings: 1 });
});

test("a failure while pausing is a failure, an interruption while pausing is a pause", () => {
  const [none] = INTENTS;
  expect(after(jobIn("pausing"), failed(NOT_SEGY), none)).toMatchObject({ state: "failed" });
  expect(after(jobIn("pausing"), { outcome: "interrupted" }, none)).toMatchObject({ state: "paused" });
});
