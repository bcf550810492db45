/** How a survey lies, as lines of a scan: name and text. */
import type { ScanReport } from "../../src/shared/seismic/scan_report.ts";
import type {
  Coverage,
  GridGeometry,
  LineGeometry,
  NumberRange,
} from "../../src/shared/seismic/survey_geometry.ts";

type Line = readonly [name: string, text: string];

/** None where no word numbers bins. */
export function geometryLines({ geometry, lengthUnit }: ScanReport): Line[] {
  if (!geometry) return [];
  const unit = lengthUnit === "unknown" ? "" : ` ${lengthUnit}`;
  return geometry.kind === "grid" ? gridLines(geometry, unit) : lineLines(geometry, unit);
}

function gridLines(grid: GridGeometry, unit: string): Line[] {
  const { inlines, crosslines, place } = grid;
  const lines: Line[] = [
    ["inlines", ranged(inlines, place && `${tidy(place.inlineSpacing)}${unit} apart`)],
    ["crosslines", ranged(crosslines, place && `${tidy(place.crosslineSpacing)}${unit} apart`)],
  ];
  if (place) {
    const by = place.from === "cdp" ? "coordinates of the bins" : "midpoints";
    lines.push(["azimuth", `${tidy(place.inlineAzimuthDeg)} degrees from north along an inline, by ${by}`]);
    for (const { iline, xline, x, y } of place.corners) {
      lines.push(["corner", `inline ${iline}, crossline ${xline}: ${tidy(x)}, ${tidy(y)}`]);
    }
    lines.push(["residual", `${tidy(place.residual)}${unit} from a regular grid (root mean square)`]);
  }
  return [...lines, ...coverageLines(grid)];
}

function lineLines(line: LineGeometry, unit: string): Line[] {
  const { word, numbers, place } = line;
  const lines: Line[] = [[word, ranged(numbers, undefined)]];
  if (place) {
    const by = place.from === "cdp" ? "bins" : "midpoints";
    lines.push(["line", `${tidy(place.length)}${unit} long, ${by} ${tidy(place.spacing)}${unit} apart`]);
  }
  return [...lines, ...coverageLines(line)];
}

function coverageLines({ fold, missing, doubles }: Coverage): Line[] {
  const twice = doubles === undefined ? "doubles not counted" : `${doubles} double`;
  return [
    [
      "fold",
      fold.min === fold.max ? `${fold.min}` : `${fold.min} to ${fold.max}, ${tidy(fold.mean)} in the mean`,
    ],
    ["bins", `${missing} without a trace; traces: ${twice}`],
  ];
}

function ranged({ first, last, step }: NumberRange, more: string | undefined): string {
  return `${first} to ${last}${step === 1 ? "" : ` in steps of ${step}`}${more ? `, ${more}` : ""}`;
}

function tidy(value: number): string {
  return String(Number(value.toFixed(2)));
}
