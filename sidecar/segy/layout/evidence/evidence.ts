/** How a file bears out one way to read it: trace headers at that distance make sense, and sizes divide. */
import type { Opening } from "../opening.ts";
import { type Reading, strideOf, wholeTraces } from "../reading.ts";
import { type Agreement, agreement, SANE, sanity } from "./header_agreement.ts";
import { type ProbedHeader, TraceHeaderProbe } from "./trace_header_probe.ts";

/**
 * `proved`: trace headers lie all over the file where the reading puts them. `possible`: they tell nothing, and the traces
 * fill the file. `doubtful`: nothing speaks for it but that it is said. `impossible`: other bytes lie there.
 */
export type Evidence = "proved" | "possible" | "doubtful" | "impossible";

/** Headers that are looked at, all over the file. */
const LOOKS = 32;
/** Shares of headers: a file may have odd ones. */
const MOST = 0.75;
const FEW = 0.25;

export function evidenceFor(opening: Opening, reading: Reading): Evidence {
  const probe = new TraceHeaderProbe(opening, reading.recordBytes);
  const { whole, rest } = wholeTraces(opening.file, reading);
  const first = probe.read(reading.firstTrace);
  if (!first) return "impossible";
  if (whole === 0) return sanity(first) >= SANE ? "doubtful" : "impossible";
  if (whole === 1) return evidenceOfOne(first, reading, rest);
  const looks = looksAt(probe, reading, whole, first);
  const share = (kind: Agreement) => looks.filter((look) => look === kind).length / looks.length;
  if (share("same") >= MOST) return "proved";
  if (share("other") >= MOST) return "impossible";
  return share("other") <= FEW && rest === 0 ? "possible" : "doubtful";
}

/** A lone trace has no other to agree with: it must be as long as the file, and say so. */
function evidenceOfOne(first: ProbedHeader, reading: Reading, rest: number): Evidence {
  if (sanity(first) < SANE) return rest === 0 ? "doubtful" : "impossible";
  if (rest > 0) return "doubtful";
  return first.samples === reading.samples ? "proved" : "possible";
}

function looksAt(probe: TraceHeaderProbe, reading: Reading, whole: number, first: ProbedHeader): Agreement[] {
  const stride = strideOf(reading);
  const at = (trace: number) => probe.read(reading.firstTrace + trace * stride);
  const second = at(1);
  return tracesToLookAt(whole).flatMap((trace) => {
    const header = at(trace);
    if (!header) return [];
    const look = agreement(header, first, trace, reading.samples);
    // The first header may be the odd one.
    if (look !== "other" || !second || trace === 1) return [look];
    return [agreement(header, second, trace - 1, reading.samples)];
  });
}

/** Traces from 0: the first after the first, the last, and some between. */
function tracesToLookAt(whole: number): number[] {
  const step = Math.max(1, Math.floor(whole / LOOKS));
  const spread = Array.from({ length: Math.ceil(whole / step) }, (_, i) => i * step);
  return [...new Set([1, 2, 3, ...spread, whole - 1])].filter((trace) => trace > 0 && trace < whole);
}
