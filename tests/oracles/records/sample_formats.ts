/** Oracle: one sample of each format from and to its big-endian bytes, in f64. */
import { ibmToNumber, numberToIbm } from "../../../src/shared/seismic/ibm_float.ts";

/** The value of the sample at `offset`, not yet rounded to float32. */
export function decodeSample(code: number, view: DataView, offset: number): number {
  switch (code) {
    case 1:
      return ibmToNumber(view.getUint32(offset));
    case 2:
      return view.getInt32(offset);
    case 3:
      return view.getInt16(offset);
    case 4:
      return view.getInt16(offset + 2) * 2 ** view.getUint8(offset + 1);
    case 5:
      return view.getFloat32(offset);
    case 6:
      return view.getFloat64(offset);
    case 7:
      return view.getInt8(offset) * 65536 + view.getUint16(offset + 1);
    case 8:
      return view.getInt8(offset);
    case 9:
      return Number(view.getBigInt64(offset));
    case 10:
      return view.getUint32(offset);
    case 11:
      return view.getUint16(offset);
    case 12:
      return Number(view.getBigUint64(offset));
    case 15:
      return view.getUint8(offset) * 65536 + view.getUint16(offset + 1);
    case 16:
      return view.getUint8(offset);
    default:
      throw new Error(`no sample format ${code}`);
  }
}

/** What a sample becomes in a format that can be written: its value after the rounding. */
export function encodedValue(format: "ieee" | "ibm" | "int32" | "int16" | "int8", value: number): number {
  if (format === "ieee") return value;
  if (format === "ibm") return ibmToNumber(numberToIbm(value));
  const limit = { int32: 2 ** 31, int16: 2 ** 15, int8: 2 ** 7 }[format];
  return Math.max(-limit, Math.min(limit - 1, roundHalfToEven(value)));
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
