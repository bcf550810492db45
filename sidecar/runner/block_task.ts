/** What blocks are made of, by the kind of work. */
import { HeaderImporter } from "../dataset/import_headers.ts";
import { type BlockPhase, type BlockResult, BlockRunner } from "../flow/block_runner.ts";
import type { KernelMemory } from "../kernels/kernel_memory.ts";
import type { StopCheck } from "../processes/process.ts";
import type { BlockTask } from "./worker_messages.ts";

/** One worker's end of a job: runs blocks by number. */
export interface TaskRunner {
  run(block: number, enter: (phase: BlockPhase) => void): BlockResult;
  close(): void;
}

export function openTask(task: BlockTask, memory: KernelMemory, stopCheck: StopCheck): TaskRunner {
  switch (task.kind) {
    case "flow":
      return new BlockRunner(task.plan, memory, stopCheck);
    case "header_scan":
      return new HeaderImporter(task.plan, memory);
  }
}
