/** How many workers a job starts with, before its plan is known. */
import fs from "node:fs";
import type { Work } from "../../src/shared/job/work.ts";
import { inputOf } from "../dataset/work_paths.ts";
import { BLOCK_BYTES } from "./blocks.ts";

/** As many as the user says, else one for each core; a file that is one block has work for one alone. */
export function workerCount(work: Work): number {
  return work.options.workers ?? (isOneBlock(inputOf(work)) ? 1 : navigator.hardwareConcurrency);
}

/** Of samples of four bytes; smaller ones make some blocks, which take one worker no longer than another takes to start. */
function isOneBlock(input: string): boolean {
  try {
    const state = fs.statSync(input);
    return state.isFile() && state.size <= BLOCK_BYTES;
  } catch {
    // The plan tells what is wrong with it.
    return false;
  }
}
