// @vitest-environment happy-dom
/** The key of a page: out of the address first of all, kept for the tab. */
import { beforeEach, expect, test } from "vitest";
import { takeSession } from "../../../src/ui/connection/session.ts";

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});

test("the key comes from the fragment and leaves the address", () => {
  history.replaceState(null, "", "/app/index.html#token=abc&open=%2Fdata%2Fline%207.sgy");
  expect(takeSession()).toMatchObject({ token: "abc", open: "/data/line 7.sgy" });
  expect([location.pathname, location.hash]).toEqual(["/app/index.html", ""]);
});

test("a reload keeps it, and the file is opened once", () => {
  history.replaceState(null, "", "/#token=abc&open=a.sgy");
  takeSession();
  history.replaceState(null, "", "/#/jobs/token=other");
  expect(takeSession()).toMatchObject({ token: "abc", open: null });
  expect(location.hash).toBe("#/jobs/token=other");
});

test("a page without a key has no session", () => {
  expect(takeSession()).toBeUndefined();
});
