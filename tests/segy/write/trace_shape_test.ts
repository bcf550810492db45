/** Number of samples and interval in every place of a trace header that has them, and nowhere else. */
import { expect, test } from "vitest";
import { encodeEbcdic } from "../../../sidecar/segy/format/ebcdic.ts";
import type { OutputLayout } from "../../../sidecar/segy/write/output_layout.ts";
import { setTraceShape } from "../../../sidecar/segy/write/trace_shape.ts";

const LAYOUT: OutputLayout = {
  kind: "segy",
  firstTrace: 3600,
  recordBytes: 720,
  traceBytes: 720 + 4 * 70_000,
  samplesPerTrace: 70_000,
  intervalUs: 31.25,
  totalBytes: 0,
  revision: { major: 2, minor: 1 },
};
const ASCII = new TextEncoder().encode("SEG00001");

function shaped(names: readonly (Uint8Array | undefined)[], changes: Partial<OutputLayout> = {}): DataView {
  const record = new Uint8Array(240 * (1 + names.length)).fill(0x55);
  names.forEach((name, i) => name && record.set(name, 240 * (i + 2) - 8));
  const view = new DataView(record.buffer);
  setTraceShape(record, view, { ...LAYOUT, ...changes });
  return view;
}

test.each([[ASCII, "ASCII"], [encodeEbcdic("SEG00001"), "EBCDIC"]])(
  "the header SEG00001 is known by its name, wherever it stands",
  (name) => {
    const first = shaped([name, undefined]), second = shaped([undefined, name]);
    expect([first.getUint32(376), first.getFloat64(384)]).toEqual([70_000, 31.25]);
    expect([second.getUint32(616), second.getFloat64(624)]).toEqual([70_000, 31.25]);
    expect(second.getUint32(376)).toBe(0x55555555);
    expect(first.getUint32(616)).toBe(0x55555555);
  },
);

test("private headers keep their bytes", () => {
  const view = shaped([new TextEncoder().encode("PRIVATE1"), undefined]);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(new Uint8Array(4).fill(0x55), 114);
  bytes.set(new Uint8Array(8).fill(0x55), 472);
  expect(bytes.every((byte) => byte === 0x55)).toBe(true);
});

test("16-bit words say what they can, and those of Seismic Unix reach farther", () => {
  const wide = shaped([]);
  expect([wide.getUint16(114), wide.getInt16(116)]).toEqual([0, 31]);
  const short = shaped([], { samplesPerTrace: 40_000, intervalUs: 50_000 });
  expect([short.getUint16(114), short.getInt16(116)]).toEqual([40_000, 0]);
  const su = shaped([], { kind: "su", samplesPerTrace: 40_000, intervalUs: 50_000 });
  expect([su.getUint16(114), su.getUint16(116)]).toEqual([40_000, 50_000]);
});
