/** Opens anything that can be the input of a flow: a SEG-Y file, a stored dataset, or a dataset over a SEG-Y file. */
import { assertUnreachable } from "../../src/shared/assert.ts";
import type { Reading } from "../../src/shared/seismic/reading.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { firstCutTrace, refuseCutFile } from "../segy/layout/cut_short.ts";
import { openSegyReader, READER_KERNELS } from "../segy/read/reader.ts";
import { openSegy, type SegyReaderPlan } from "../segy/read/source.ts";
import { isDatasetPath } from "./dataset_name.ts";
import { openInPlace } from "./in_place_source.ts";
import type { TraceReader, TraceSource } from "../traces/trace_source.ts";
import { findArray } from "./zarr/group_folder.ts";
import { TRACES } from "./zarr/zarr_layout.ts";
import { openZarrReader, ZARR_KERNELS } from "./zarr/zarr_reader.ts";
import { openZarr, type ZarrReaderPlan } from "./zarr/zarr_source.ts";

/** From which a worker opens its reading end: of a SEG-Y file, also under a dataset, or of stored traces. */
export type ReaderPlan = SegyReaderPlan | ZarrReaderPlan;
/** Any input of a flow, open. */
export type DatasetSource = TraceSource<ReaderPlan>;

/** The input, read as the user says where that is said. Throws when it cannot be read. */
export function openDataset(input: string, reading: Reading = {}): DatasetSource {
  if (!isDatasetPath(input)) return openSegy(input, reading);
  return findArray(input, TRACES) ? openZarr(input, reading) : openInPlace(input, reading);
}

/** Throws `file-cut-short` when traces of the input up to `last` (from 1; all unless told) are not all there. */
export function requireWhole(source: DatasetSource, last: number = Infinity): void {
  if (source.plan.kind === "segy" && last > wholeTracesOf(source)) refuseCutFile(source.plan.layout);
}

/** How many traces from the first on are all there. */
export function wholeTracesOf({ plan, description }: DatasetSource): number {
  return plan.kind === "segy" ? firstCutTrace(plan.layout) ?? description.traces : description.traces;
}

/** A worker's reading end. */
export function openTraceReader(plan: ReaderPlan, memory: KernelMemory): TraceReader {
  switch (plan.kind) {
    case "segy":
      return openSegyReader(plan, memory);
    case "zarr":
      return openZarrReader(plan, memory);
    default:
      return assertUnreachable(plan);
  }
}

/** Kernels that the reader of this plan loads. */
export function readerKernels({ kind }: ReaderPlan): readonly string[] {
  switch (kind) {
    case "segy":
      return READER_KERNELS;
    case "zarr":
      return ZARR_KERNELS;
    default:
      return assertUnreachable(kind);
  }
}
