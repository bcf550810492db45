/** What counts as a move of a running job, by a clock that the test turns. */
import { expect, test } from "vitest";
import { ProgressWatch } from "../../../sidecar/jobs/run/progress_watch.ts";
import { aProgress } from "../../shared/job/job_events.ts";

function watching(stallMs = 1000) {
  const clock = { ms: 0 };
  const watch = new ProgressWatch(stallMs, () => clock.ms);
  const hearAt = (ms: number, done: number) => {
    clock.ms = ms;
    return watch.hear(aProgress(done)).stalled;
  };
  const at = (ms: number) => {
    clock.ms = ms;
    return watch;
  };
  return { hearAt, at };
}

test("a run that does not move begins to stall once, and moves again with its progress", () => {
  const { hearAt, at } = watching();
  expect(hearAt(0, 1)).toBe(false);
  expect(at(1000).beginsToStall()).toBe(false);
  expect(at(1001).beginsToStall()).toBe(true);
  expect(at(1500).beginsToStall()).toBe(false);
  expect(hearAt(1600, 1)).toBe(true);
  expect(hearAt(1700, 2)).toBe(false);
  expect(at(2700).beginsToStall()).toBe(false);
  expect(at(2701).beginsToStall()).toBe(true);
});

test("a sign of life that is no progress puts the stall off", () => {
  const { hearAt, at } = watching();
  hearAt(0, 1);
  at(900).moved();
  expect(at(1800).beginsToStall()).toBe(false);
  expect(at(1901).beginsToStall()).toBe(true);
});

test("what the runner itself calls stalled is shown as stalled", () => {
  const { at } = watching();
  expect(at(5).hear({ ...aProgress(1), stalled: true }).stalled).toBe(true);
});

test("the journal gets progress each second at first and each hundredth of the run later", () => {
  const { at } = watching();
  const written = Array.from({ length: 400_000 }, (_, i) => i * 10).filter((ms) => at(ms).isForJournal());
  expect(written.slice(0, 3)).toEqual([0, 1000, 2000]);
  const last = written.at(-1) ?? 0, before = written.at(-2) ?? 0;
  expect((last - before) / last).toBeCloseTo(0.01, 3);
  expect(written.length).toBeLessThan(500);
});

test("other processes are shown progress at most four times a second", () => {
  const { at } = watching();
  const shown = Array.from({ length: 100 }, (_, i) => i * 10).filter((ms) => at(ms).isForOthers());
  expect(shown).toEqual([0, 250, 500, 750]);
});
