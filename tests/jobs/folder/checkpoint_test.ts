/** Checkpoints: what is written is read again, and damage is told. */
import fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import {
  checkpointForPlan,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from "../../../sidecar/jobs/folder/checkpoint.ts";
import { hasTag } from "../../../src/shared/errors.ts";
import { planFingerprint } from "../../../sidecar/flow/plan_fingerprint.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const folder = temporaryFolder("checkpoint");

test("what is written is read again, for any set of finished blocks", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 70 }), fc.string(), (blocks, fingerprint) => {
      const done = Uint8Array.from(blocks, Number);
      writeCheckpoint(folder, { fingerprint, blocks: done.length, done, extra: { crs: [1, 2] } });
      expect(readCheckpoint(folder)).toEqual({
        fingerprint,
        blocks: done.length,
        done,
        extra: { crs: [1, 2] },
      });
    }),
    { numRuns: 30 },
  );
});

test("checksums and marks of notes come back at their blocks, of finished blocks only", () => {
  const blocks = fc.array(
    fc.record({
      done: fc.boolean(),
      noted: fc.boolean(),
      sums: fc.array(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(blocks, (list) => {
      const done = Uint8Array.from(list, (one) => Number(one.done));
      const noted = Uint8Array.from(list, (one) => Number(one.noted));
      const checksums = BigInt64Array.from(list.flatMap((one) => one.sums));
      writeCheckpoint(folder, { fingerprint: "f", blocks: list.length, done, noted, checksums });
      const found = readCheckpoint(folder);
      expect(found?.noted ?? new Uint8Array(list.length)).toEqual(noted);
      expect(found?.checksums).toEqual(checksums.map((sum, i) => done[i >> 1] ? sum : 0n));
    }),
    { numRuns: 30 },
  );
});

test("a folder without a checkpoint starts from the beginning", () => {
  const empty = path.join(folder, "empty");
  fs.mkdirSync(empty);
  expect(readCheckpoint(empty)).toBeUndefined();
});

test("a plan with another fingerprint is refused and the changed part is named", () => {
  const plan = { "input size": 100, "flow": "a" };
  writeCheckpoint(folder, { fingerprint: planFingerprint(plan), blocks: 3, done: new Uint8Array(3) });
  expect(checkpointForPlan(folder, { fingerprint: planFingerprint(plan), blocks: 3 })?.blocks).toBe(3);
  const changed = { fingerprint: planFingerprint({ ...plan, "input size": 99 }), blocks: 3 };
  expect(() => checkpointForPlan(folder, changed)).toThrow(
    /found another input size: retry it from the beginning/,
  );
});

describe("a checkpoint that was damaged", () => {
  const file = path.join(folder, "checkpoint");
  let whole: Uint8Array;

  beforeEach(() => {
    const checksums = BigInt64Array.from({ length: 20 }, (_, i) => BigInt(i) << 40n);
    const done = Uint8Array.from({ length: 20 }, (_, i) => i % 3);
    writeCheckpoint(folder, {
      fingerprint: "f",
      blocks: 20,
      done,
      noted: done,
      checksums,
      extra: { a: "é" },
    });
    whole = fs.readFileSync(file);
  });

  test("is known at every length", () => {
    for (let length = 0; length < whole.length; length++) {
      fs.writeFileSync(file, whole.subarray(0, length));
      expect(() => readCheckpoint(folder), `${length}`).toThrow(/Cannot read the checkpoint.*retry it/);
    }
  });

  test("is known at every bit, also where another version would be read", () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = Uint8Array.from(whole);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      fs.writeFileSync(file, flipped);
      const error = thrownBy(() => readCheckpoint(folder));
      expect([bit, hasTag(error, "job-damaged")]).toEqual([bit, true]);
    }
  });

  test("is known when zeros, other bytes or more bytes took its place", () => {
    const others = [
      new Uint8Array(whole.length),
      Uint8Array.from(whole, (byte) => byte ^ 0xff),
      Uint8Array.from([...whole, 10]),
      Uint8Array.from([...whole, ...whole]),
    ];
    for (const other of others) {
      fs.writeFileSync(file, other);
      expect(() => readCheckpoint(folder)).toThrow(/Cannot read the checkpoint/);
    }
    fs.rmSync(file);
    fs.mkdirSync(file);
    expect(() => readCheckpoint(folder)).toThrow(/found a folder/);
    removeCheckpoint(folder);
    expect(readCheckpoint(folder)).toBeUndefined();
  });
});

test("a checkpoint of a newer version is newer", () => {
  fs.writeFileSync(path.join(folder, "checkpoint"), '{"seisproc":2}\n');
  expect(() => readCheckpoint(folder)).toThrow(/expected version 1, found 2/);
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("no temporary file stays behind", () => {
  expect(fs.readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
