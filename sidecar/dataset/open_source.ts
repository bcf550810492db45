/** Opens anything that can be the input of a flow: a SEG-Y file, a stored dataset, or a dataset over a SEG-Y file. */
import { assert } from "../../src/shared/assert.ts";
import type { WordMapping } from "../../src/shared/seismic/word_mapping.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { refuseCutFile } from "../segy/layout/cut_short.ts";
import { openSegyReader, READER_KERNELS } from "../segy/read/reader.ts";
import { openSegy, type SegyReaderPlan } from "../segy/read/source.ts";
import { isDatasetPath } from "./dataset_name.ts";
import { openInPlace } from "./in_place_source.ts";
import type { ReaderPlan, TraceReader, TraceSource } from "../traces/trace_source.ts";
import { findArray } from "./zarr/group_folder.ts";
import { TRACES } from "./zarr/zarr_layout.ts";
import { openZarrReader, ZARR_KERNELS } from "./zarr/zarr_reader.ts";
import { openZarr, type ZarrReaderPlan } from "./zarr/zarr_source.ts";

/** `map` adds or moves header words. Throws when the input cannot be read. */
export function openDataset(
  input: string,
  options: { readonly map?: readonly WordMapping[] } = {},
): TraceSource {
  if (!isDatasetPath(input)) return openSegy(input, options);
  return findArray(input, TRACES) ? openZarr(input, options) : openInPlace(input, options);
}

/** Throws `file-cut-short` when traces that the input should have are not all there. */
export function requireWhole({ plan }: TraceSource): void {
  if (isSegy(plan)) refuseCutFile(plan.layout);
}

/** A worker's reading end. */
export function openTraceReader(plan: ReaderPlan, memory: KernelMemory): TraceReader {
  if (isZarr(plan)) return openZarrReader(plan, memory);
  assert(isSegy(plan), `a reader of ${plan.kind}`);
  return openSegyReader(plan, memory);
}

/** Kernels that the reader of this plan loads. */
export function readerKernels(plan: ReaderPlan): readonly string[] {
  return isZarr(plan) ? ZARR_KERNELS : READER_KERNELS;
}

function isZarr(plan: ReaderPlan): plan is ZarrReaderPlan {
  return plan.kind === "zarr";
}

function isSegy(plan: ReaderPlan): plan is SegyReaderPlan {
  return plan.kind === "segy";
}
