/**
 * What an earlier attempt left to go on from. Its checkpoint only says what was true when it was written: each output
 * must be there under its name, and each block that counts as finished must hold the bytes that were written, by their
 * checksum. What does not hold is done again, and said.
 */
import path from "node:path";
import { hasTag } from "../../src/shared/errors.ts";
import { lookAt } from "../files/file_kind.ts";
import { identityOf } from "../files/file_state.ts";
import { partPath } from "../files/partial_names.ts";
import { removeCheckpoint } from "../jobs/folder/checkpoint.ts";
import { Checksum, CHECKSUM_KERNEL } from "../kernels/checksum.ts";
import { compileKernels } from "../kernels/compiled_kernels.ts";
import { createSharedMemory, KernelMemory } from "../kernels/kernel_memory.ts";
import type { OutputCheck, PartialOutput } from "../traces/trace_sink.ts";
import { type Kept, keptFor } from "./checkpointer.ts";
import type { BlockNotes } from "./job_notes.ts";
import type { JobPlan } from "./job_plan.ts";
import type { OutputLocks } from "./output_locks.ts";

/** Blocks that hold, with what belongs to them. */
export interface Resumption {
  readonly done: Uint8Array;
  readonly noted: Uint8Array;
  readonly checksums: BigInt64Array;
  readonly notes: BlockNotes;
  /** Some output has its final name already; every block of every output holds. */
  readonly isNamed: boolean;
}

export interface Resuming {
  readonly folder: string;
  readonly plan: JobPlan;
  readonly locks: OutputLocks;
  readonly say: (level: "info" | "warning", text: string) => void;
  /** The job was told to stop: there is no need to look further. */
  readonly isStopped: () => boolean;
}

type Place = "partial" | "final";

/** Nothing that was kept can be used. */
class NothingHolds extends Error {}

/**
 * Undefined to start from the beginning: then the checkpoint is gone, and a warning has said why. "stopped" when the job
 * was told to stop before all was looked at: then nothing has changed.
 * @throws SeisProcError `plan-changed`, `job-newer`, `output-exists`
 */
export async function resume(resuming: Resuming): Promise<Resumption | undefined | "stopped"> {
  try {
    return await lookAtAll(resuming);
  } catch (error) {
    if (!(error instanceof NothingHolds)) throw error;
    resuming.say("warning", `${error.message}: starting from the beginning`);
    removeCheckpoint(resuming.folder);
    return undefined;
  }
}

async function lookAtAll(resuming: Resuming): Promise<Resumption | undefined | "stopped"> {
  const { plan, locks, say } = resuming;
  const kept = readKept(resuming);
  if (!kept) return undefined;
  const places = plan.outputs.map((output) => placeOf(output, kept, locks));
  const checks = plan.outputs.map((output, i) => output.check(places[i]));
  try {
    const held = await blocksThatHold(resuming, kept, checks);
    if (!held) return "stopped";
    const changes = changesOf(plan, kept, held) ?? sizesOf(plan, checks);
    if (places.includes("final")) {
      requireAll(held, places, checks, changes);
      return { ...kept, isNamed: true };
    }
    if (changes !== undefined && !held.includes(1)) throw new NothingHolds(changes);
    if (changes !== undefined) say("warning", `${changes}: what is missing is done again`);
    return { ...withoutNotesOfLost(kept, held), isNamed: false };
  } finally {
    for (const check of checks) check.close();
  }
}

/** A checkpoint that cannot be read is as good as none: what it spoke of is done again. */
function readKept({ folder, plan }: Resuming): Kept | undefined {
  try {
    const kept = keptFor(folder, plan);
    if (kept && kept.checksums.length !== plan.checksums.length) {
      throw new NothingHolds("The checkpoint of the earlier attempt has no checksums of its blocks");
    }
    return kept;
  } catch (error) {
    if (!hasTag(error, "job-damaged")) throw error;
    throw new NothingHolds("The checkpoint of the earlier attempt is damaged");
  }
}

/** Where an output lies; a checkpoint without the output that it speaks of is worth nothing. */
function placeOf(output: PartialOutput, { isFinishing }: Kept, locks: OutputLocks): Place {
  const place = output.isStarted() ? "partial" : isFinishing && lookAt(output.path) ? "final" : undefined;
  if (place !== undefined && locks.isOwn(output, isFinishing)) return place;
  const what = locks.isOfAnother(output) ? "was replaced by another job" : "is gone";
  throw new NothingHolds(`The partial output of the earlier attempt ${what}`);
}

/** Of an output that has its name nothing can be done again, so all must hold. */
function requireAll(
  held: Uint8Array,
  places: readonly Place[],
  checks: readonly OutputCheck[],
  changes: string | undefined,
): void {
  const isWhole = checks.every((check, i) => places[i] === "partial" || check.isWhole());
  if (isWhole && held.every((one) => one === 1)) return;
  throw new NothingHolds(changes ?? "An output that had its name already is not what this job wrote");
}

/** A long look is told of every so often, and lets commands be heard in between. */
const TELL_EVERY_MS = 10_000;
const LISTEN_EVERY_MS = 20;

/** One byte per block: 1 when it was finished and holds in each output. Undefined when the job was told to stop. */
async function blocksThatHold(
  { plan, say, isStopped }: Resuming,
  { done, checksums }: Kept,
  checks: readonly OutputCheck[],
): Promise<Uint8Array | undefined> {
  const sum = new Checksum(
    new KernelMemory(createSharedMemory(1), compileKernels([CHECKSUM_KERNEL]), 64, "grow"),
  );
  const held = new Uint8Array(plan.blocks);
  let listened = performance.now(), told = listened;
  for (let block = 0; block < plan.blocks; block++) {
    if (done[block] === 0) continue;
    const { firstOutput, outputs } = plan.sizeOf(block);
    const holds = checks.every((check, i) => {
      const runs = check.read(firstOutput, outputs);
      const found = runs?.reduce((before, run) => sum.ofBytes(run, before), 0n);
      return found === checksums[block * checks.length + i];
    });
    held[block] = holds ? 1 : 0;
    const now = performance.now();
    if (now - listened < LISTEN_EVERY_MS) continue;
    listened = now;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (isStopped()) return undefined;
    if (now - told < TELL_EVERY_MS) continue;
    told = now;
    say("info", `Looked at ${block + 1} of ${plan.blocks} blocks of the earlier attempt`);
  }
  return held;
}

/** What is wrong with what was left, as the beginning of a sentence; undefined when all finished blocks hold. */
function changesOf(plan: JobPlan, { done, identities }: Kept, held: Uint8Array): string | undefined {
  const finished = count(done), lost = finished - count(held);
  if (lost === 0) return undefined;
  const names = plan.outputs.map(({ path: file }, i) => {
    const part = partPath(file), name = path.basename(part);
    return identityOf(part) === identities[i] ? name : `${name} (another took its place)`;
  });
  return `What the earlier attempt left in ${names.join(" and ")} was changed: ` +
    `${lost} of ${finished} finished blocks do not hold what was written`;
}

/** The same of sizes alone: where nothing that was finished is hurt, what was changed still is said. */
function sizesOf(plan: JobPlan, checks: readonly OutputCheck[]): string | undefined {
  const odd = plan.outputs.filter((_, i) => !checks[i].hasSizes());
  if (odd.length === 0) return undefined;
  const names = odd.map(({ path: file }) => path.basename(partPath(file)));
  return `What the earlier attempt left in ${names.join(" and ")} has another size than it had`;
}

/** Notes are kept of all blocks together: where one with notes is lost, all that have some are done again. */
function withoutNotesOfLost(kept: Kept, held: Uint8Array): Kept {
  const { noted } = kept;
  if (!noted.some((one, block) => one !== 0 && kept.done[block] !== 0 && held[block] === 0)) {
    return { ...kept, done: held };
  }
  const notes: BlockNotes = { skipped: [], remarks: [] };
  return {
    ...kept,
    done: held.map((one, block) => noted[block] ? 0 : one),
    noted: noted.map(() => 0),
    notes,
  };
}

function count(blocks: Uint8Array): number {
  return blocks.reduce((sum, one) => sum + one, 0);
}
