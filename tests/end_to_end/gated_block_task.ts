/**
 * Stands in for what runs blocks in the copy of the program that `gated_program.ts` makes: while its file says so, each
 * block takes its time, also of works without processes, so that what is asked of a job reaches it before it ends.
 */
import fs from "node:fs";
import { openTask as openTrueTask, type TaskRunner } from "../../sidecar/runner/block_task.ts";

const SLOW_FILE = new URL("../../slow blocks", import.meta.url);
const BLOCK_MS = 50;

export type { TaskRunner };

export function openTask(...given: Parameters<typeof openTrueTask>): TaskRunner {
  const task = openTrueTask(...given);
  return {
    run(block, enter) {
      if (fs.existsSync(SLOW_FILE)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCK_MS);
      return task.run(block, enter);
    },
    close: () => task.close(),
  };
}
