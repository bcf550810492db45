/** Another program's reader of SEG-Y, Debian's python3-segyio, where it is installed. */
import { spawnSync } from "node:child_process";

const PYTHON = "/usr/bin/python3";

let installed: boolean | undefined;

/** True when segyio can be used; says so once when not, since tests are then skipped. */
export function hasSegyio(): boolean {
  if (installed === undefined) {
    installed = spawnSync(PYTHON, ["-c", "import segyio"]).status === 0;
    if (!installed) console.warn("skipped: python3-segyio is not installed");
  }
  return installed;
}

export interface SegyioSummary {
  readonly traces: number;
  readonly samples: number;
  readonly interval: number;
  readonly format: number;
  readonly cdp: readonly number[];
  /** Sum of the absolute samples of each trace. */
  readonly sums: readonly number[];
}

const PROGRAM = `
import json, sys, segyio
with segyio.open(sys.argv[1], ignore_geometry=True) as f:
    print(json.dumps({
        "traces": f.tracecount, "samples": len(f.samples), "interval": f.bin[3217], "format": f.bin[3225],
        "cdp": [int(x) for x in f.attributes(21)[:]],
        "sums": [float(abs(f.trace[i]).sum()) for i in range(f.tracecount)],
    }))
`;

export function segyioSummary(file: string): SegyioSummary {
  const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", PROGRAM, file], { encoding: "utf8" });
  if (status !== 0) throw new Error(`segyio cannot read ${file}: ${stderr}`);
  return JSON.parse(stdout);
}
