/** A SEG-Y file that takes minutes to read through and no room on the disk: its traces are holes. */
import fs from "node:fs";
import { segyBytes } from "../segy/make_segy.ts";

const SAMPLES = 1500;
const TRACE_BYTES = 240 + 4 * SAMPLES;

/** The first gathers have `perGather` traces each with `fldr` from 1 on; behind them all headers are alike. */
export function makeLargeSurvey(file: string, { terabytes = 4, gathers = 3, perGather = 20 } = {}): string {
  const words = (trace: number) => [[9, 4, 1 + Math.floor(trace / perGather)], [21, 4, 7]] as const;
  fs.writeFileSync(file, segyBytes({ traces: gathers * perGather, samples: SAMPLES, words }));
  const traces = Math.floor(terabytes * 1e12 / TRACE_BYTES);
  fs.truncateSync(file, 3600 + traces * TRACE_BYTES);
  return file;
}
