/**
 * Whether a hang-up of the terminal is to be ignored, as after `nohup`. Node takes signals back that its parent had
 * ignored, so this is told by what `nohup` leaves behind: the name of the program in `_`, standard input that can only be written,
 * or a parent that ignores hang-ups itself.
 */
import fs from "node:fs";

const SIGHUP_BIT = 1;
const WRITE_ONLY = 1;

/** @param {Record<string, string | undefined>} environment */
export function ignoresHangUp(environment) {
  if (process.platform === "win32") return false;
  return /(^|\/)nohup$/.test(environment._ ?? "") || inputIsWriteOnly() || parentIgnores();
}

/** `nohup` at a terminal opens /dev/null so that nothing can be read from it. */
function inputIsWriteOnly() {
  const flags = /^flags:\s*([0-7]+)$/m.exec(read("/proc/self/fdinfo/0"))?.[1];
  return flags !== undefined && (parseInt(flags, 8) & 3) === WRITE_ONLY;
}

function parentIgnores() {
  const ignored = /^SigIgn:\s*[0-9a-f]*([0-9a-f])$/m.exec(read(`/proc/${process.ppid}/status`))?.[1];
  return ignored !== undefined && (parseInt(ignored, 16) & SIGHUP_BIT) === SIGHUP_BIT;
}

/** Empty where the platform does not tell. */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
