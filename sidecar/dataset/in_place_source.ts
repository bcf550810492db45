/**
 * A dataset over a SEG-Y file: header words come from the dataset's columns, samples from the file where they lie. What
 * the columns say is used only as long as the file is what it was at import.
 */
import { SeisProcError } from "../../src/shared/errors.ts";
import { forcedText, mergedReading, type Reading } from "../../src/shared/seismic/reading.ts";
import type { LaidOutWord } from "../../src/shared/seismic/word_mapping.ts";
import type { HeaderWord } from "../../src/shared/seismic/trace_header.ts";
import { EXTENSION_WORDS } from "../segy/format/extension_words.ts";
import { openSegy, type SegyReaderPlan, type SegyTraceSource } from "../segy/read/source.ts";
import type { InputFingerprint, SurveyDescription } from "../traces/survey_description.ts";
import type { StoredArray } from "./zarr/chunk_rows.ts";
import { inPlaceFile } from "./in_place_file.ts";
import { readColumn } from "./zarr/columns.ts";
import { findArray, readGroup } from "./zarr/group_folder.ts";
import { OpenFiles } from "./zarr/open_files.ts";
import { readExtended } from "../traces/extended_words.ts";
import { columnName } from "./zarr/zarr_layout.ts";

/**
 * Opens the dataset in `folder`, read as it was at import but for what `reading` says.
 * @throws `input-changed` when the SEG-Y file is another one now, `file-missing` when it is gone
 */
export function openInPlace(folder: string, reading: Reading = {}): SegyTraceSource {
  const attributes = readGroup(folder);
  const file = inPlaceFile(folder, attributes);
  const mapped = new Set(reading.map?.map((mapping) => mapping.name));
  const imported = { ...attributes.read, map: importMappings(attributes.words, mapped) };
  const segy = openSegy(file, mergedReading(imported, { map: reading.map }));
  try {
    const { fingerprint } = segy.description;
    refuseAnother(folder, attributes.source, fingerprint);
    const asked = mergedReading(imported, reading);
    if (forcedText(asked) !== forcedText(imported)) {
      segy.close();
      return openSegy(file, asked);
    }
    const current = fingerprint.modifiedMs === attributes.source.modifiedMs;
    return new InPlaceSource(folder, segy, current, mapped);
  } catch (error) {
    segy.close();
    throw error;
  }
}

/** The mappings of the import that hold still; words of the header extension, and those extended, are known without. */
function importMappings(words: readonly HeaderWord[], mapped: ReadonlySet<string>): LaidOutWord[] {
  return words.filter((word) => !mapped.has(word.name) && !word.extended && !isExtensionWord(word))
    .map(({ name, byte, type, scaledBy }) => ({ name, byte, type, scaledBy }));
}

function isExtensionWord({ name, byte, type }: HeaderWord): boolean {
  return EXTENSION_WORDS.some((word) => word.name === name && word.byte === byte && word.type === type);
}

function refuseAnother(folder: string, then: InputFingerprint, now: InputFingerprint): void {
  if (then.bytes === now.bytes && then.headerHash === now.headerHash) return;
  const what = then.bytes === now.bytes
    ? "other headers"
    : `${now.bytes} bytes where there were ${then.bytes}`;
  const message = `Cannot open ${folder}: expected ${now.path} as it was at import, found ${what}: ` +
    "import the file again";
  throw new SeisProcError("input-changed", message, { file: now.path, what });
}

class InPlaceSource implements SegyTraceSource {
  readonly #folder: string;
  readonly #segy: SegyTraceSource;
  readonly #current: boolean;
  readonly #mapped: ReadonlySet<string>;
  readonly description: SurveyDescription;
  readonly #files = new OpenFiles();
  readonly #columns = new Map<string, StoredArray | undefined>();

  /** `current`: the file has not been written since the import; `mapped`: words that lie elsewhere since. */
  constructor(
    folder: string,
    segy: SegyTraceSource,
    current: boolean,
    mapped: ReadonlySet<string>,
  ) {
    this.#folder = folder;
    this.#segy = segy;
    this.#current = current;
    this.#mapped = mapped;
    const { description } = segy;
    const warning =
      `${description.name} was written since it was imported: header words are read from the file ` +
      "and not from the dataset, which takes longer; import it again.";
    this.description = current
      ? description
      : { ...description, warnings: [...description.warnings, warning] };
  }

  get plan(): SegyReaderPlan {
    return this.#segy.plan;
  }

  readWord(name: string, first: number, count: number): Float64Array {
    return this.readWords([name], first, count)[0];
  }

  /** What is no column is read from the file, all of it together. */
  readWords(names: readonly string[], first: number, count: number): Float64Array[] {
    const columns = names.map((name) => {
      const word = this.description.table.find(name);
      return word && this.#column(word);
    });
    const others = names.filter((_, i) => columns[i] === undefined);
    const read = others.length > 0 ? this.#segy.readWords(others, first, count) : [];
    let next = 0;
    return columns.map((column, i) => column ? this.#readColumns(names[i], first, count) : read[next++]);
  }

  /** A word that is a column, with the column of what extends it. */
  #readColumns(name: string, first: number, count: number): Float64Array {
    const find = (wanted: string) => this.#word(wanted);
    const [values] = readExtended([find(name)], find, (words) =>
      words.map((word) => {
        const column = this.#column(word);
        if (column) return readColumn(column, this.#files, first, count);
        return this.#segy.readWord(word.name, first, count);
      }));
    return values;
  }

  #word(name: string): HeaderWord {
    const word = this.description.table.find(name);
    if (word) return word;
    throw new SeisProcError("header-word-unknown", `Cannot find header word ${name}`, { word: name });
  }

  close(): void {
    this.#files.close();
    this.#segy.close();
  }

  /** The column of a word that lies where it lay at import. */
  #column({ name }: HeaderWord): StoredArray | undefined {
    if (!this.#current || this.#mapped.has(name)) return undefined;
    if (!this.#columns.has(name)) this.#columns.set(name, findArray(this.#folder, columnName(name)));
    return this.#columns.get(name);
  }
}
