/** Every number of samples a trace that a file may mean, the said ones first. */
import { TraceHeaderProbe } from "../evidence/trace_header_probe.ts";
import type { Opening } from "../opening.ts";

export interface SampleCount {
  readonly samples: number;
  /** Where it is said, for people; undefined where 16 bits hold only its last digits. */
  readonly said: string | undefined;
  readonly byte: number;
}

/** No header says a number of samples. */
const UNSAID: SampleCount = { samples: 0, said: "no header", byte: 3221 };
/** How often 65536 may have been lost. */
const MOST_WRAPS = 1024;

/**
 * The extended count of revision 2 wins over the binary header's, that over what trace 1 says; then come places that only
 * some programs fill.
 */
export function sampleCounts(opening: Opening, firstTrace: number, recordBytes: number): SampleCount[] {
  if (opening.read.samples !== undefined) {
    return [{ samples: opening.read.samples, said: "what the user says", byte: 3221 }];
  }
  const found = saidCounts(opening, firstTrace, recordBytes).filter(({ samples }) => samples > 0);
  const counts = found.length > 0 ? found : [UNSAID];
  return counts.filter(({ samples }, i) => counts.findIndex((one) => one.samples === samples) === i);
}

/** What would leave a said count in 16 bits after 65536 was taken away once or more, as far as one trace fits into the file. */
export function wrappedCounts(
  opening: Opening,
  firstTrace: number,
  recordBytes: number,
  bytesPerSample: number,
): SampleCount[] {
  const said = sampleCounts(opening, firstTrace, recordBytes).map(({ samples }) => samples);
  const most = (opening.file.bytes - firstTrace - recordBytes) / bytesPerSample;
  return [...new Set(said.filter((count) => count < 65536))].flatMap((base) =>
    Array.from({ length: MOST_WRAPS }, (_, i) => base + 65536 * (i + 1))
      .filter((samples) => samples <= most)
      .map((samples) => ({ samples, said: undefined, byte: 3221 }))
  );
}

function saidCounts(opening: Opening, firstTrace: number, recordBytes: number): SampleCount[] {
  const { header, revision } = opening;
  const trace = new TraceHeaderProbe(opening, recordBytes).read(firstTrace);
  const extended = { samples: header.get("exthns"), said: "the binary header (extended)", byte: 3269 };
  return [
    ...(revision.major >= 2 ? [extended] : []),
    { samples: header.get("hns"), said: "the binary header", byte: 3221 },
    { samples: trace?.samples ?? 0, said: "trace 1", byte: 115 },
    { samples: (trace?.get("ns") ?? 0) & 0xffff, said: "trace 1", byte: 115 },
    { samples: trace?.passcalSamples ?? 0, said: "trace 1 as programs of PASSCAL say it", byte: 229 },
    ...(revision.major < 2 ? [extended] : []),
  ];
}
