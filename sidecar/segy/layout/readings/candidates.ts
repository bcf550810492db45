/** Every way to read a file that its headers may mean, with what each departs from what is said. */
import { SAMPLE_FORMATS } from "../../../../src/shared/seismic/sample_formats.ts";
import type { Opening } from "../opening.ts";
import type { Reading } from "../reading.ts";
import { recordSizes } from "./record_sizes.ts";
import { type SampleCount, sampleCounts } from "./sample_counts.ts";
import type { TextCount } from "./text_counts.ts";
import { trailerCounts } from "./trailer_counts.ts";

export interface Candidate {
  readonly reading: Reading;
  /** Where its number of samples is said. */
  readonly count: SampleCount;
  /** 0 for what is said; more the farther it departs from that. */
  readonly cost: number;
}

/** Bytes of a sample where no format code tells. */
const USUAL_BYTES = 4;
const OTHER_BYTES: readonly number[] = [4, 2, 1, 3, 8];
/** Seismic Unix files hold 4-byte IEEE floats. */
export const SU_FORMAT = 5;

/** The code of the sample format by the user, the header or the kind of file. */
export function saidFormat({ header, kind, read }: Opening): number {
  return read.format ?? (kind === "su" ? SU_FORMAT : header.get("format"));
}

/** Every combination, where the first trace begins at one of these places; the first is what is said. */
export function candidates(opening: Opening, places: readonly TextCount[]): Candidate[] {
  return places.flatMap((place, i) =>
    recordSizes(opening, place.firstTrace).flatMap((recordBytes, k) =>
      withLengths(opening, place, recordBytes, 3 * i + 2 * k)
    )
  );
}

function withLengths(
  opening: Opening,
  { texts, firstTrace }: TextCount,
  recordBytes: number,
  cost: number,
): Candidate[] {
  const counts = sampleCounts(opening, firstTrace, recordBytes);
  return trailerCounts(opening, firstTrace).flatMap((trailers, i) =>
    sampleSizes(opening).flatMap((bytesPerSample, k) =>
      counts.map((count, n): Candidate => {
        const { samples } = count;
        const reading = { extendedTexts: texts, firstTrace, recordBytes, bytesPerSample, samples, trailers };
        return { reading, count, cost: cost + 2 * i + (k && k + 3) + n };
      })
    )
  );
}

function sampleSizes(opening: Opening): number[] {
  const said = SAMPLE_FORMATS.get(saidFormat(opening))?.bytes;
  if (said !== undefined && (opening.read.format !== undefined || opening.kind === "su")) return [said];
  return [...new Set([said ?? USUAL_BYTES, ...OTHER_BYTES])];
}
