/** The reference line: 960 traces of 751 samples at 4 ms in shot order, read by hand from its SEG-Y file. */
import fs from "node:fs";
import { sharedFile } from "./shared_data.ts";
import { type Gather, gather, setWord } from "./test_steps.ts";

const SAMPLES = 751;
const FILE_HEADER_BYTES = 3600;
const TRACE_BYTES = 240 + SAMPLES * 4;

/** Its first traces with cdp and offset in their headers. */
export function referenceInput(traces: number): Gather {
  const bytes = fs.readFileSync(sharedFile("reference", "input_small_ieee.sgy"));
  const line = gather(
    traces,
    SAMPLES,
    4000,
    (trace, i) => bytes.readFloatBE(FILE_HEADER_BYTES + trace * TRACE_BYTES + 240 + i * 4),
  );
  const rows = fs.readFileSync(sharedFile("reference", "input_headers.csv"), "utf8").trim().split("\n")
    .slice(1).map((row) => row.split(",").map(Number));
  setWord(line, "cdp", (trace) => rows[trace][3]);
  return setWord(line, "offset", (trace) => rows[trace][4]);
}
