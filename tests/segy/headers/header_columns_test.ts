/** Header words as columns, in every byte order, against single records. */
import { expect, test } from "vitest";
import { columnOf } from "../../oracles/records/header_columns.ts";
import { HeaderColumnReader } from "../../../sidecar/segy/headers/header_columns.ts";
import { HeaderRecords } from "../../../sidecar/traces/header_records.ts";
import { findLayout } from "../../../sidecar/segy/layout/find_layout.ts";
import { SegyFile } from "../../../sidecar/segy/format/segy_file.ts";
import { wordTable } from "../../../sidecar/segy/format/word_table.ts";
import type { WordMapping } from "../../../src/shared/seismic/word_mapping.ts";
import { randomNumbers } from "../../test_steps.ts";
import { type FileOrder, makeSegy } from "../make_segy.ts";

const TRACES = 37;
const ORDERS: readonly FileOrder[] = ["big", "little", "swapped"];
/** The last bytes of a record and words that overlap others or begin at any byte. */
const MAP: readonly WordMapping[] = [
  { name: "last", byte: 237, type: "int32" },
  { name: "end", byte: 240, type: "uint8" },
  { name: "flag", byte: 233, type: "int8" },
  { name: "odd", byte: 202, type: "uint32" },
  { name: "half", byte: 206, type: "uint16" },
  { name: "real", byte: 181, type: "float64" },
  { name: "between", byte: 187, type: "int32" },
];

for (const order of ORDERS) {
  for (const samples of [20, 3000]) {
    test(`${order}-endian, ${samples} samples: columns hold what the twin reads from each record`, () => {
      const random = randomNumbers(3);
      const bytes = [...Array(28).keys()].map((i) => 4 * i + 1).concat(
        [...Array(30).keys()].map((i) => 4 * i + 121),
      );
      const words = () => bytes.map((byte) => [byte, 4, Math.trunc(random() * 0x7fffffff)] as const);
      const recipe = { order, constant: true, major: 2, traces: TRACES, samples, words };
      const file = SegyFile.open(makeSegy(`columns-${order}-${samples}.sgy`, recipe));
      const { layout } = findLayout(file);
      const table = wordTable(MAP, layout);
      const reader = new HeaderColumnReader(file, layout, table.words);
      const records = Array.from({ length: TRACES }, (_, trace) => [...reader.record(trace).bytes]).flat();
      const headers = new HeaderRecords(Uint8Array.from(records), layout.recordBytes, table);
      for (const [first, count] of [[0, TRACES], [5, 3], [36, 1]]) {
        const found: number[][] = [];
        reader.read(first, count, table.words, (portion, columns) => {
          for (const column of columns) found.push([...column.subarray(0, portion.count)]);
        });
        const wanted = table.words.map(({ name }) => columnOf(headers.slice(first, count), name));
        expect(found).toEqual(wanted);
      }
      file.close();
    });
  }
}
