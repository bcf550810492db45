/** Which files are Seismic Unix, by their content or their name. */
import { describe, expect, test } from "vitest";
import { SegyFile } from "../../sidecar/segy/format/segy_file.ts";
import { kindOf } from "../../sidecar/segy/layout/kind/kind_of_file.ts";
import { putFile, segyBytes } from "./make_segy.ts";
import { suBytes, type SuRecipe } from "./make_su.ts";

function kind(name: string, bytes: Uint8Array): string {
  const file = SegyFile.open(putFile(name, bytes));
  try {
    return kindOf(file);
  } finally {
    file.close();
  }
}

const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const RECIPES: Readonly<Record<string, SuRecipe>> = {
  "five traces": {},
  "one trace": { traces: 1 },
  "two traces": { traces: 2 },
  "short traces": { samples: 1, traces: 40 },
  "long traces": { samples: 40_000, traces: 2 },
  "the longest traces": { samples: 65_535, traces: 1 },
  "traces of different lengths": { samplesOf: (trace) => 20 + 3 * trace },
  "no interval": { interval: 0 },
  "its own words": { d1: 0.004, f1: -1, d2: 25, f2: 1e6, unscale: 1e-9, ntr: 5, mark: 3 },
  "many traces": { traces: 300, samples: 7 },
};

describe.each(Object.entries(RECIPES))("%s", (name, recipe) => {
  test.each([true, false])("little-endian %s, whatever the name", (little) => {
    const bytes = suBytes({ ...recipe, little });
    for (const ending of ["", ".su", ".sgy", ".bin"]) {
      expect([ending, kind(`${name}${ending}`, bytes)]).toEqual([ending, "su"]);
    }
  });
});

test("a name in .su tells where the content does not: cut, longer, empty, or too short", () => {
  const bytes = suBytes({ interval: 0 });
  const odd = [
    bytes.subarray(0, -30),
    joined(bytes, new Uint8Array(7)),
    new Uint8Array(0),
    new Uint8Array(100),
  ];
  odd.forEach((one, i) => expect(kind(`odd ${i}.su`, one)).toBe("su"));
  odd.slice(2).forEach((one, i) => expect(kind(`odd ${i}`, one)).toBe("segy"));
});

test("traces that are cut or followed by something else are known by the first ones", () => {
  const bytes = suBytes({ traces: 8 });
  expect(kind("cut", bytes.subarray(0, -30))).toBe("su");
  expect(kind("longer", joined(bytes, new Uint8Array(7)))).toBe("su");
});

test.each(["big", "little", "swapped"] as const)(
  "a %s-endian SEG-Y file is one, also by the name of the other",
  (order) => {
    for (
      const recipe of [{}, { traces: 1 }, { traces: 0 }, { samples: 1 }, { code: 1 }, { code: 3 }, {
        major: 2,
      }]
    ) {
      const bytes = segyBytes({ order, ...recipe });
      expect(kind("line.sgy", bytes)).toBe("segy");
      expect(kind("line.su", bytes)).toBe("segy");
    }
  },
);

test("SEG-Y with a text header of zeros or of noise is SEG-Y", () => {
  expect(kind("zeros.sgy", segyBytes({ text: new Uint8Array(3200) }))).toBe("segy");
  let state = 1;
  const noise = () =>
    Uint8Array.from({ length: 3200 }, () => (state = Math.imul(state, 1664525) + 1013904223) >>> 24);
  for (let i = 0; i < 200; i++) expect(kind("noise.sgy", segyBytes({ text: noise() }))).toBe("segy");
});

test("who forces extended text headers says that it is SEG-Y", () => {
  const file = SegyFile.open(putFile("forced.su", suBytes()));
  expect([kindOf(file, { extendedTexts: 0 }), kindOf(file, { samples: 20 })]).toEqual(["segy", "su"]);
  file.close();
});
