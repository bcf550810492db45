/** Flows from SEG-Y to Seismic Unix and back: what cannot be written, and which header bytes mean something else there. */
import path from "node:path";
import { SeisProcError } from "../../src/shared/errors.ts";
import type { Flow } from "../../src/shared/flow/flow.ts";
import { type HeaderKind, isSuName, wordsNotIn } from "../../src/shared/seismic/header_kind.ts";
import { TRACE_HEADER_BYTES } from "../../src/shared/seismic/trace_header.ts";
import { isDatasetName } from "../dataset/dataset_name.ts";
import { suMisfit } from "../segy/write/su_limits.ts";
import type { TraceSource } from "../traces/trace_source.ts";
import type { Pipeline } from "./pipeline.ts";

/** @throws flow-invalid for an output that Seismic Unix cannot hold */
export function checkKind({ output }: Flow, { output: shape }: Pipeline): void {
  if (!isSuName(output.path)) return;
  const reason = suMisfit({ format: output.format, ...shape, hasText: output.text !== undefined });
  if (reason === undefined) return;
  const message = `Cannot write ${path.basename(output.path)}: ${reason}`;
  throw new SeisProcError("flow-invalid", message, { where: "output" });
}

const NAMES = { segy: "SEG-Y", su: "Seismic Unix" } as const;

/** What the output's readers will take for something else: trace headers keep their bytes. */
export function kindWarnings({ output }: Flow, source: TraceSource): string[] {
  const { kind: from = "segy", recordBytes } = source.description;
  const to: HeaderKind = isSuName(output.path) ? "su" : "segy";
  const more = to === "su" && recordBytes > TRACE_HEADER_BYTES
    ? ["Seismic Unix has trace headers of 240 bytes: additional trace headers are left out"]
    : [];
  if (isDatasetName(output.path) || from === to) return more;
  const foreign = wordsNotIn(from, to).map((word) => word.name);
  const first = source.readWords(foreign, 0, 1);
  const used = foreign.filter((_, i) => first[i][0] !== 0);
  if (used.length === 0) return more;
  return [
    ...more,
    `Trace headers keep their bytes: ${used.join(", ")} of ${NAMES[from]} lie where ${
      NAMES[to]
    } has other words ` +
    `(${bytesOf(from, used)}); header_math sets them to 0 where nothing shall be taken for those`,
  ];
}

function bytesOf(kind: HeaderKind, names: readonly string[]): string {
  const places = wordsNotIn(kind, kind === "su" ? "segy" : "su").filter((word) => names.includes(word.name));
  const first = Math.min(...places.map((word) => word.byte));
  const last = Math.max(...places.map((word) => word.byte));
  return first === last ? `byte ${first}` : `bytes ${first} to ${last}`;
}
