/**
 * The checkpoint of a job: which blocks are on disk, for which plan. Written by the runner, after the output was
 * synced; replaced atomically, so that a reader finds the old list or the new one and nothing between.
 *
 * The file is one JSON line and then one bit per block, lowest bit first.
 */
import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { replaceFile, syncFolder } from "../../files/durable_file.ts";
import { systemCode } from "../../files/file_errors.ts";

const FILE = "checkpoint";
const VERSION = 1;

export interface Checkpoint {
  /**
   * What the blocks belong to. A JSON object of named parts (`planFingerprint`) lets a refusal name what changed;
   * any other string works too.
   */
  readonly fingerprint: string;
  readonly blocks: number;
  /** One byte per block, not 0 when the block's bytes are on disk. Length is `blocks`. */
  readonly done: Uint8Array;
  /** Anything else the runner wants back: JSON. */
  readonly extra?: unknown;
}

/** Writes the checkpoint durably. The caller has synced the output of all `done` blocks before. */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const bits = packBits(checkpoint.done, checkpoint.blocks);
  const { fingerprint, blocks, extra } = checkpoint;
  const head = { seisproc: VERSION, fingerprint, blocks, crc: crc32(bits), extra };
  replaceFile(path.join(folder, FILE), [new TextEncoder().encode(JSON.stringify(head) + "\n"), bits]);
}

/**
 * Reads the checkpoint of a job folder; undefined when there is none.
 * @throws job-damaged, job-newer
 */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const job = path.basename(folder);
  const bytes = readIfThere(path.join(folder, FILE));
  if (bytes === undefined) return undefined;
  const line = bytes.indexOf(10);
  const head = parseHead(job, bytes.subarray(0, Math.max(line, 0)));
  const bits = bytes.subarray(line + 1);
  if (bits.length !== Math.ceil(head.blocks / 8) || crc32(bits) !== head.crc) {
    throw damaged(
      job,
      `${Math.ceil(head.blocks / 8)} bytes with checksum ${head.crc}`,
      `${bits.length} others`,
    );
  }
  return {
    fingerprint: head.fingerprint,
    blocks: head.blocks,
    done: unpackBits(bits, head.blocks),
    extra: head.extra,
  };
}

/**
 * The checkpoint to go on from, for a plan; undefined when the job starts from the beginning.
 * @throws plan-changed when the checkpoint belongs to another plan; job-damaged, job-newer
 */
export function checkpointForPlan(
  folder: string,
  plan: Pick<Checkpoint, "fingerprint" | "blocks">,
): Checkpoint | undefined {
  const found = readCheckpoint(folder);
  if (found === undefined) return undefined;
  if (found.fingerprint === plan.fingerprint && found.blocks === plan.blocks) return found;
  const job = path.basename(folder);
  const what = changedParts(found, plan);
  throw new SeisProcError(
    "plan-changed",
    `Cannot resume job ${job}: expected the plan it was paused with, found another ${what}: ` +
      `retry it from the beginning`,
    { job, what },
  );
}

/**
 * Forgets what was finished: the next attempt starts from the beginning. Durable, since a list that came back after a
 * power cut would take the empty blocks of a new output for finished ones.
 */
export function removeCheckpoint(folder: string): void {
  const file = path.join(folder, FILE);
  if (!fs.existsSync(file)) return;
  fs.rmSync(file, { force: true });
  syncFolder(folder);
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

interface Head {
  readonly fingerprint: string;
  readonly blocks: number;
  readonly crc: number;
  readonly extra: unknown;
}

function parseHead(job: string, line: Uint8Array): Head {
  const head = parseObject(new TextDecoder().decode(line));
  if (head === undefined) throw damaged(job, "a line of JSON", "none");
  const { seisproc, fingerprint, blocks, crc, extra } = head;
  if (typeof seisproc === "number" && seisproc > VERSION) throw newer(job, seisproc);
  if (typeof fingerprint !== "string" || typeof blocks !== "number" || typeof crc !== "number") {
    throw damaged(job, "fingerprint, blocks and crc", Object.keys(head).join(", "));
  }
  return { fingerprint, blocks, crc, extra };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function damaged(job: string, expected: string, found: string): SeisProcError {
  return new SeisProcError(
    "job-damaged",
    `Cannot read the checkpoint of job ${job}: expected ${expected}, found ${found}: retry it from the beginning`,
    { job, reason: `checkpoint: expected ${expected}, found ${found}` },
  );
}

function newer(job: string, version: number): SeisProcError {
  return new SeisProcError(
    "job-newer",
    `Cannot read the checkpoint of job ${job}: expected version ${VERSION}, found ${version}: ` +
      `use the newer SeisProc that wrote it`,
    { job, version },
  );
}

function changedParts(found: Checkpoint, plan: Pick<Checkpoint, "fingerprint" | "blocks">): string {
  const before = parseObject(found.fingerprint), now = parseObject(plan.fingerprint);
  if (before === undefined || now === undefined) return "fingerprint";
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const changed = [...names].filter((name) => before[name] !== now[name]);
  return changed.length > 0 ? changed.join(", ") : `count of blocks (${plan.blocks}, was ${found.blocks})`;
}

function packBits(done: Uint8Array, blocks: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(blocks / 8));
  for (let block = 0; block < blocks; block++) if (done[block]) bits[block >> 3] |= 1 << (block & 7);
  return bits;
}

function unpackBits(bits: Uint8Array, blocks: number): Uint8Array {
  const done = new Uint8Array(blocks);
  for (let block = 0; block < blocks; block++) done[block] = (bits[block >> 3] >> (block & 7)) & 1;
  return done;
}
