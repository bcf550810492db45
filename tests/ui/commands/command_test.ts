/** Keys and the one table of commands. */
import { expect, test } from "vitest";
import { isForTyping, isPress, type KeyPress } from "../../../src/ui/commands/command.ts";
import { COMMAND_TABLE } from "../../../src/ui/commands/command_table.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("keys are those of the press, with Shift as it was held, and the command key does as Ctrl", () => {
  expect(isPress("Ctrl+K", press("k", { ctrlKey: true }))).toBe(true);
  expect(isPress("Ctrl+K", press("k", { metaKey: true }))).toBe(true);
  expect(isPress("Ctrl+K", press("k"))).toBe(false);
  expect(isPress("Ctrl+Shift+B", press("B", { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(isPress("Ctrl+Shift+B", press("b", { ctrlKey: true }))).toBe(false);
  expect(isPress("Ctrl+E", press("e", { ctrlKey: true, altKey: true }))).toBe(false);
});

test("signs that need Shift on some keyboards are taken as they are", () => {
  expect(isPress("?", press("?", { shiftKey: true }))).toBe(true);
  expect(isPress("?", press("?"))).toBe(true);
  expect(isPress("Ctrl++", press("+", { ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(isPress("Ctrl+-", press("-", { ctrlKey: true }))).toBe(true);
  expect(isPress("Ctrl+,", press(",", { ctrlKey: true }))).toBe(true);
});

test("only keys without Ctrl and Alt are for typing", () => {
  expect(["?", "Space", "Ctrl+K", "Alt+F"].map(isForTyping)).toEqual([true, true, false, false]);
});

test("no two commands have the same name or the same keys", () => {
  const ids = COMMAND_TABLE.map(({ id }) => id),
    keys = COMMAND_TABLE.flatMap((command) => command.keys ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the shortcuts of the earlier program are there", () => {
  const keys = COMMAND_TABLE.flatMap((command) => command.keys ?? []);
  const wanted = [
    "Ctrl+O",
    "Ctrl+J",
    "Ctrl+Shift+A",
    "Ctrl+Shift+R",
    "Ctrl+Shift+B",
    "Ctrl+,",
    "Ctrl+K",
    "?",
  ];
  expect(wanted.filter((one) => !keys.includes(one))).toEqual([]);
});
