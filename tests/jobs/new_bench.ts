/** A workspace for each test, cleaned after it. */
import { afterEach } from "vitest";
import { Bench } from "./scripted_jobs.ts";

/** A new bench per test, closed after it. */
export function newBench(): () => Bench {
  let bench: Bench | undefined;
  afterEach(async () => {
    await bench?.clean();
    bench = undefined;
  });
  return () => bench ??= new Bench();
}
