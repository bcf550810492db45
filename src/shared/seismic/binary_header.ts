/**
 * The fields of the 400-byte binary file header: `byte` counts from 3201 as the SEG-Y revision 2.1 standard prints it
 * (Table 2). Short names follow Seismic Unix where it has one.
 */
import type { WordType } from "./trace_header.ts";

export interface BinaryField {
  readonly name: string;
  readonly byte: number;
  readonly type: WordType;
  readonly title: string;
}

export const TEXT_HEADER_BYTES = 3200;
export const BINARY_HEADER_BYTES = 400;
/** Text header and binary header; what comes next begins at this offset. */
export const FILE_HEADER_BYTES: number = TEXT_HEADER_BYTES + BINARY_HEADER_BYTES;
/** Byte of the file, from 1, at which the binary header begins. */
export const BINARY_HEADER_START = 3201;
/** What a file of revision 2 holds at byte 3297 to tell its byte order. */
export const BYTE_ORDER_CONSTANT = 0x01020304;

const ROWS: readonly (readonly [string, number, WordType, string])[] = [
  ["jobid", 3201, "int32", "Job identification number"],
  ["lino", 3205, "int32", "Line number"],
  ["reno", 3209, "int32", "Reel number"],
  ["ntrpr", 3213, "int16", "Number of data traces per ensemble"],
  ["nart", 3215, "int16", "Number of auxiliary traces per ensemble"],
  ["hdt", 3217, "int16", "Sample interval"],
  ["dto", 3219, "int16", "Sample interval of original field recording"],
  ["hns", 3221, "uint16", "Number of samples per data trace"],
  ["nso", 3223, "uint16", "Number of samples per data trace for original field recording"],
  ["format", 3225, "int16", "Data sample format code"],
  ["fold", 3227, "int16", "Ensemble fold"],
  ["tsort", 3229, "int16", "Trace sorting code"],
  ["vscode", 3231, "int16", "Vertical sum code"],
  ["hsfs", 3233, "int16", "Sweep frequency at start in Hz"],
  ["hsfe", 3235, "int16", "Sweep frequency at end in Hz"],
  ["hslen", 3237, "int16", "Sweep length in milliseconds"],
  ["hstyp", 3239, "int16", "Sweep type code"],
  ["schn", 3241, "int16", "Trace number of sweep channel"],
  ["hstas", 3243, "int16", "Sweep trace taper length at start in milliseconds"],
  ["hstae", 3245, "int16", "Sweep trace taper length at end in milliseconds"],
  ["htatyp", 3247, "int16", "Taper type"],
  ["hcorr", 3249, "int16", "Correlated data traces"],
  ["bgrcv", 3251, "int16", "Binary gain recovered"],
  ["rcvm", 3253, "int16", "Amplitude recovery method"],
  ["mfeet", 3255, "int16", "Measurement system: 1 metres, 2 feet"],
  ["polyt", 3257, "int16", "Impulse signal polarity"],
  ["vpol", 3259, "int16", "Vibratory polarity code"],
  ["extntrpr", 3261, "int32", "Extended number of data traces per ensemble"],
  ["extnart", 3265, "int32", "Extended number of auxiliary traces per ensemble"],
  ["exthns", 3269, "uint32", "Extended number of samples per data trace"],
  ["exthdt", 3273, "float64", "Extended sample interval"],
  ["extdto", 3281, "float64", "Extended sample interval of original field recording"],
  ["extnso", 3289, "uint32", "Extended number of samples per data trace in original recording"],
  ["extfold", 3293, "int32", "Extended ensemble fold"],
  ["order", 3297, "uint32", "Integer constant 16909060, tells the byte order"],
  ["major", 3501, "uint8", "Major SEG-Y format revision number"],
  ["minor", 3502, "uint8", "Minor SEG-Y format revision number"],
  ["trflag", 3503, "int16", "Fixed length trace flag"],
  ["exth", 3505, "int16", "Number of 3200-byte extended textual file headers"],
  ["maxtrh", 3507, "int16", "Maximum number of additional 240-byte trace headers"],
  ["survty", 3509, "int16", "Survey type"],
  ["timebc", 3511, "int16", "Time basis code"],
  ["ntrst", 3513, "uint64", "Number of traces in this file"],
  ["ftroff", 3521, "uint64", "Byte offset of first trace relative to start of file"],
  ["ntrailer", 3529, "int32", "Number of 3200-byte data trailer stanza records"],
];

export const BINARY_FIELDS: readonly BinaryField[] = ROWS.map(([name, byte, type, title]) => ({
  name,
  byte,
  type,
  title,
}));

const BY_NAME: ReadonlyMap<string, BinaryField> = new Map(BINARY_FIELDS.map((field) => [field.name, field]));

/** The field with this short name; it must exist. */
export function binaryField(name: string): BinaryField {
  const field = BY_NAME.get(name);
  if (!field) throw new Error(`no binary header field ${name}`);
  return field;
}
