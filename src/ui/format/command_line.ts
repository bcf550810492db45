/** What a job was asked, as lines that a POSIX shell runs: the same work from the command line. */
import type { JobRequest } from "../../shared/job/job.ts";
import { forcedText, mappingForm, type Reading } from "../../shared/seismic/reading.ts";

const PROGRAM = "npx seisproc";
const END = "END_OF_FLOW";

export function commandLineOf({ name, work }: JobRequest): string {
  const workers = work.options.workers === undefined ? "" : ` --workers ${work.options.workers}`;
  switch (work.kind) {
    case "flow": {
      const file = quoted(`${name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, "_").trim() || "flow"}.json`);
      const skip = work.onError === "skip" ? " --on-error skip" : "";
      const document = JSON.stringify(work.flow, null, 2);
      return `cat > ${file} <<'${END}'\n${document}\n${END}\n${PROGRAM} run ${file}${workers}${skip}\n`;
    }
    case "header_scan":
      return `${PROGRAM} import ${quoted(work.input)} --to ${quoted(work.to)}${
        readingOf(work.read)
      }${workers}\n`;
  }
}

function readingOf(read: Reading): string {
  const forced = forcedText(read);
  const maps = (read.map ?? []).map((mapping) => ` --map ${quoted(mappingForm(mapping))}`);
  return (forced === "" ? "" : ` --read ${quoted(forced)}`) + maps.join("");
}

/** In single quotes unless it is plain; a quote inside ends them, stands alone, and begins them again. */
function quoted(text: string): string {
  return /^[\w./:=,+-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
