/** Time left: a range from the spread of measured rates until a fifth is done, then one figure. */
import { expect, test } from "vitest";
import { NO_PACE, type Pace, paceAfter, timeLeft } from "../../../src/ui/state/pace.ts";
import { aProgress } from "../jobs_for_tests.ts";

function paceOf(rates: readonly number[]): Pace {
  return rates.reduce(
    (pace, now, i) => paceAfter(pace, aProgress(0.1, { tracesPerSecond: { now, smoothed: now } }), i * 1000),
    NO_PACE,
  );
}

test("until a fifth is done the time left is a range as wide as the rates were apart", () => {
  const progress = aProgress(0.1, { traces: { done: 100, total: 1100 }, secondsLeft: 10 });
  expect(timeLeft(progress, paceOf([100, 100, 100]))).toEqual({ fromMs: 10_000, toMs: 10_000 });
  expect(timeLeft(progress, paceOf([50, 100, 200]))).toEqual({ fromMs: 5000, toMs: 20_000 });
});

test("from a fifth on the measured rate is believed", () => {
  expect(timeLeft(aProgress(0.2, { secondsLeft: 7 }), paceOf([1, 1000]))).toEqual({
    fromMs: 7000,
    toMs: 7000,
  });
});

test("nothing is said before three rates are known, and a rate of nothing is none", () => {
  expect(timeLeft(aProgress(0.01), paceOf([100, 100]))).toBeNull();
  expect(timeLeft(aProgress(0.01), paceOf([0, 0, 0, 100]))).toBeNull();
  expect(timeLeft(aProgress(0.5, { secondsLeft: null }), paceOf([1, 2, 3]))).toBeNull();
});

test("rates are taken twice a second at most, and the last sixty are kept", () => {
  let pace = NO_PACE;
  for (let ms = 0; ms < 60_000; ms += 100) pace = paceAfter(pace, aProgress(0.1), ms);
  expect(pace.rates.length).toBe(60);
});
