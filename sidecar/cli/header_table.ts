/** Rows of header words as a person or a program reads them: aligned, comma-separated or as JSON lines. */
import type { HeaderRows } from "../dataset/choice/header_rows.ts";

export type TableForm = "text" | "csv" | "json";

/** Makes lines of rows; the first lines hold the names of columns where the form has them. */
export interface TableWriter {
  lines(rows: HeaderRows): string;
}

/** `TRACE`: the number of a trace in its file, counted from 1. */
const TRACE = "trace";

/** `words` as they head their columns. */
export function tableWriter(form: TableForm, words: readonly string[]): TableWriter {
  switch (form) {
    case "csv":
      return csvWriter(words);
    case "json":
      return jsonWriter(words);
    case "text":
      return new AlignedWriter(words);
  }
}

function csvWriter(words: readonly string[]): TableWriter {
  let head = `${[TRACE, ...words].join(",")}\n`;
  return {
    lines: ({ traces, columns }) => {
      const parts = [head];
      head = "";
      for (let i = 0; i < traces.length; i++) {
        let line = String(traces[i] + 1);
        for (const column of columns) line += `,${column[i]}`;
        parts.push(`${line}\n`);
      }
      return parts.join("");
    },
  };
}

/** What is no number in JSON is null. */
function jsonWriter(words: readonly string[]): TableWriter {
  const names = words.map((word) => `,${JSON.stringify(word)}:`);
  return {
    lines: ({ traces, columns }) => {
      const parts: string[] = [];
      for (let i = 0; i < traces.length; i++) {
        let line = `{"${TRACE}":${traces[i] + 1}`;
        columns.forEach((column, c) => line += names[c] + (Number.isFinite(column[i]) ? column[i] : "null"));
        parts.push(`${line}}\n`);
      }
      return parts.join("");
    },
  };
}

/** Columns are as wide as the first rows need; a later value that is longer moves its row only. */
class AlignedWriter implements TableWriter {
  readonly #names: readonly string[];
  #widths: readonly number[] | undefined;

  constructor(words: readonly string[]) {
    this.#names = [TRACE, ...words];
  }

  lines({ traces, columns }: HeaderRows): string {
    const row = (i: number) => [String(traces[i] + 1), ...columns.map((column) => short(column[i]))];
    const rows = Array.from({ length: traces.length }, (_, i) => row(i));
    const head = this.#widths === undefined ? [this.#names] : [];
    this.#widths ??= this.#names.map((name, c) =>
      rows.reduce((most, cells) => Math.max(most, cells[c].length), name.length)
    );
    const widths = this.#widths;
    const line = (cells: readonly string[]) =>
      `${cells.map((cell, c) => cell.padStart(widths[c])).join("  ")}\n`;
    return [...head, ...rows].map(line).join("");
  }
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
}
