/** A layout stanza gives header words their places; what cannot be read is said, and no text is long to read. */
import { expect, test } from "vitest";
import { stanzaHeads, stanzaNames, type TextLike } from "../../../sidecar/segy/format/stanzas.ts";
import { scanSegy } from "../../../sidecar/segy/headers/scan.ts";
import { openSegy } from "../../../sidecar/segy/read/source.ts";
import { encodeEbcdic } from "../../../sidecar/segy/format/ebcdic.ts";
import { makeSegy, type SegyRecipe } from "../make_segy.ts";
import { readTraces } from "../read_traces.ts";

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Pages of 3200 bytes. */
function pages(text: string, encode: (one: string) => Uint8Array = ascii): Uint8Array[] {
  const count = Math.ceil(text.length / 3200);
  return Array.from({ length: count }, (_, i) => encode(text.slice(3200 * i, 3200 * (i + 1)).padEnd(3200)));
}

function stanza(entries: string, head = "((SEG:Layout:text/xml))"): string {
  return `${head}\n<?xml version="1.0"?>\n<segy-layout name="mine"><desc>d</desc>${entries}</segy-layout>`;
}

const WORDS = `<entry name="cdp" byte="181" type="int4"/><!-- a <comment> -->
<entry name='sht_x' byte='201' type='ieee32' /><entry name="my_word" byte="233" type="uint2"></entry>`;

const RECIPE = {
  words: (trace: number) => [[21, 4, 5], [181, 4, 70 + trace], [201, 4, 0x41200000], [233, 2, 600]] as const,
} satisfies SegyRecipe;

function words(
  recipe: SegyRecipe,
  names: readonly string[],
  map: Parameters<typeof openSegy>[1] = {},
): number[] {
  const { records } = readTraces(makeSegy("stanza.sgy", { ...RECIPE, ...recipe }), map);
  return names.map((name) => records.get(3, records.word(name)));
}

for (const encode of [undefined, encodeEbcdic]) {
  test(`words lie where the stanza says, in ${encode ? "EBCDIC" : "ASCII"}`, () => {
    expect(words({ extended: pages(stanza(WORDS), encode) }, ["cdp", "sx", "my_word"])).toEqual([
      73,
      10,
      600,
    ]);
  });
}

test("--map wins over the stanza", () => {
  const map = [{ name: "cdp", byte: 21, type: "int32" }] as const;
  expect(words({ extended: pages(stanza(WORDS)) }, ["cdp", "my_word"], { map })).toEqual([5, 600]);
});

test("a stanza over several pages, between others, whose tags are cut by the pages", () => {
  const filler = `<desc>${"x".repeat(3200 - 120)}</desc>`;
  const extended = [
    ...pages("((ACME: One ver 1.0))"),
    ...pages(stanza(filler + WORDS)),
    ...pages("((ACME: Two ver 1.0))"),
  ];
  expect(words({ extended }, ["cdp", "my_word"])).toEqual([73, 600]);
});

test("entries of a header extension lie in that header, those with if-non-zero take the standard word's place", () => {
  const extension = `<extension name="ACME0001"><entry name="depth" byte="9" type="int4"/>
    <entry name="ffid" byte="17" type="int4" if-non-zero="1"/></extension>
    <extension name="ABSENT01"><entry name="gone" byte="1" type="int2"/></extension>`;
  const recipe: SegyRecipe = {
    major: 2,
    minor: 1,
    constant: true,
    moreHeaders: 1,
    extended: pages(stanza(extension)),
    words: (trace) => [
      [240 + 9, 4, 4000],
      [240 + 17, 4, trace === 3 ? 8123 : 0],
      [473, 4, 0x41434d45],
      [477, 4, 0x30303031],
    ],
  };
  const { records, description } = readTraces(makeSegy("stanza-extension.sgy", recipe));
  const fldr = records.word("fldr");
  expect(records.get(3, records.word("depth"))).toBe(4000);
  expect([2, 3].map((trace) => records.get(trace, fldr))).toEqual([102, 8123]);
  expect(description.table.find("gone")).toBeUndefined();
});

for (
  const [what, text, why] of [
    [
      "broken XML",
      stanza(WORDS).replace("</segy-layout>", "</Sorry>"),
      "expected </segy-layout>, found </Sorry>",
    ],
    ["XML that ends early", stanza(WORDS).slice(0, -20), "expected"],
    [
      "another root",
      stanza(WORDS).replaceAll("segy-layout", "layout"),
      "expected <segy-layout>, found <layout>",
    ],
    ["an entry without a byte", stanza('<entry name="cdp" type="int4"/>'), "expected byte in <entry>"],
    [
      "a byte outside",
      stanza('<entry name="cdp" byte="666" type="int4"/>'),
      "expected byte 1 to 237 for cdp, found 666",
    ],
    [
      "an unknown type",
      stanza('<entry name="cdp" byte="21" type="float16"/>'),
      "expected a type of the standard",
    ],
    [
      "a name that is a path",
      stanza('<entry name="../cdp" byte="21" type="int4"/>'),
      "expected names of letters",
    ],
  ] as const
) {
  test(`${what} is a finding, and words are read where the standard has them`, () => {
    const recipe = { extended: pages(text) };
    expect(words(recipe, ["cdp"])).toEqual([5]);
    const { findings } = scanSegy(makeSegy("refused.sgy", { ...RECIPE, ...recipe }));
    const found = findings.find(({ what: one }) => one.startsWith("the layout stanza cannot be read"));
    expect(found).toMatchObject({ severity: "warning", byte: 3601 });
    expect(found?.what).toMatch(why);
  });
}

/** A text that counts how often it is looked at. */
class CountingText implements TextLike {
  looks = 0;

  constructor(readonly text: string) {}

  get length(): number {
    return this.text.length;
  }

  charCodeAt(index: number): number {
    this.looks++;
    return this.text.charCodeAt(index);
  }

  slice(start: number, end: number): string {
    this.looks += end - start;
    return this.text.slice(start, end);
  }
}

test.each([
  ["((", "parentheses that open"],
  ["((a:", "heads that never end"],
  ["( (", "parentheses apart"],
  ["((a:b) ", "heads that half end"],
  ["((SEG:  ", "blanks"],
  ["))((a:b", "everything"],
])("heads of stanzas are found in one pass: twice the text is twice the looks (%s: %s)", (piece) => {
  const looks = [1, 2].map((times) => {
    const text = new CountingText(piece.repeat(times * 7000));
    stanzaHeads(text);
    return text.looks;
  });
  expect(looks[1] / looks[0]).toBeLessThan(2.1);
  expect(looks[0]).toBeLessThan(6 * 7000 * piece.length);
});

test("heads with blanks, colons and single parentheses beside them", () => {
  expect(stanzaNames(["(( SEG : EndText )) (x) ((A: b: c ver 1.0)) ((no colon)) (((D:e))) ((F:g)"]))
    .toEqual(["SEG: EndText", "A: b: c ver 1.0", "D: e"]);
});
