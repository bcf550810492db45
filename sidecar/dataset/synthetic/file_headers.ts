/** What stands before the traces of a synthetic line; the text header tells its geometry. */
import { BINARY_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import { encodeText } from "../../segy/format/text_header.ts";
import {
  GROUP_INTERVAL_M,
  NEAR_OFFSET_M,
  NOISE_LEVEL,
  REFLECTORS,
  SURFACE_VELOCITY_MPS,
  type SyntheticLine,
  VELOCITY_GRADIENT_PER_S,
} from "./line.ts";

/** Text header (EBCDIC) and binary header of a synthetic line, 3600 bytes. */
export function syntheticFileHeaders(line: SyntheticLine): Uint8Array {
  const header = new BinaryHeader(new Uint8Array(BINARY_HEADER_BYTES));
  for (const [name, value] of Object.entries(binaryFields(line))) header.set(name, value);
  return Uint8Array.from([...encodeText(cardImages(describe(line)), "ebcdic"), ...header.bytes]);
}

function binaryFields(line: SyntheticLine): Record<string, number> {
  return {
    jobid: 1,
    lino: 1,
    reno: 1,
    ntrpr: line.channels,
    hdt: line.intervalUs,
    dto: line.intervalUs,
    hns: line.samplesPerTrace,
    nso: line.samplesPerTrace,
    format: line.format === "ibm" ? 1 : 5,
    fold: Math.max(1, Math.floor(line.channels / 2)),
    tsort: 1,
    vscode: 1,
    mfeet: 1,
    major: 1,
    trflag: 1,
  };
}

function describe(line: SyntheticLine): string[] {
  const traces = line.shots * line.channels;
  return [
    "CLIENT: NONE                 SYNTHETIC PRESTACK 2D LINE MADE BY SEISPROC",
    `SHOTS: ${line.shots}  CHANNELS: ${line.channels}  TRACES: ${traces}  ORDER: SHOT, CHANNEL`,
    `SAMPLES: ${line.samplesPerTrace}  INTERVAL: ${line.intervalUs} MICROSECONDS  ` +
    `FORMAT: ${line.format === "ibm" ? "1 (IBM FLOAT)" : "5 (IEEE FLOAT)"}`,
    `GEOMETRY: END-ON, SHOT AND GROUP INTERVAL ${GROUP_INTERVAL_M} M, NEAR OFFSET ${NEAR_OFFSET_M} M, ` +
    `CDP ${GROUP_INTERVAL_M / 2} M`,
    `VELOCITY: V(Z) = ${SURFACE_VELOCITY_MPS} + ${VELOCITY_GRADIENT_PER_S} Z M/S, ` +
    `${REFLECTORS.length} FLAT REFLECTORS, RICKER WAVELET`,
    `NOISE: ${NOISE_LEVEL * 100} PERCENT OF THE STRONGEST REFLECTION, UNIFORM, SEED ${line.seed}`,
    "BYTES: SHOT 9, CHANNEL 13, CDP 21, OFFSET 37, SCALAR 71, SOURCE X 73, GROUP X 81",
    "COORDINATES IN DECIMETRES, SCALAR -10; OFFSETS IN METRES",
  ];
}

/** 40 card images, `C 1` to `C40`, the last two as revision 1 wants them. */
function cardImages(lines: readonly string[]): string[] {
  const cards = Array.from({ length: 40 }, (_, i) => lines[i] ?? "");
  cards[38] = "SEG Y REV1";
  cards[39] = "END TEXTUAL HEADER";
  return cards.map((text, i) => `C${String(i + 1).padStart(2)} ${text}`);
}
