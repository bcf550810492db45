/** The sample interval from all the places that may say it. */
import type { BinaryHeader } from "../format/binary_header.ts";
import type { FindingList } from "./findings.ts";
import type { ProbedHeader } from "./trace_header_probe.ts";

/**
 * Microseconds, 0 when no header says it. The extended interval (revision 2) wins over the binary header's, that over
 * the first trace's; a positive one wins over a negative one.
 */
export function detectInterval(
  header: BinaryHeader,
  first: ProbedHeader | undefined,
  revision: { major: number; minor: number },
  odd: FindingList,
): number {
  const extended = revision.major >= 2 ? usable(header.get("exthdt")) : 0;
  const binary = header.get("hdt");
  const trace = first ? usable(first.extendedInterval) || first.interval : 0;
  if (extended > 0) return checked(extended, trace, odd);
  if (binary > 0) return checked(binary, trace, odd);
  if (trace > 0) {
    const said = binary === 0 ? "no sample interval" : `the sample interval ${binary}`;
    odd.add("warning", `the binary header says ${said}`, `taken from trace 1: ${trace} us`, { byte: 3217 });
    return trace;
  }
  const negative = extended || binary || trace;
  if (negative === 0) {
    odd.add("error", "the sample interval is zero in the binary header and in trace 1", "time is unknown", {
      byte: 3217,
    });
    return 0;
  }
  const found = negativeInterval(negative, revision);
  odd.add("warning", `the sample interval is ${negative}`, `taken as ${found.as}`, { byte: 3217 });
  return found.us;
}

function usable(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function checked(interval: number, trace: number, odd: FindingList): number {
  const same = trace === 0 || trace === interval || trace === Math.round(interval) ||
    (trace & 0xffff) === (interval & 0xffff);
  if (!same) {
    const what = `the sample interval is ${interval} us in the binary header and ${trace} in trace 1`;
    odd.add("warning", what, `taken from the binary header: ${interval} us`, { trace: 1, byte: 117 });
  }
  return interval;
}

/**
 * A negative interval: samples per second in revision 2.1 and wherever that gives whole microseconds; else a 16-bit
 * number above 32767 that was written unsigned.
 */
function negativeInterval(
  value: number,
  { major, minor }: { major: number; minor: number },
): { us: number; as: string } {
  const hertz = -value;
  const us = 1e6 / hertz;
  const unsigned = value + 65536;
  if ((major >= 2 && minor >= 1) || Number.isInteger(us) || !Number.isInteger(value) || unsigned < 32768) {
    return { us, as: `${hertz} samples per second: ${Number(us.toPrecision(8))} us` };
  }
  return { us: unsigned, as: `an unsigned number: ${unsigned} us` };
}
