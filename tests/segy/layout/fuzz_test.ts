/** Damaged files of known truth: `SEISPROC_LAYOUT_FUZZ` of them, from `SEISPROC_SEED` on. */
import { expect, test } from "vitest";
import { findLayout } from "../../../sidecar/segy/layout/find_layout.ts";
import { type Case, makeCase } from "./fuzz_case.ts";
import { MemoryFile } from "./memory_file.ts";
import { judge } from "./rules_oracle.ts";

const FILES = Number(process.env.SEISPROC_LAYOUT_FUZZ ?? 3000);
const SEED = Number(process.env.SEISPROC_SEED ?? 1);
/** Of so many files one may be read wrongly, never without a finding. */
const PER_WRONG = 1000;

test("damaged headers are read as the rules say, or refused, and never silently otherwise", {
  timeout: 7_200_000,
}, () => {
  const counts = { right: 0, refused: 0, wrong: 0, silent: 0 };
  const failures: string[] = [];
  for (let seed = SEED; seed < SEED + FILES; seed++) {
    const made = makeCase(seed);
    const { verdict, why } = judge(made, findLayout(new MemoryFile(made.bytes)));
    counts[verdict]++;
    if (verdict === "wrong" || verdict === "silent") {
      failures.push(`${seed}: ${verdict}: ${why}: ${told(made)}`);
    }
  }
  if (process.env.SEISPROC_LAYOUT_FUZZ) console.log(counts, failures.join("\n"));
  expect(counts.silent, failures.join("\n")).toBe(0);
  expect(counts.wrong, failures.join("\n")).toBeLessThanOrEqual(Math.ceil(FILES / PER_WRONG));
  expect(counts.right).toBeGreaterThan(FILES / 2);
});

test("the oracle can fail: it finds a reading that is not the truth", () => {
  const made = makeCase(SEED);
  const other = makeCase(SEED + 1);
  const found = findLayout(new MemoryFile(made.bytes));
  expect(
    judge({ ...made, truth: { ...made.truth, interval: made.truth.interval + 1 }, damages: [] }, found)
      .verdict,
  )
    .not.toBe("right");
  expect(judge({ ...made, truth: other.truth, damages: [] }, found).verdict).not.toBe("right");
});

function told({ truth, damages }: Case): string {
  const { texts, lengths, ...others } = truth;
  const what = damages.map(({ name }) => name).join(" + ");
  return `${what} of ${JSON.stringify({ ...others, texts: texts.length, variable: lengths !== undefined })}`;
}
