/** A job's state from its events. */
import { expect, test } from "vitest";
import type { JobEvent, JobHappening } from "../../../src/shared/job/events.ts";
import { parseEvent, parseRunnerMessage } from "../../../src/shared/job/parse_event.ts";
import { paused, pausing } from "../../../src/shared/job/happenings.ts";
import { replay } from "../../../src/shared/job/replay.ts";
import { createdEvent, state } from "./job_events.ts";

const queued: JobHappening = state({ to: "queued", manager: "m", order: 5, why: "submitted" });
const running: JobHappening = state({ to: "running", manager: "m", pid: 1 });

function events(...happenings: JobHappening[]): JobEvent[] {
  return happenings.map((happening, i) => ({ ...happening, at: 1000 * (i + 1) }));
}

test("a job is what its events say", () => {
  const job = replay("j", events(createdEvent(), queued, running, { event: "renamed", name: "b" }));
  expect(job).toMatchObject({
    id: "j",
    name: "b",
    state: "running",
    queuedAt: 2000,
    startedAt: 3000,
    order: 5,
  });
  expect(job).toMatchObject({ round: 1, attempt: 1, waitedMs: 1000, damage: [] });
});

test("time running is the measured one, whatever the wall's clock did", () => {
  const paused = [
    state({ to: "pausing", why: "" }, 700),
    state({ to: "paused", why: "" }, 50),
    state({ to: "queued", manager: "m", order: 1, why: "resumed" }),
  ];
  const back = events(createdEvent(), queued, running, ...paused).map((event, i) => ({
    ...event,
    at: 9000 - i,
  }));
  expect(replay("j", back)).toMatchObject({ ranMs: 750, pausedMs: 0, attempt: 1, round: 2 });
});

test("a pause keeps its cause while it lasts, and words of older folders mean theirs", () => {
  const story = (...pause: JobHappening[]) => replay("j", events(createdEvent(), queued, running, ...pause));
  const now = [pausing("disk_nearly_full"), paused("disk_nearly_full")];
  expect(story(...now)).toMatchObject({ pauseCause: "disk_nearly_full", reason: "the disk is nearly full" });
  const again = state({ to: "queued", manager: "m", order: 1, why: "resumed" });
  expect(story(...now, again)?.pauseCause).toBeUndefined();
  for (
    const [why, cause] of [
      ["disk full", "disk_full"],
      ["the disk is nearly full", "disk_nearly_full"],
      ["by the user", "user"],
      ["something else", "user"],
    ]
  ) {
    const old = [state({ to: "pausing", why }), state({ to: "paused", why })];
    expect(story(...old)).toMatchObject({ pauseCause: cause, reason: why });
  }
});

test("a new attempt starts clean but knows what was finished", () => {
  const error = { tag: "not-segy" as const, message: "m", fields: { file: "f", reason: "r" } };
  const job = replay(
    "j",
    events(
      createdEvent(),
      queued,
      running,
      { event: "checkpoint", blocksDone: 4 },
      state({ to: "failed", error }, 10),
      state({ to: "queued", manager: "m", order: 1, why: "retried" }),
    ),
  );
  expect(job).toMatchObject({
    attempt: 2,
    error: null,
    endedAt: null,
    blocksOnDisk: 4,
    attemptRanMs: 0,
    ranMs: 10,
  });
});

test("events that cannot follow are named and skipped", () => {
  const job = replay("j", events(createdEvent(), running, queued));
  expect(job).toMatchObject({
    state: "queued",
    damage: [expect.stringMatching(/Cannot make job j running/)],
  });
});

test("without its creation there is no job", () => {
  expect(replay("j", events(queued))).toBeUndefined();
  expect(replay("j", [])).toBeUndefined();
});

test("lines that are no events or no messages are not taken for some", () => {
  for (
    const wrong of [null, 1, [], {}, { event: "state", at: 1, to: "flying" }, {
      event: "state",
      to: "paused",
    }]
  ) {
    expect(parseEvent(wrong)).toBeUndefined();
    expect(parseRunnerMessage(wrong)).toBeUndefined();
  }
  expect(parseEvent({ event: "state", at: 1, to: "cancelled", level: 6, partialOutput: null }))
    .toBeUndefined();
  expect(parseEvent({ event: "state", at: 1, to: "cancelled", level: 5, partialOutput: null })).toBeDefined();
  expect(parseRunnerMessage({ message: "ended", end: { outcome: "failed", error: 3 } })).toBeUndefined();
  expect(parseRunnerMessage({ message: "ended", end: { outcome: "paused" } })).toBeDefined();
});
