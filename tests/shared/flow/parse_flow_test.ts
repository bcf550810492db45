/** Flow documents: what is taken, what is refused and where. */
import { expect, test } from "vitest";
import { parseFlow } from "../../../src/shared/flow/parse_flow.ts";

test.each([
  [[1], "Cannot read the flow at the document: expected an object, found [1]"],
  [{ seisproc: 2 }, 'Cannot read the flow at seisproc: expected "seisproc": 1, found 2'],
  [{ seisproc: 1, input: [] }, "Cannot read the flow at input: expected an object, found []"],
  [
    { seisproc: 1, input: { path: "a" }, processes: [1] },
    "Cannot read the flow at processes[0]: expected an object, found 1",
  ],
])("%j is refused with the place of what is wrong", (document, message) => {
  expect(() => parseFlow(document)).toThrow(message);
});
