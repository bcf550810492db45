/** A worker of a runner: claims blocks through the control block until there are none or a command says to stop. */
import { toWireError } from "../../src/shared/errors.ts";
import { StopRequested } from "../flow/block_runner.ts";
import { KernelMemory } from "../kernels/kernel_memory.ts";
import { openTask, type TaskRunner } from "./block_task.ts";
import { COMMAND, ControlBlock } from "./control_block.ts";
import type { WorkerMessage, WorkerSetup } from "./worker_messages.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerSetup>) => void) | null;
  postMessage(message: WorkerMessage): void;
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: setup }) => {
  const control = new ControlBlock(setup.memory.buffer, setup.workers, setup.blocks);
  try {
    runBlocks(setup, control);
  } catch (error) {
    scope.postMessage({ kind: "failed", block: null, error: toWireError(error) });
  }
  control.setDoing(setup.worker, "ended");
  scope.postMessage({ kind: "ended" });
  scope.close();
};

function runBlocks(setup: WorkerSetup, control: ControlBlock): void {
  const { worker, memory, modules, start, end, task } = setup;
  const stopCheck = () => {
    control.beat(worker);
    if (control.command === COMMAND.stop) throw new StopRequested();
  };
  const arena = new KernelMemory(memory, modules, start, end);
  const runner = openTask(task, arena, stopCheck);
  try {
    while (control.command === COMMAND.run) {
      const block = control.claim();
      if (block === undefined || !runBlock(runner, block, worker, control)) break;
    }
  } finally {
    runner.close();
  }
}

/** Returns false when the worker is to end. */
function runBlock(runner: TaskRunner, block: number, worker: number, control: ControlBlock): boolean {
  try {
    const result = runner.run(block, (phase) => control.setDoing(worker, phase, block));
    control.addBytes(worker, result.bytesRead, result.bytesWritten);
    control.addDone(worker, result.traces, result.gathers);
    const { skipped, remarks } = result;
    if (skipped.length + remarks.length === 0) control.finish(block);
    else scope.postMessage({ kind: "noted", block, notes: { skipped, remarks } });
    control.setDoing(worker, "idle");
    return true;
  } catch (error) {
    if (error instanceof StopRequested) scope.postMessage({ kind: "stopped", block });
    else {
      control.give(COMMAND.drain);
      scope.postMessage({ kind: "failed", block, error: toWireError(error) });
    }
    return false;
  }
}
