/** What every refusal of the program must look like, from outside. */
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Ended } from "./seisproc.ts";

/** One sentence in the grammar of messages, in the right status, and never a stack trace. */
export function expectRefusal(
  { status, stdout, stderr }: Ended,
  exit: 1 | 2,
  message: string | RegExp,
): void {
  expect(stderr).toMatch(message);
  expect(status).toBe(exit);
  expectNoTrace(stdout + stderr);
  const sentences = stderr.split("\n").filter((line) => line.startsWith("Cannot "));
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toMatch(/^Cannot .+: ./);
}

/** Neither a stack trace nor what stands for a defect. */
export function expectNoTrace(text: string): void {
  expect(text).not.toMatch(/^\s+at .+[:(]\d+|Internal error|Uncaught|\[object|undefined/m);
}

/** No file under the final name, and nothing partial beside it. */
export function expectNothingAt(file: string): void {
  const name = path.basename(file).replace(/\.(sgy|zarr)$/, "");
  const folder = path.dirname(file);
  const there = fs.existsSync(folder) ? fs.readdirSync(folder).filter((one) => one.startsWith(name)) : [];
  expect(there).toEqual([]);
}
