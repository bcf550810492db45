/** Names of outputs from a pattern. */
import { expect, test } from "vitest";
import { DEFAULT_PATTERN, outputName, repeated } from "../../../src/ui/format/output_names.ts";

test("an output lies beside its input, named after it and the flow", () => {
  expect(outputName(DEFAULT_PATTERN, "/data/line 7.sgy", "Brute stack")).toBe("/data/line 7_Brute stack.sgy");
  expect(outputName(DEFAULT_PATTERN, "C:\\data\\a.b.SEGY", "f")).toBe("C:\\data\\a.b_f.sgy");
  expect(outputName("out/{name}.sgy", "/data/.hidden", "f")).toBe("/data/out/.hidden.sgy");
});

test("a whole path is taken as it is, and signs that names may not have become lines", () => {
  expect(outputName(" /out/{name}.sgy ", "/data/a.sgy", "f")).toBe("/out/a.sgy");
  expect(outputName("{flow}.sgy", "/data/a.sgy", "8/60 Hz: $& fast?")).toBe("/data/8_60 Hz_ $& fast_.sgy");
});

test("an output that an earlier file has is told by its place", () => {
  expect([...repeated(["/a", "/b", "/a", "/a"])]).toEqual([2, 3]);
});
