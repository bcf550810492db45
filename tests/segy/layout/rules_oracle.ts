/** Whether what detection makes of a file is what the rules make of it. */
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import { lengthOf, recordBytesOf, type Truth } from "./synthetic_file.ts";
import { SAMPLE_BYTES } from "../make_segy.ts";
import type { LayoutFindings } from "../../../sidecar/segy/layout/layout_findings.ts";
import { refuseCutFile } from "../../../sidecar/segy/layout/cut_short.ts";
import type { Case } from "./fuzz_case.ts";

export type Verdict = "right" | "refused" | "wrong" | "silent";

/** `silent`: not the truth, and nothing is said. */
export function judge({ truth, damages }: Case, found: LayoutFindings): { verdict: Verdict; why: string } {
  const said = found.findings.filter(({ severity }) => severity !== "info");
  const mayRefuse = damages.some((damage) => damage.mayRefuse || damage.mustRefuse);
  const mustRefuse = damages.some((damage) => damage.mustRefuse);
  const refusal = refused(found);
  if (refusal !== undefined) {
    if (said.length === 0) return { verdict: "silent", why: `refused without a finding: ${refusal}` };
    return { verdict: mayRefuse ? "refused" : "wrong", why: refusal };
  }
  const why = mustRefuse ? "read, and should be refused" : difference(truth, damages, found);
  if (why !== undefined) return { verdict: said.length === 0 ? "silent" : "wrong", why };
  const needs = damages.some((damage) => !damage.silent);
  if (needs && found.findings.length === 0) return { verdict: "silent", why: "damage without a finding" };
  return { verdict: "right", why: "" };
}

function refused({ layout, saidFormat, unreadable }: LayoutFindings): string | undefined {
  if (unreadable !== undefined) return unreadable;
  if (layout.format === 0 || !SAMPLE_FORMATS.has(saidFormat)) return "format unknown";
  if (layout.intervalUs === 0) return "no interval";
  if (layout.traces === 0) return "no traces";
  try {
    refuseCutFile(layout);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function difference(truth: Truth, damages: Case["damages"], { layout }: LayoutFindings): string | undefined {
  const also = <T>(
    of: (damage: Case["damages"][number]) => readonly T[] | undefined,
    one: T,
  ) => [one, ...damages.flatMap((damage) => of(damage) ?? [])];
  const codes = also((damage) => damage.formats, truth.code);
  const counts = also((damage) => damage.traces, truth.traces);
  const intervals = damages.find((damage) => damage.intervals?.length)?.intervals ?? [truth.interval];
  if (layout.byteOrder !== truth.order) return `read ${layout.byteOrder}-endian`;
  if (layout.firstTrace !== 3600 + 3200 * truth.texts.length) return `first trace at ${layout.firstTrace}`;
  if (layout.recordBytes !== recordBytesOf(truth)) return `headers of ${layout.recordBytes} bytes`;
  if (layout.bytesPerSample !== SAMPLE_BYTES[truth.code]) return `samples of ${layout.bytesPerSample} bytes`;
  if (!codes.includes(layout.format)) return `format ${layout.format}`;
  if (!counts.includes(layout.traces)) return `${layout.traces} traces`;
  const isLost = damages.some(({ name }) => name === "words of trace 1");
  if (!isLost && !intervals.includes(layout.intervalUs)) {
    return `interval ${layout.intervalUs}`;
  }
  return lengthDifference(truth, layout);
}

function lengthDifference(truth: Truth, layout: LayoutFindings["layout"]): string | undefined {
  for (let trace = 0; trace < layout.traces; trace++) {
    const samples = layout.variable?.samples[trace] ?? layout.samplesPerTrace;
    if (samples !== lengthOf(truth, trace)) return `${samples} samples in trace ${trace + 1}`;
  }
  return undefined;
}
