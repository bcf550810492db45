/** A line of the latest values, the newest at the right, with limits as lines across. */
import "./sparkline.css";

export interface SparklineProps {
  readonly values: readonly number[];
  /** The value at the top. */
  readonly most: number;
  /** How many values the width holds. */
  readonly slots: number;
  readonly label: string;
  /** Values from which an alert speaks. */
  readonly limits?: readonly number[];
}

export function Sparkline({ values, most, slots, label, limits = [] }: SparklineProps) {
  const first = slots - values.length;
  const heightOf = (value: number) => (100 - Math.min(1, value / most) * 100).toFixed(1);
  const points = values.map((value, i) => `${first + i},${heightOf(value)}`);
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
      {limits.map((limit, i) => (
        <line
          key={limit}
          class={i === 0 ? "sparkline-limit" : "sparkline-limit is-critical"}
          x1={0}
          x2={slots}
          y1={heightOf(limit)}
          y2={heightOf(limit)}
        />
      ))}
    </svg>
  );
}
