/** The order in which queued jobs start. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareQueued, nextToStart, orderBefore } from "../../../sidecar/jobs/desk/queue.ts";
import { JOB_TYPES, PRIORITIES } from "../../../src/shared/job/job.ts";

const entry = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom(...JOB_TYPES),
  priority: fc.constantFrom(...PRIORITIES),
  order: fc.integer({ min: 0, max: 5 }),
});
const queue = fc.uniqueArray(entry, { selector: (job) => job.id, maxLength: 20 });

test("never more start than the limits allow, and none is passed over by a lesser one", () => {
  fc.assert(fc.property(queue, fc.nat(3), fc.nat(3), (queued, heavy, light) => {
    const next = nextToStart(queued, [], { heavy, light });
    const light1 = next.filter((job) => job.type === "segy_import");
    expect(light1.length).toBeLessThanOrEqual(light);
    expect(next.length - light1.length).toBeLessThanOrEqual(heavy);
    for (const waiting of queued.filter((job) => !next.includes(job))) {
      const rivals = next.filter((job) => (job.type === "segy_import") === (waiting.type === "segy_import"));
      for (const rival of rivals) expect(compareQueued(rival, waiting)).toBeLessThan(0);
    }
  }));
});

test("what runs already counts", () => {
  const job = { id: "a", type: "processing", priority: "normal", order: 1 } as const;
  expect(nextToStart([job], [{ type: "stacking" }], { heavy: 1, light: 1 })).toEqual([]);
  expect(nextToStart([job], [{ type: "segy_import" }], { heavy: 1, light: 1 })).toEqual([job]);
});

test("a job moved before another stands directly before it", () => {
  const jobs = ["a", "b", "c", "d"].map((
    id,
    i,
  ) => ({ id, type: "sort", priority: "normal", order: i } as const));
  const moved = (id: string, before: string | null) => {
    const order = orderBefore(jobs, id, before);
    return jobs.map((job) => job.id === id ? { ...job, order } : job).sort(compareQueued).map((job) => job.id)
      .join("");
  };
  expect([moved("d", "a"), moved("a", "c"), moved("c", "b"), moved("a", null), moved("d", null)])
    .toEqual(["dabc", "bacd", "acbd", "bcda", "abcd"]);
});
