/** The sample format codes of SEG-Y (revision 2.1, bytes 3225-3226), one table for reading, writing and help. */

export interface SampleFormat {
  readonly code: number;
  readonly bytes: number;
  readonly title: string;
  /** What a sample is: it decides which kernel decodes it. */
  readonly kind: "ibm" | "float" | "int" | "uint" | "gain";
}

const ROWS: readonly (readonly [number, number, SampleFormat["kind"], string])[] = [
  [1, 4, "ibm", "4-byte IBM floating point"],
  [2, 4, "int", "4-byte integer"],
  [3, 2, "int", "2-byte integer"],
  [4, 4, "gain", "4-byte fixed point with gain"],
  [5, 4, "float", "4-byte IEEE floating point"],
  [6, 8, "float", "8-byte IEEE floating point"],
  [7, 3, "int", "3-byte integer"],
  [8, 1, "int", "1-byte integer"],
  [9, 8, "int", "8-byte integer"],
  [10, 4, "uint", "4-byte unsigned integer"],
  [11, 2, "uint", "2-byte unsigned integer"],
  [12, 8, "uint", "8-byte unsigned integer"],
  [15, 3, "uint", "3-byte unsigned integer"],
  [16, 1, "uint", "1-byte unsigned integer"],
];

export const SAMPLE_FORMATS: ReadonlyMap<number, SampleFormat> = new Map(
  ROWS.map(([code, bytes, kind, title]) => [code, { code, bytes, kind, title }]),
);

/** The codes of the formats that can be written. */
export const OUTPUT_FORMAT_CODES = { ieee: 5, ibm: 1, int32: 2, int16: 3, int8: 8 } as const;
