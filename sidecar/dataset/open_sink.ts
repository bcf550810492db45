/** Outputs by the name of their path: `.zarr` is a stored dataset, all else SEG-Y. */
import { assert } from "../../src/shared/assert.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { createSegySink, type SegyWriterPlan } from "../segy/write/sink.ts";
import { openSegyWriter, WRITER_KERNELS } from "../segy/write/writer.ts";
import type { OutputDescription, TraceSink, TraceWriter, WriterPlan } from "../traces/trace_sink.ts";
import { isDatasetName } from "./dataset_name.ts";
import { ZARR_KERNELS } from "./zarr/zarr_reader.ts";
import { createZarrSink, type ZarrWriterPlan } from "./zarr/zarr_sink.ts";
import { openZarrWriter } from "./zarr/zarr_writer.ts";

export function createSink(output: OutputDescription): TraceSink {
  return isDatasetName(output.path) ? createZarrSink(output) : createSegySink(output);
}

/** A worker's writing end. */
export function openTraceWriter(plan: WriterPlan, memory: KernelMemory): TraceWriter {
  if (isZarr(plan)) return openZarrWriter(plan, memory);
  assert(isSegy(plan), `a writer of ${plan.kind}`);
  return openSegyWriter(plan, memory);
}

/** Kernels that the writer of this plan loads. */
export function writerKernels(plan: WriterPlan): readonly string[] {
  return isZarr(plan) ? ZARR_KERNELS : WRITER_KERNELS;
}

function isZarr(plan: WriterPlan): plan is ZarrWriterPlan {
  return plan.kind === "zarr";
}

function isSegy(plan: WriterPlan): plan is SegyWriterPlan {
  return plan.kind === "segy";
}
