/**
 * The functions of `@std/async` that are used here, with its signatures; `deno.json` maps that name to this file,
 * so that one line there switches to the real package.
 */
import { setTimeout as wait } from "node:timers/promises";

/** Resolves after `ms` milliseconds; rejects when the signal aborts. */
export async function delay(
  ms: number,
  options: { signal?: AbortSignal; persistent?: boolean } = {},
): Promise<void> {
  await wait(ms, undefined, { signal: options.signal, ref: options.persistent ?? true });
}

/** Rejects with a TimeoutError when the promise takes longer than `ms` milliseconds. */
export async function deadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  const timeout = new AbortController();
  const expired = delay(ms, { signal: timeout.signal }).then(() => {
    throw new DOMException("Signal timed out.", "TimeoutError");
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    timeout.abort();
    expired.catch(() => {});
  }
}
