import fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  checkpointForPlan,
  readCheckpoint,
  writeCheckpoint,
} from "../../../sidecar/jobs/folder/checkpoint.ts";
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

test("a cut or a flipped checkpoint is damaged, one of a newer version is newer", () => {
  const file = path.join(folder, "checkpoint");
  writeCheckpoint(folder, { fingerprint: "f", blocks: 20, done: new Uint8Array(20).fill(1) });
  const bytes = fs.readFileSync(file);
  for (let length = 0; length < bytes.length; length++) {
    fs.writeFileSync(file, bytes.subarray(0, length));
    expect(() => readCheckpoint(folder)).toThrow(/Cannot read the checkpoint/);
  }
  bytes[bytes.length - 2] ^= 4;
  fs.writeFileSync(file, bytes);
  expect(() => readCheckpoint(folder)).toThrow(/checksum/);
  fs.writeFileSync(file, '{"seisproc":2}\n');
  expect(() => readCheckpoint(folder)).toThrow(/expected version 1, found 2/);
});

test("no temporary file stays behind", () => {
  expect(fs.readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
