/** Outputs by the name of their path: `.zarr` is a stored dataset, all else SEG-Y. */
import { assertUnreachable } from "../../src/shared/assert.ts";
import { CHECKSUM_KERNEL } from "../kernels/checksum.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import { createSegySink, type SegyWriterPlan } from "../segy/write/sink.ts";
import { openSegyWriter, WRITER_KERNELS } from "../segy/write/writer.ts";
import type { OutputDescription, TraceSink, TraceWriter } from "../traces/trace_sink.ts";
import { isDatasetName } from "./dataset_name.ts";
import { ZARR_KERNELS } from "./zarr/zarr_reader.ts";
import { createZarrSink, type ZarrWriterPlan } from "./zarr/zarr_sink.ts";
import { openZarrWriter } from "./zarr/zarr_writer.ts";

/** From which a worker opens its writing end. */
export type WriterPlan = SegyWriterPlan | ZarrWriterPlan;
/** Any output of a flow. */
export type DatasetSink = TraceSink<WriterPlan>;

export function createSink(output: OutputDescription): DatasetSink {
  return isDatasetName(output.path) ? createZarrSink(output) : createSegySink(output);
}

/** A worker's writing end. */
export function openTraceWriter(plan: WriterPlan, memory: KernelMemory): TraceWriter {
  switch (plan.kind) {
    case "segy":
      return openSegyWriter(plan, memory);
    case "zarr":
      return openZarrWriter(plan, memory);
    default:
      return assertUnreachable(plan);
  }
}

/** Kernels that the writer of this plan loads. */
export function writerKernels({ kind }: WriterPlan): readonly string[] {
  switch (kind) {
    case "segy":
      return WRITER_KERNELS;
    case "zarr":
      return [...ZARR_KERNELS, CHECKSUM_KERNEL];
    default:
      return assertUnreachable(kind);
  }
}
