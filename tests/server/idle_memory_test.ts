/** Memory is given back when nothing happens. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { IdleMemory } from "../../sidecar/server/idle_memory.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("memory is given back once after a burst, and nothing happens any more", () => {
  const collect = vi.fn();
  const memory = new IdleMemory(collect, 1000);
  for (let i = 0; i < 5; i++) {
    memory.touch();
    vi.advanceTimersByTime(900);
  }
  expect(collect).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3000);
  expect(collect).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
  memory.touch();
  memory.close();
  expect(vi.getTimerCount()).toBe(0);
});
