/** How a waiting job moves by one place. */
import { expect, test } from "vitest";
import { moveOf } from "../../../src/ui/actions/queue.ts";

const QUEUE = [
  { id: "a", priority: "high" },
  { id: "b", priority: "normal" },
  { id: "c", priority: "normal" },
  { id: "d", priority: "low" },
] as const;

test("up is directly before the one above, whose priority it takes", () => {
  expect(moveOf(QUEUE, "c", -1)).toEqual({ job: "c", before: "b", priority: null });
  expect(moveOf(QUEUE, "b", -1)).toEqual({ job: "b", before: "a", priority: null });
  expect(moveOf(QUEUE, "a", -1)).toBeNull();
});

test("down is before the one after the next, or to the end of the priority of the next", () => {
  expect(moveOf(QUEUE, "a", 1)).toEqual({ job: "a", before: "c", priority: null });
  expect(moveOf(QUEUE, "b", 1)).toEqual({ job: "b", before: null, priority: null });
  expect(moveOf(QUEUE, "c", 1)).toEqual({ job: "c", before: null, priority: "low" });
  expect(moveOf(QUEUE, "d", 1)).toBeNull();
});
