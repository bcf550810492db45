import type { SyntheticLine } from "./synthetic_line.ts";

const TEXT_BYTES = 3200;
const BINARY_BYTES = 400;

/** Text header (EBCDIC) and binary header of a synthetic line, 3600 bytes. */
export function syntheticFileHeaders(line: SyntheticLine): Uint8Array {
  const bytes = new Uint8Array(TEXT_BYTES + BINARY_BYTES);
  const text = cardImages(describe(line));
  for (let i = 0; i < TEXT_BYTES; i++) bytes[i] = toEbcdic(text.charCodeAt(i));
  const view = new DataView(bytes.buffer);
  for (const [byte, type, value] of binaryFields(line)) {
    if (type === "int32") view.setInt32(byte - 1, value);
    else view.setInt16(byte - 1, value);
  }
  return bytes;
}

/** Binary header fields: byte from 1 as the standard prints it (revision 1, Table 2), type, value. */
function binaryFields(line: SyntheticLine): [number, "int16" | "int32", number][] {
  return [
    [3201, "int32", 1], // job
    [3205, "int32", 1], // line
    [3209, "int32", 1], // reel
    [3213, "int16", line.channels],
    [3215, "int16", 0], // auxiliary traces
    [3217, "int16", line.intervalUs],
    [3219, "int16", line.intervalUs], // as recorded
    [3221, "int16", line.samplesPerTrace],
    [3223, "int16", line.samplesPerTrace], // as recorded
    [3225, "int16", line.format === "ibm" ? 1 : 5],
    [3227, "int16", Math.max(1, Math.floor(line.channels / 2))], // fold
    [3229, "int16", 1], // as recorded, no sorting
    [3231, "int16", 1], // no vertical sum
    [3255, "int16", 1], // metres
    [3501, "int16", 0x0100], // revision 1.0
    [3503, "int16", 1], // fixed trace length
    [3505, "int16", 0], // no extended text headers
  ];
}

function describe(line: SyntheticLine): string[] {
  const traces = line.shots * line.channels;
  return [
    "CLIENT: NONE                 SYNTHETIC PRESTACK 2D LINE MADE BY SEISPROC",
    `SHOTS: ${line.shots}  CHANNELS: ${line.channels}  TRACES: ${traces}  ORDER: SHOT, CHANNEL`,
    `SAMPLES: ${line.samplesPerTrace}  INTERVAL: ${line.intervalUs} MICROSECONDS  ` +
    `FORMAT: ${line.format === "ibm" ? "1 (IBM FLOAT)" : "5 (IEEE FLOAT)"}`,
    "GEOMETRY: END-ON, SHOT AND GROUP INTERVAL 25 M, NEAR OFFSET 100 M, CDP 12.5 M",
    "VELOCITY: V(Z) = 1700 + 0.5 Z M/S, FIVE FLAT REFLECTORS, RICKER WAVELET",
    `NOISE: 5 PERCENT OF THE STRONGEST REFLECTION, UNIFORM, SEED ${line.seed}`,
    "BYTES: SHOT 9, CHANNEL 13, CDP 21, OFFSET 37, SCALAR 71, SOURCE X 73, GROUP X 81",
    "COORDINATES IN DECIMETRES, SCALAR -10; OFFSETS IN METRES",
  ];
}

/** 40 card images of 80 characters, `C 1` to `C40`, the last two as revision 1 wants them. */
function cardImages(lines: readonly string[]): string {
  const cards = Array.from({ length: 40 }, (_, i) => lines[i] ?? "");
  cards[38] = "SEG Y REV1";
  cards[39] = "END TEXTUAL HEADER";
  return cards.map((text, i) => `C${String(i + 1).padStart(2)} ${text}`.slice(0, 80).padEnd(80)).join("");
}

const PUNCTUATION: Record<string, number> = {
  " ": 0x40,
  ".": 0x4b,
  "(": 0x4d,
  "+": 0x4e,
  ")": 0x5d,
  ";": 0x5e,
  "-": 0x60,
  ",": 0x6b,
  ":": 0x7a,
  "=": 0x7e,
};

/** EBCDIC code page 037 for the characters that these headers use. */
function toEbcdic(code: number): number {
  const character = String.fromCharCode(code);
  if (character >= "0" && character <= "9") return 0xf0 + code - 48;
  if (character >= "A" && character <= "I") return 0xc1 + code - 65;
  if (character >= "J" && character <= "R") return 0xd1 + code - 74;
  if (character >= "S" && character <= "Z") return 0xe2 + code - 83;
  return PUNCTUATION[character] ?? 0x40;
}
