/** What a scan tells of a SEG-Y file; `seisproc scan --json` prints one. */

import type { HeaderKind } from "./header_kind.ts";
import type { AngleUnit } from "./geometry.ts";
import type { SurveyGeometry } from "./survey_geometry.ts";

export type FindingSeverity = "info" | "warning" | "error";

/** Something odd: what it is, where, and what SeisProc makes of it. Traces and bytes count from 1. */
export interface ScanFinding {
  readonly severity: FindingSeverity;
  readonly what: string;
  readonly meaning: string;
  readonly trace?: number;
  readonly byte?: number;
}

/** Values of one header word over all traces, as stored. */
export interface HeaderRange {
  readonly word: string;
  readonly byte: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
}

export interface CoordinateExtent {
  readonly words: string;
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

export interface ScanReport {
  readonly path: string;
  readonly kind: HeaderKind;
  readonly bytes: number;
  readonly format: { readonly code: number; readonly title: string };
  readonly revision: string;
  readonly byteOrder: "big" | "little" | "swapped";
  /** Of the text header; files of traces alone have none. */
  readonly encoding: "ebcdic" | "ascii" | "binary" | "none";
  /** Traces, a last one that is cut included; whole ones only in `completeTraces`. */
  readonly traces: number;
  readonly completeTraces: number;
  readonly samples: number;
  /** Samples of the shortest trace, where they differ. */
  readonly shortestSamples: number;
  readonly intervalUs: number;
  readonly startMs: number;
  readonly firstTraceByte: number;
  readonly additionalTraceHeaders: number;
  /** Names of these headers in trace 1; an empty text for one without a name that can be read. */
  readonly additionalHeaderNames: readonly string[];
  readonly trailers: number;
  readonly textHeaders: readonly (readonly string[])[];
  readonly stanzas: readonly string[];
  /** Fields of the binary header that are not zero, by name. */
  readonly binaryHeader: Readonly<Record<string, number>>;
  /** Words that vary or are not zero. */
  readonly headers: readonly HeaderRange[];
  readonly sorting: string;
  readonly extents: readonly CoordinateExtent[];
  /** What the numbers of coordinates are: lengths, or angles. */
  readonly coordinateUnit: "length" | AngleUnit;
  /** How the traces lie on the ground; absent where no word numbers bins. */
  readonly geometry?: SurveyGeometry;
  readonly lengthUnit: "m" | "ft" | "unknown";
  readonly findings: readonly ScanFinding[];
}

/** A finding as a person reads it. */
export function sentence({ what, meaning, trace, byte }: ScanFinding): string {
  const places = [trace && `trace ${trace}`, byte && `byte ${byte}`].filter((place) => place).join(", ");
  return `${what[0].toUpperCase()}${what.slice(1)}${places ? ` (${places})` : ""}: ${meaning}.`;
}
