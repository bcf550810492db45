/** The first 192 traces of the reference line: 751 samples at 4 ms, read from the SEG-Y file by hand. */
import fs from "node:fs";
import { sharedFile } from "../shared_data.ts";
import { type Gather, gather } from "../test_steps.ts";

const TRACES = 192, SAMPLES = 751;

export function referenceInput(): Gather {
  const bytes = fs.readFileSync(sharedFile("reference", "input_small_ieee.sgy"));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const at = (trace: number, sample: number) => 3600 + trace * (240 + SAMPLES * 4) + 240 + sample * 4;
  return gather(TRACES, SAMPLES, 4000, (trace, sample) => view.getFloat32(at(trace, sample)));
}
