/** The text and binary headers of a file or dataset alone: of any that has them, whether or not its traces can be read. */
import type { Reading } from "../../src/shared/seismic/reading.ts";
import { SegyFile } from "../segy/format/segy_file.ts";
import { readTextHeaders, requireHeaders } from "../segy/layout/file_headers.ts";
import { kindOf } from "../segy/layout/kind/kind_of_file.ts";
import { readLayout } from "../segy/layout/forced_reading.ts";
import { isDatasetPath } from "./dataset_name.ts";
import { openDataset } from "./open_source.ts";

export interface FileTexts {
  readonly name: string;
  /** The text header, then each extended one, as lines of 80 characters; none where the file has none. */
  readonly textHeaders: readonly (readonly string[])[];
  /** 400 bytes, big-endian; none in a file of traces alone. */
  readonly binaryHeader: Uint8Array | undefined;
}

export function readFileTexts(input: string, reading: Reading): FileTexts {
  if (isDatasetPath(input)) return datasetTexts(input, reading);
  const file = SegyFile.open(input);
  try {
    const { map, ...read } = reading;
    const kind = kindOf(file, read);
    requireHeaders(file, kind);
    const { layout, header } = readLayout(file, { read, kind, map });
    if (kind === "su") return { name: file.name, textHeaders: [], binaryHeader: undefined };
    return { name: file.name, textHeaders: readTextHeaders(file, layout), binaryHeader: header.bytes };
  } finally {
    file.close();
  }
}

function datasetTexts(input: string, reading: Reading): FileTexts {
  const source = openDataset(input, reading);
  source.close();
  const { name, textHeaders, binaryHeader } = source.description;
  return { name, textHeaders, binaryHeader };
}
