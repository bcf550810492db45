/** A line of the latest values, the newest at the right. */
import "./sparkline.css";

export interface SparklineProps {
  readonly values: readonly number[];
  /** The value at the top. */
  readonly most: number;
  /** How many values the width holds. */
  readonly slots: number;
  readonly label: string;
}

export function Sparkline({ values, most, slots, label }: SparklineProps) {
  const first = slots - values.length;
  const points = values.map((value, i) =>
    `${first + i},${(100 - Math.min(1, value / most) * 100).toFixed(1)}`
  );
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${slots} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {points.length > 1 && (
        <>
          <path class="sparkline-area" d={`M${first},100 L${points.join(" ")} L${slots - 1},100 Z`} />
          <polyline class="sparkline-line" points={points.join(" ")} />
        </>
      )}
    </svg>
  );
}
