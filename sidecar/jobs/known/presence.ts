/** Which managers live on a workspace: each holds a lock on its own file for as long as its process lives. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { refusal } from "../../../src/shared/errors.ts";
import { isRecord } from "../../../src/shared/is_record.ts";
import { isString } from "../../../src/shared/job/parse.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { isDiskFull } from "../../files/file_errors.ts";
import { FileLock, isLocked } from "../../files/file_lock.ts";
import type { Workspace } from "../folder/workspace.ts";

/** A desktop takes over queued jobs of managers that died and jobs that others resume; a run minds its own. */
export type ManagerRole = "desktop" | "run";

export class Presence {
  readonly #file: string;
  /** Undefined on a volume so full that it takes no empty file: then nobody sees this manager. */
  readonly #lock: FileLock | undefined;

  constructor(readonly workspace: Workspace, readonly role: ManagerRole, readonly id = newManagerId()) {
    this.#file = managerFile(workspace, id);
    this.#lock = takeNow(this.#file);
    tellRole(this.#lock, role);
  }

  isAlive(manager: string | null): boolean {
    if (manager === this.id) return true;
    return manager !== null && isManagerId(manager) && isLocked(managerFile(this.workspace, manager));
  }

  /** Another living desktop, if any. */
  otherDesktop(): string | undefined {
    return managersOf(this.workspace).find((id) =>
      id !== this.id && roleOf(this.workspace, id) === "desktop" && this.isAlive(id)
    );
  }

  /** Removes files of managers that died. */
  cleanUp(): void {
    for (const id of managersOf(this.workspace)) {
      if (id === this.id) continue;
      const lock = FileLock.tryTake(managerFile(this.workspace, id));
      if (lock === undefined) continue;
      fs.rmSync(managerFile(this.workspace, id), { force: true });
      lock.release();
    }
  }

  close(): void {
    fs.rmSync(this.#file, { force: true });
    this.#lock?.release();
  }
}

/** Others may look at a new file for an instant, so one refusal means nothing. */
function takeNow(file: string): FileLock | undefined {
  for (let tries = 0; tries < 1000; tries++) {
    try {
      const lock = FileLock.tryTake(file);
      if (lock !== undefined) return lock;
    } catch (error) {
      if (isDiskFull(error)) return undefined;
      throw error;
    }
  }
  const said = {
    cannot: "use the workspace",
    expected: `to lock ${file}`,
    found: "it locked",
    advice: "put the workspace on another volume",
  };
  const fields = { folder: path.dirname(file), reason: "files cannot be locked" };
  throw refusal("workspace-unusable", said, fields);
}

/** A full disk must not stand in the way of what makes room: the lock holds without its words. */
function tellRole(lock: FileLock | undefined, role: ManagerRole): void {
  try {
    lock?.tell({ role });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

function newManagerId(): string {
  return crypto.randomBytes(6).toString("hex");
}

function isManagerId(id: string): boolean {
  return /^[0-9a-f]{12}$/.test(id);
}

function managerFile(workspace: Workspace, id: string): string {
  return path.join(workspace.managers, `${id}.lock`);
}

function managersOf(workspace: Workspace): string[] {
  const names = fs.readdirSync(workspace.managers);
  return names.map((name) => name.replace(/\.lock$/, "")).filter(isManagerId);
}

function roleOf(workspace: Workspace, id: string): ManagerRole | undefined {
  try {
    const said = parseLine(fs.readFileSync(managerFile(workspace, id), "utf8"));
    if (!isRecord(said) || !isString(said.role)) return undefined;
    return said.role === "desktop" ? "desktop" : "run";
  } catch {
    return undefined;
  }
}
