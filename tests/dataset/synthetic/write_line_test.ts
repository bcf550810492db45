/** The synthetic line: its headers, its events, and that it is always the same. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSyntheticLine } from "../../../sidecar/dataset/synthetic/write_line.ts";
import { REFLECTORS, rmsVelocityMps, type SyntheticLine } from "../../../sidecar/dataset/synthetic/line.ts";
import { HeaderRecords } from "../../../sidecar/traces/header_records.ts";
import { ibmToNumber } from "../../../src/shared/seismic/ibm_float.ts";
import { STANDARD_WORDS } from "../../../src/shared/seismic/trace_header.ts";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc synthetic "));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const LINE: SyntheticLine = {
  shots: 12,
  channels: 24,
  samplesPerTrace: 751,
  intervalUs: 4000,
  format: "ieee",
  seed: 3,
};

function write(line: SyntheticLine): DataView {
  const file = path.join(folder, "line.sgy");
  writeSyntheticLine(file, line);
  const bytes = fs.readFileSync(file);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function samplesOf(view: DataView, line: SyntheticLine, trace: number): Float64Array {
  const at = 3600 + trace * (240 + 4 * line.samplesPerTrace) + 240;
  return Float64Array.from(
    { length: line.samplesPerTrace },
    (_, i) => line.format === "ibm" ? ibmToNumber(view.getUint32(at + 4 * i)) : view.getFloat32(at + 4 * i),
  );
}

function headersOf(view: DataView, line: SyntheticLine, trace: number): HeaderRecords {
  const at = view.byteOffset + 3600 + trace * (240 + 4 * line.samplesPerTrace);
  return new HeaderRecords(new Uint8Array(view.buffer, at, 240), 240, STANDARD_WORDS);
}

test("the file has its full length and its binary header says so", () => {
  const view = write(LINE);
  expect(view.byteLength).toBe(3600 + 288 * (240 + 4 * 751));
  expect([view.getInt16(3216), view.getInt16(3220), view.getInt16(3224)]).toEqual([4000, 751, 5]);
});

test("the text header is EBCDIC and describes the line", () => {
  const view = write(LINE);
  const text = new Uint8Array(view.buffer, view.byteOffset, 3200);
  expect([text[0], text[1], text[2]]).toEqual([0xc3, 0x40, 0xf1]);
  expect(text.every((byte) => byte >= 0x40)).toBe(true);
});

test("reflections peak at the hyperbolic times of v(z)", () => {
  const view = write(LINE);
  for (const channel of [0, 23]) {
    const trace = samplesOf(view, LINE, 24 + channel);
    for (const { part, strength } of REFLECTORS) {
      const t0 = part * 751 * 0.004;
      const time = Math.hypot(t0, (100 + 25 * channel) / rmsVelocityMps(t0));
      expect(trace[Math.round(time / 0.004)] * Math.sign(strength)).toBeGreaterThan(0.5 * Math.abs(strength));
    }
  }
});

test("noise is 5 percent and differs from trace to trace", () => {
  const view = write(LINE);
  const first = samplesOf(view, LINE, 0).subarray(0, 50), second = samplesOf(view, LINE, 24).subarray(0, 50);
  expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(0.05);
  expect(Math.max(...first.map(Math.abs))).toBeGreaterThan(0.03);
  expect(first).not.toEqual(second);
});

test("midpoint, offset and cdp agree in every trace", () => {
  const view = write(LINE);
  const cdps = new Map<number, number[]>();
  for (let trace = 0; trace < 288; trace++) {
    const headers = headersOf(view, LINE, trace);
    const value = (name: string) => headers.scaled(0, headers.word(name));
    expect(value("sx") - value("gx")).toBe(value("offset"));
    const midpoint = (value("sx") + value("gx")) / 2;
    expect(midpoint - 12.5 * value("cdp")).toBe(5000 - 100 / 2 - 12.5 * 24);
    cdps.set(value("cdp"), [...cdps.get(value("cdp")) ?? [], value("cdpt")]);
  }
  expect(Math.min(...cdps.keys())).toBe(1);
  for (const numbers of cdps.values()) expect(new Set(numbers).size).toBe(numbers.length);
});

test("IBM samples are the IEEE samples to 21 bits", () => {
  const ieee = samplesOf(write(LINE), LINE, 30);
  const ibmLine: SyntheticLine = { ...LINE, format: "ibm" };
  const ibm = samplesOf(write(ibmLine), ibmLine, 30);
  for (let i = 0; i < ieee.length; i++) {
    expect(Math.abs(ibm[i] - ieee[i])).toBeLessThanOrEqual(2 ** -21 * Math.abs(ieee[i]));
  }
});

test("the same seed gives the same bytes, another seed others", () => {
  const first = samplesOf(write(LINE), LINE, 5);
  expect(samplesOf(write(LINE), LINE, 5)).toEqual(first);
  expect(samplesOf(write({ ...LINE, seed: 4 }), LINE, 5)).not.toEqual(first);
});

test("more samples than revision 1 holds are refused", () => {
  expect(() => write({ ...LINE, samplesPerTrace: 40_000 })).toThrow("expected 1 to 32767 samples");
});

test("RMS velocities are those of v(z) = 1700 + 0.5 z, as tabulated for the reference line", () => {
  const table = [[0.3, 1766], [0.9, 1910], [2, 2228], [3, 2590]];
  for (const [seconds, velocity] of table) expect(Math.round(rmsVelocityMps(seconds))).toBe(velocity);
});
