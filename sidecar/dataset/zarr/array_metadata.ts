/**
 * `zarr.json` of the arrays that a stored dataset has: the subset of the Zarr version 3 core specification with a regular
 * chunk grid along the first dimension and the `bytes` codec alone, so that every row has its fixed place in a file.
 */
import { SeisProcError } from "../../../src/shared/errors.ts";
import { isRecord } from "../../../src/shared/is_record.ts";

/** What describes a group or an array, in its folder. */
export const DOCUMENT = "zarr.json";

export const DATA_TYPE_BYTES = {
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  float32: 4,
  float64: 8,
} as const;

export type DataType = keyof typeof DATA_TYPE_BYTES;

export interface ArrayMetadata {
  readonly dataType: DataType;
  /** Rows (traces), and for two dimensions the elements of a row. */
  readonly shape: readonly number[];
  readonly rowsPerChunk: number;
}

export const GROUP_NODE = { zarr_format: 3, node_type: "group" } as const;

/** Chunks of whole rows of about `chunkBytes`; a small array has one chunk. */
export function arrayMetadata(
  dataType: DataType,
  shape: readonly number[],
  chunkBytes: number,
): ArrayMetadata {
  const bytes = rowBytes({ dataType, shape });
  const fitting = Math.max(1, Math.floor(chunkBytes / Math.max(1, bytes)));
  return { dataType, shape, rowsPerChunk: Math.max(1, Math.min(shape[0], fitting)) };
}

export function rowBytes({ dataType, shape }: Pick<ArrayMetadata, "dataType" | "shape">): number {
  return shape.slice(1).reduce((product, n) => product * n, DATA_TYPE_BYTES[dataType]);
}

/** Bytes of an array's chunks; the last one has its full size. */
export function storedBytes(array: ArrayMetadata): number {
  return Math.ceil(array.shape[0] / array.rowsPerChunk) * array.rowsPerChunk * rowBytes(array);
}

/** Numbers of an array's chunks. */
export function chunks({ shape, rowsPerChunk }: ArrayMetadata): number[] {
  return Array.from({ length: Math.ceil(shape[0] / rowsPerChunk) }, (_, chunk) => chunk);
}

/** File name of a chunk in the array's folder: `c.3` or `c.3.0`. The separator "." keeps all in one folder. */
export function chunkName({ shape }: ArrayMetadata, chunk: number): string {
  return shape.length === 1 ? `c.${chunk}` : `c.${chunk}.0`;
}

export function arrayDocument({ dataType, shape, rowsPerChunk }: ArrayMetadata): Record<string, unknown> {
  const names = ["trace", "sample"].slice(0, shape.length);
  return {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dataType,
    chunk_grid: { name: "regular", configuration: { chunk_shape: [rowsPerChunk, ...shape.slice(1)] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "." } },
    fill_value: 0,
    codecs: [{
      name: "bytes",
      ...(DATA_TYPE_BYTES[dataType] > 1 && { configuration: { endian: "little" } }),
    }],
    dimension_names: names,
    attributes: {},
  };
}

/** @throws `dataset-invalid` for any array that is not laid out as `arrayDocument` does it */
export function parseArrayDocument(document: unknown, file: string): ArrayMetadata {
  const wrong = (reason: string) => {
    const message = `Cannot read ${file}: expected an uncompressed Zarr version 3 array, found ${reason}: ` +
      "import the data again, or convert it with the program that wrote it";
    return new SeisProcError("dataset-invalid", message, { file, reason });
  };
  if (!isRecord(document) || document.zarr_format !== 3) throw wrong("another document");
  const { data_type: dataType, shape, chunk_grid: grid } = document;
  if (!isDataType(dataType)) throw wrong(`data type ${JSON.stringify(dataType)}`);
  if (!isCounts(shape) || shape.length < 1 || shape.length > 2) throw wrong(`shape ${JSON.stringify(shape)}`);
  const chunkShape = isRecord(grid) && isRecord(grid.configuration) ? grid.configuration.chunk_shape : null;
  if (!isCounts(chunkShape)) throw wrong(`chunk grid ${JSON.stringify(grid)}`);
  const metadata = { dataType, shape, rowsPerChunk: chunkShape[0] };
  const wanted = arrayDocument(metadata);
  for (const field of ["chunk_grid", "chunk_key_encoding", "codecs"]) {
    const found = JSON.stringify(document[field]);
    if (found !== JSON.stringify(wanted[field])) throw wrong(`${field} ${found}`);
  }
  return metadata;
}

function isDataType(value: unknown): value is DataType {
  return typeof value === "string" && Object.hasOwn(DATA_TYPE_BYTES, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
