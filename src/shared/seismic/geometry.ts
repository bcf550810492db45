/** Small rules of survey geometry and time that more than one part needs. */
import { applyScalar } from "./trace_header.ts";
import type { LengthUnit } from "./survey.ts";

/** Time of the first sample in milliseconds. */
export function delayMs(delrt: number, tscal: number): number {
  return applyScalar(delrt, tscal);
}

/** The unit of lengths by the measurement system code of the binary header. */
export function lengthUnitOf(mfeet: number): LengthUnit {
  if (mfeet === 1) return "m";
  return mfeet === 2 ? "ft" : "unknown";
}

export type AngleUnit = "arc seconds" | "decimal degrees" | "degrees, minutes and seconds";

/** Coordinate units (trace header bytes 89-90) that are no lengths, by their code. */
export const ANGLE_UNITS: ReadonlyMap<number, AngleUnit> = new Map([
  [2, "arc seconds"],
  [3, "decimal degrees"],
  [4, "degrees, minutes and seconds"],
]);

/** Degrees of a coordinate, its scalar applied; NaN where minutes or seconds are none. */
export function angleDegrees(value: number, unit: AngleUnit): number {
  if (unit === "decimal degrees") return value;
  if (unit === "arc seconds") return value / 3600;
  // DDDMMSS.ss
  const size = Math.abs(value);
  const degrees = Math.floor(size / 10_000), minutes = Math.floor(size / 100) % 100, seconds = size % 100;
  return minutes < 60 && seconds < 60 ? Math.sign(value) * (degrees + minutes / 60 + seconds / 3600) : NaN;
}
