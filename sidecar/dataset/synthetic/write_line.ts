/**
 * A synthetic prestack 2D line as SEG-Y revision 1, for `seisproc demo`, tests and benchmarks.
 *
 * Marine-like end-on spread: the source moves up by one group interval a shot and tows the receivers behind it. Flat
 * reflectors in v(z) = 1700 + 0.5 z m/s, so moveout is the same in every shot: the clean gather is computed once, and
 * each trace adds its own noise.
 */
import fs from "node:fs";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { nyquistHz } from "../../../src/shared/units.ts";
import { numberToIbm } from "../../../src/shared/seismic/ibm_float.ts";
import { STANDARD_WORDS, TRACE_HEADER_BYTES } from "../../../src/shared/seismic/trace_header.ts";
import { temporaryName } from "../../files/host_process.ts";
import { createFile } from "../../files/open_file.ts";
import { writeAll } from "../../files/write_all.ts";
import { writeWord } from "../../traces/header_records.ts";
import { syntheticFileHeaders } from "./file_headers.ts";
import {
  GROUP_INTERVAL_M,
  NEAR_OFFSET_M,
  NOISE_LEVEL,
  REFLECTORS,
  rmsVelocityMps,
  type SyntheticLine,
} from "./line.ts";

const FIRST_SOURCE_M = 5000;
const PEAK_HZ = 30;
const PORTION_BYTES = 4 << 20;

/**
 * Writes the line to `path` (through a temporary file beside it) in shot order, in portions, with flat memory.
 * `onProgress` gets the traces done. The same line and seed give the same bytes everywhere.
 */
export function writeSyntheticLine(
  path: string,
  line: SyntheticLine,
  onProgress: (traces: number, total: number) => void = () => {},
): void {
  checkLine(line);
  const partial = temporaryName(path);
  const fd = createFile(partial);
  try {
    writeTraces(fd, line, onProgress);
    fs.renameSync(partial, path);
  } finally {
    fs.closeSync(fd);
    fs.rmSync(partial, { force: true });
  }
}

function checkLine(line: SyntheticLine): void {
  const { samplesPerTrace, intervalUs } = line;
  if (samplesPerTrace >= 1 && samplesPerTrace <= 32767 && intervalUs >= 1 && intervalUs <= 32767) return;
  const found = `${samplesPerTrace} samples at ${intervalUs} us`;
  const message =
    `Cannot write a synthetic line: expected 1 to 32767 samples and microseconds (revision 1), found ${found}`;
  throw new SeisProcError("usage", message, {});
}

function writeTraces(
  fd: number,
  line: SyntheticLine,
  onProgress: (traces: number, total: number) => void,
): void {
  const total = line.shots * line.channels;
  const traceBytes = TRACE_HEADER_BYTES + 4 * line.samplesPerTrace;
  const portion = Math.max(1, Math.floor(PORTION_BYTES / traceBytes));
  const bytes = new Uint8Array(portion * traceBytes);
  const clean = cleanGather(line);
  const headers = syntheticFileHeaders(line);
  writeAll(fd, headers, 0);
  for (let first = 0; first < total; first += portion) {
    const count = Math.min(portion, total - first);
    for (let k = 0; k < count; k++) {
      fillHeader(new DataView(bytes.buffer, k * traceBytes, TRACE_HEADER_BYTES), line, first + k);
      fillSamples(new Int32Array(bytes.buffer, k * traceBytes + TRACE_HEADER_BYTES), line, first + k, clean);
    }
    writeAll(fd, bytes.subarray(0, count * traceBytes), headers.length + first * traceBytes);
    onProgress(first + count, total);
  }
}

/** Noise-free traces of one shot, `[channel][sample]`. */
function cleanGather({ channels, samplesPerTrace, intervalUs }: SyntheticLine): Float32Array {
  const gather = new Float32Array(channels * samplesPerTrace);
  const dt = intervalUs * 1e-6;
  const peakHz = Math.min(PEAK_HZ, nyquistHz(intervalUs) / 4);
  for (let channel = 0; channel < channels; channel++) {
    const trace = gather.subarray(channel * samplesPerTrace, (channel + 1) * samplesPerTrace);
    for (const { part, strength } of REFLECTORS) {
      const t0 = part * samplesPerTrace * dt;
      const moveout = offsetM(channel) / rmsVelocityMps(t0);
      addRicker(trace, Math.hypot(t0, moveout), strength, peakHz, dt);
    }
  }
  return gather;
}

/** Ricker wavelet (1 - 2 a) exp(-a), a = (pi f t)^2; below 1e-10 beyond |t| = 1.7 / f. */
function addRicker(trace: Float32Array, time: number, strength: number, peakHz: number, dt: number): void {
  const reach = 1.7 / peakHz;
  const end = Math.min(trace.length - 1, Math.floor((time + reach) / dt));
  for (let i = Math.max(0, Math.ceil((time - reach) / dt)); i <= end; i++) {
    const a = (Math.PI * peakHz * (i * dt - time)) ** 2;
    trace[i] += strength * (1 - 2 * a) * Math.exp(-a);
  }
}

function offsetM(channel: number): number {
  return NEAR_OFFSET_M + channel * GROUP_INTERVAL_M;
}

const WORD_NAMES =
  "tracl tracr fldr tracf ep cdp cdpt trid nvs nhs duse offset scalel scalco sx gx counit delrt ns dt"
    .split(" ");
const WORDS = WORD_NAMES.map((name) => {
  const word = STANDARD_WORDS.find(name);
  if (!word) throw new SeisProcError("internal", `Internal error: no header word ${name}`, {});
  return word;
});

function fillHeader(view: DataView, line: SyntheticLine, trace: number): void {
  const shot = Math.floor(trace / line.channels);
  const channel = trace % line.channels;
  const sourceM = FIRST_SOURCE_M + shot * GROUP_INTERVAL_M;
  const cdp = 2 * shot + (line.channels - channel);
  // Channels of one cdp in two shots differ by two, so the n-th trace of a cdp comes from n - 1 shots earlier.
  const cdpt = Math.floor(channel / 2) + 1;
  const values = [
    trace + 1,
    trace + 1,
    shot + 1,
    channel + 1,
    shot + 1,
    cdp,
    cdpt,
    1,
    1,
    1,
    1,
    offsetM(channel),
    1,
    -10,
    sourceM * 10,
    (sourceM - offsetM(channel)) * 10,
    1,
    0,
    line.samplesPerTrace,
    line.intervalUs,
  ];
  for (let i = 0; i < WORDS.length; i++) writeWord(view, WORDS[i].byte - 1, WORDS[i], values[i]);
}

const floatBox = new Float32Array(1);
const bitBox = new Int32Array(floatBox.buffer);

/** Clean trace plus uniform noise (xorshift32, a stream of its own for each trace) as big-endian samples. */
function fillSamples(out: Int32Array, line: SyntheticLine, trace: number, clean: Float32Array): void {
  const { samplesPerTrace, channels, seed } = line;
  const start = (trace % channels) * samplesPerTrace;
  const ibm = line.format === "ibm";
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(trace + 1, 0x85ebca6b)) | 1;
  for (let i = 0; i < samplesPerTrace; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    floatBox[0] = clean[start + i] + state * (NOISE_LEVEL / 0x80000000);
    out[i] = swapBytes(ibm ? numberToIbm(floatBox[0]) : bitBox[0]);
  }
}

function swapBytes(bits: number): number {
  return (bits << 24) | ((bits & 0xff00) << 8) | ((bits >>> 8) & 0xff00) | (bits >>> 24);
}
