/** Locks that tell who holds them. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { FileLock, holderText, isLocked, parseHolder, readHolder } from "../../sidecar/files/file_lock.ts";
import { isOfThisHost } from "../../sidecar/files/host_process.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("locks");
const at = (name: string) => path.join(folder, name);
const JOB = "20260101-000000-000-abcdef";

test("a lock tells job, machine and process, and the next holder's words take the place of all of it", () => {
  const lock = FileLock.tryTake(at("lock"));
  lock?.tell({ job: JOB, role: "of a long name that the next one does not have" });
  lock?.tell({ job: JOB });
  expect(readHolder(at("lock"))).toMatchObject({ job: JOB, pid: process.pid });
  expect(isOfThisHost({ host: "another-machine" })).toBe(false);
  expect(isOfThisHost({ host: readHolder(at("lock"))?.host ?? "" })).toBe(true);
  lock?.release();
});

test("one holder at a time, and none through a link or a pipe", () => {
  const lock = FileLock.tryTake(at("held"));
  expect(FileLock.tryTake(at("held"))).toBeUndefined();
  expect(isLocked(at("held"))).toBe(true);
  lock?.release();
  expect(isLocked(at("held"))).toBe(false);
  fs.writeFileSync(at("precious"), "precious");
  fs.symlinkSync(at("precious"), at("link"));
  expect(() => FileLock.tryTake(at("link"))).toThrow("found a link");
  expect(fs.readFileSync(at("precious"), "utf8")).toBe("precious");
});

test("a lock in a folder that is gone cannot be had", () => {
  expect(FileLock.tryTake(at("gone/lock"))).toBeUndefined();
});

test("what other programs write into lock files is no holder, whatever its length", () => {
  const foreign = ["", "12345\n", "{}", '{"job":"x"}', '{"seisproc":"lock"}', "x".repeat(5000), "null"];
  for (const text of foreign) expect(parseHolder(text)).toBeUndefined();
  expect(parseHolder(JOB)).toEqual({ job: JOB });
  const whole = holderText({ job: JOB });
  for (let length = 1; length < whole.trimEnd().length; length++) {
    expect(parseHolder(whole.slice(0, length))).toBeUndefined();
  }
});
