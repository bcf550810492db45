/** Which process of which machine did something: told in locks and temporary names, since folders may be shared. */
import crypto from "node:crypto";
import os from "node:os";
import process from "node:process";

export interface HostProcess {
  readonly host: string;
  readonly pid: number;
}

/** Where the system does not tell its name: then nobody is known to be of this machine. */
const UNKNOWN = "unknown";

export function thisProcess(): HostProcess {
  return { host: hostName(), pid: process.pid };
}

/** True when a process is one of this machine, so that its id means something here. */
export function isOfThisHost({ host }: Pick<HostProcess, "host">): boolean {
  return host !== UNKNOWN && host === hostName();
}

/** A name beside `file` that no other process of any machine gives: `<file>.<host>.<pid>.<random>.tmp`. */
export function temporaryName(file: string): string {
  const { host, pid } = thisProcess();
  return `${file}.${host}.${pid}.${crypto.randomBytes(3).toString("hex")}.tmp`;
}

let known: string | undefined;

/** As part of a file's name: of a name with a domain the first word, of odd letters a minus. */
function hostName(): string {
  known ??= (systemName().split(".")[0].replace(/[^\w-]/g, "-").slice(0, 40) || UNKNOWN).toLowerCase();
  return known;
}

function systemName(): string {
  try {
    return os.hostname();
  } catch {
    return "";
  }
}
