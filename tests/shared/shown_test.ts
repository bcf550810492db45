/** Text of strangers reaches terminals, logs and messages without power over them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, jsonLine, LONGEST_SHOWN, printable, sentence, shown } from "../../src/shared/shown.ts";

/** Written once more and differently: code points that a terminal obeys or that turn the direction of reading. */
function isUnseen(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) || [0x200e, 0x200f, 0x061c, 0x2028, 0x2029, 0xfeff].includes(code);
}

const isClean = (text: string) => ![...text].some((one) => isUnseen(one.codePointAt(0) ?? 0));
const anyText = fc.string({ unit: "binary", maxLength: 400 });

test.each([
  ["an escape sequence", "\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"],
  ["ends of lines and tabs", "a\nb\r\tc", "a\\nb\\r\\tc"],
  ["zero bytes", "a\0b", "a\\x00b"],
  ["a control of the second set", "\u009b31m", "\\x9b31m"],
  ["a change of direction", "a\u202egs.enil\u2066", "a\\u202egs.enil\\u2066"],
  ["separators", "a\u2028b\u2029", "a\\u2028b\\u2029"],
  ["half a character", "a\ud800b", "a\\ud800b"],
  ["a tag beyond 16 bits", "a\u{e0041}", "a\\u{e0041}"],
])("%s is written out", (_, text, wanted) => {
  expect(printable(text)).toBe(wanted);
});

test("letters, signs and pictures of any kind stay as they are", () => {
  for (const text of ["Linie Ö é ß", "測線 1", "💥👨‍👩‍👧", `a,b c'd "é#%41`, "C:\\lines\\new"]) {
    expect(printable(text)).toBe(text);
  }
});

test("whatever the text, nothing unseen is left, and a second look changes nothing", () => {
  fc.assert(fc.property(anyText, (text) => {
    expect(isClean(printable(text))).toBe(true);
    expect(printable(printable(text))).toBe(printable(text));
  }));
});

test("JSON lines hold the true value and nothing unseen", () => {
  fc.assert(fc.property(fc.jsonValue(), anyText, (value, text) => {
    const line = jsonLine({ value, text });
    expect(isClean(line)).toBe(true);
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ value, text })));
  }));
});

test("a value is quoted to at most 200 characters, with the ending of a file's name", () => {
  fc.assert(fc.property(anyText, (text) => {
    expect(cut(text.repeat(9)).length).toBeLessThanOrEqual(LONGEST_SHOWN);
    expect(shown(text.repeat(9)).length).toBeLessThanOrEqual(LONGEST_SHOWN);
  }));
  expect(cut("short.sgy")).toBe("short.sgy");
  expect(cut(`${"n".repeat(300)}.sgy`)).toMatch(/^n{196}…sgy$/);
  expect(cut("💥".repeat(200))).toMatch(/^(💥)+…$/u);
  expect([shown(undefined), shown("a\n"), shown({ a: 1 }), shown(NaN)]).toEqual([
    "nothing",
    '"a\\n"',
    '{"a":1}',
    "null",
  ]);
});

test("in a sentence long words and known long values are cut, all else stays", () => {
  const spaced = "a b ".repeat(2000), word = "w".repeat(5000);
  const line = sentence(`Cannot open ${spaced}: expected ${word}, found /x/${word}.sgy: go`, [spaced, 7]);
  expect(line.length).toBeLessThan(3 * LONGEST_SHOWN + 60);
  expect(line).toMatch(/^Cannot open a b .*…: expected w+…, found \/x\/w+…sgy: go$/);
  expect(sentence("Cannot read it: expected 1, found 2")).toBe("Cannot read it: expected 1, found 2");
});
