/**
 * The checkpoint of a job: which blocks are on disk, for which plan, and by which checksums they are known again. Written
 * by the runner, after the output was synced; replaced atomically, so that a reader finds the old list or the new one and
 * nothing between.
 *
 * The file is one JSON line, one bit per block for what is done and one for what has notes (lowest bit first), the
 * checksums of the blocks that are done, little-endian, and a last line with a checksum over all of it: nothing of a
 * file that a disk or a hand has changed is believed.
 */
import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { replaceFile, syncFolder } from "../../files/durable_file.ts";
import { describe, lookAt } from "../../files/file_kind.ts";
import { readWhole } from "../../files/open_file.ts";

const FILE = "checkpoint";
const VERSION = 1;
/** The last line: this word and eight hexadecimal digits. */
const SEAL = "checksum ";
const SEAL_BYTES = SEAL.length + 8 + 1;

export interface Checkpoint {
  /**
   * What the blocks belong to. A JSON object of named parts (`planFingerprint`) lets a refusal name what changed;
   * any other string works too.
   */
  readonly fingerprint: string;
  readonly blocks: number;
  /** One byte per block, not 0 when the block's bytes are on disk. Length is `blocks`. */
  readonly done: Uint8Array;
  /** One byte per block, not 0 when `extra` tells something of it; absent: of none. */
  readonly noted?: Uint8Array;
  /** The same number for each block, in the order of blocks; those of blocks that are not done are not kept. */
  readonly checksums?: BigInt64Array;
  /** Anything else the runner wants back: JSON. */
  readonly extra?: unknown;
}

/** Writes the checkpoint durably. The caller has synced the output of all `done` blocks before. */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const { fingerprint, blocks, done, noted = new Uint8Array(blocks), extra } = checkpoint;
  const checksums = checkpoint.checksums ?? new BigInt64Array();
  const perBlock = blocks === 0 ? 0 : checksums.length / blocks;
  const head = { seisproc: VERSION, fingerprint, blocks, checksums: perBlock, extra };
  const parts = [
    new TextEncoder().encode(JSON.stringify(head) + "\n"),
    packBits(done, blocks),
    packBits(noted, blocks),
    bytesOf(ofDone(checksums, done, perBlock)),
  ];
  const crc = parts.reduce((sum, part) => crc32(part, sum), 0);
  replaceFile(path.join(folder, FILE), [...parts, new TextEncoder().encode(sealOf(crc))]);
}

function sealOf(crc: number): string {
  return `${SEAL}${crc.toString(16).padStart(8, "0")}\n`;
}

/**
 * Reads the checkpoint of a job folder; undefined when there is none.
 * @throws job-damaged, job-newer
 */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const job = path.basename(folder);
  const bytes = readIfThere(job, path.join(folder, FILE));
  if (bytes === undefined) return undefined;
  const body = bytes.subarray(0, Math.max(0, bytes.length - SEAL_BYTES));
  const line = body.indexOf(10);
  const text = new TextDecoder().decode(bytes.subarray(0, Math.max(0, bytes.indexOf(10))));
  requireSeal(job, bytes, parseObject(text));
  const head = parseHead(job, parseObject(text));
  return parseBody(job, head, body.subarray(line + 1));
}

/** A version that seals its files in another way is known by its head alone. */
function requireSeal(job: string, bytes: Uint8Array, head: Record<string, unknown> | undefined): void {
  const seal = new TextDecoder().decode(bytes.subarray(-SEAL_BYTES));
  const expected = sealOf(crc32(bytes.subarray(0, -SEAL_BYTES)));
  if (seal === expected) return;
  const version = head?.seisproc;
  if (!seal.startsWith(SEAL) && typeof version === "number" && version > VERSION) throw newer(job, version);
  throw damaged(job, `the ${expected.trim()}`, "another");
}

function parseBody(job: string, head: Head, body: Uint8Array): Checkpoint {
  const { fingerprint, blocks, perBlock, extra } = head;
  const bitBytes = Math.ceil(blocks / 8);
  const done = unpackBits(body.subarray(0, bitBytes), blocks);
  const noted = unpackBits(body.subarray(bitBytes, 2 * bitBytes), blocks);
  const kept = done.reduce((sum, one) => sum + one, 0) * perBlock;
  if (body.length !== 2 * bitBytes + 8 * kept) {
    throw damaged(job, `${2 * bitBytes + 8 * kept} bytes of blocks`, `${body.length}`);
  }
  const sums = new BigInt64Array(new Uint8Array(body.subarray(2 * bitBytes)).buffer);
  return {
    fingerprint,
    blocks,
    done,
    ...(noted.some((one) => one !== 0) && { noted }),
    ...(perBlock > 0 && { checksums: atBlocks(sums, done, perBlock) }),
    extra,
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
  if (lookAt(file) === undefined) return;
  fs.rmSync(file, { recursive: true, force: true });
  syncFolder(folder);
}

function readIfThere(job: string, file: string): Uint8Array | undefined {
  const stat = lookAt(file);
  if (stat === undefined) return undefined;
  if (!stat.isFile()) throw damaged(job, "a file", describe(stat));
  return readWhole(file, "a checkpoint");
}

interface Head {
  readonly fingerprint: string;
  readonly blocks: number;
  /** Checksums of a block. */
  readonly perBlock: number;
  readonly extra: unknown;
}

function parseHead(job: string, head: Record<string, unknown> | undefined): Head {
  if (head === undefined) throw damaged(job, "a line of JSON", "none");
  const { seisproc, fingerprint, blocks, checksums, extra } = head;
  if (typeof seisproc === "number" && seisproc > VERSION) throw newer(job, seisproc);
  if (typeof fingerprint !== "string" || !isCount(blocks) || !isCount(checksums)) {
    throw damaged(job, "fingerprint, blocks and checksums", Object.keys(head).join(", "));
  }
  return { fingerprint, blocks, perBlock: checksums, extra };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
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

function ofDone(checksums: BigInt64Array, done: Uint8Array, perBlock: number): BigInt64Array {
  return checksums.filter((_, i) => done[Math.floor(i / perBlock)] !== 0);
}

/** Each at the place of its block, zero for blocks that are not done. */
function atBlocks(sums: BigInt64Array, done: Uint8Array, perBlock: number): BigInt64Array {
  const placed = new BigInt64Array(done.length * perBlock);
  let next = 0;
  done.forEach((one, block) => {
    if (one === 0) return;
    placed.set(sums.subarray(next, next + perBlock), block * perBlock);
    next += perBlock;
  });
  return placed;
}

function bytesOf(sums: BigInt64Array): Uint8Array {
  return new Uint8Array(sums.buffer, sums.byteOffset, sums.byteLength);
}
