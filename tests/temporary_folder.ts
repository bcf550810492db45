/** A folder that is empty at the start of a test file and gone after it. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

export function temporaryFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `seisproc ${name} é `));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
