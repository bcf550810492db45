/** Workers without threads. */
import { KernelMemory } from "../../sidecar/kernels/kernel_memory.ts";
import { openTask } from "../../sidecar/runner/block_task.ts";
import { COMMAND, type ControlBlock } from "../../sidecar/runner/control_block.ts";
import { type PoolEnd, WorkerPool } from "../../sidecar/runner/pool.ts";
import type { WorkerSetup } from "../../sidecar/runner/worker_messages.ts";

/** A pool of one worker in this thread, so that what it writes can be watched; timers run between its blocks. */
export class InProcessPool extends WorkerPool {
  /** `onBlock` hears how many blocks were written so far. */
  constructor(readonly onBlock: (blocks: number) => void = () => {}) {
    super(0);
  }

  override get count(): number {
    return 1;
  }

  override async run([setup]: readonly WorkerSetup[], control: ControlBlock): Promise<PoolEnd> {
    const memory = new KernelMemory(setup.memory, setup.modules, setup.start, setup.end);
    const runner = openTask(setup.task, memory, () => {});
    for (let blocks = 1; control.command === COMMAND.run; blocks++) {
      const block = control.claim();
      if (block === undefined) break;
      runner.run(block, () => {});
      control.finish(block);
      this.onBlock(blocks);
      await new Promise((resolve) => setTimeout(resolve, 6));
    }
    runner.close();
    return { failure: undefined, stoppedInside: false };
  }
}
