/** Which state may follow which. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { JOB_STATES, type JobState } from "../../../src/shared/job/job.ts";
import { transition } from "../../../src/shared/job/transition.ts";

/** The arrows of the specification, written once more and differently. */
const ARROWS = `
  created>queued queued>running running>completed running>failed running>timed_out
  running>pausing pausing>paused paused>queued
  created>cancelled queued>cancelled paused>cancelled
  running>cancelling pausing>cancelling cancelling>cancelled
  running>interrupted pausing>interrupted cancelling>interrupted
  interrupted>queued interrupted>cancelled
  failed>queued cancelled>queued timed_out>queued
`.trim().split(/\s+/);

const anyState = fc.constantFrom(...JOB_STATES);

test("exactly the arrows of the specification are possible, everything else is a typed error", () => {
  for (const from of JOB_STATES) {
    for (const to of JOB_STATES) {
      const change = () => transition({ id: "j", state: from, attempt: 1 }, to).state;
      if (ARROWS.includes(`${from}>${to}`)) expect(change()).toBe(to);
      else expect(change, `${from} to ${to}`).toThrow(expect.objectContaining({ tag: "job-transition" }));
    }
  }
});

test("along any walk only an ended attempt that is queued again counts up, and completed is the end", () => {
  fc.assert(fc.property(fc.array(anyState, { maxLength: 60 }), (walk) => {
    let place = { id: "j", state: "created" as JobState, attempt: 1 };
    let retries = 0, completed = false;
    for (const to of walk) {
      try {
        const next = transition(place, to);
        expect(completed).toBe(false);
        if (["failed", "cancelled", "timed_out"].includes(place.state)) retries++;
        place = next;
        completed = place.state === "completed";
      } catch (error) {
        expect(error).toMatchObject({ tag: "job-transition" });
      }
      expect(place.attempt).toBe(1 + retries);
    }
  }));
});

test("a refusal says what the job is, what it can become and what was wanted", () => {
  expect(() => transition({ id: "7", state: "queued", attempt: 1 }, "paused")).toThrow(
    "Cannot make job 7 paused: expected a job that is pausing, found queued: it can become running, cancelled",
  );
});
