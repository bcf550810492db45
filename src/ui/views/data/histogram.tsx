/** How often values of a header word come, in a cell of a table. */
import { DATA } from "../../texts/data.ts";
import "./histogram.css";

const BARS = 24;
const WIDTH = 72;
const HEIGHT = 16;

export function Histogram({ word, values }: { readonly word: string; readonly values: Float64Array }) {
  const bars = barsOf(values), most = Math.max(...bars, 1), wide = WIDTH / bars.length;
  return (
    <svg class="histogram" width={WIDTH} height={HEIGHT} role="img" aria-label={DATA.histogram(word)}>
      {bars.map((count, i) => {
        // A value that comes once is seen beside one that comes a thousand times.
        const high = count === 0 ? 0 : Math.max(1, HEIGHT * count / most);
        return <rect key={i} x={i * wide} y={HEIGHT - high} width={wide - 0.5} height={high} />;
      })}
    </svg>
  );
}

/** Counts of values in equal parts from the least to the greatest; of few whole numbers each has its own. */
export function barsOf(values: Float64Array, most = BARS): readonly number[] {
  let min = Infinity, max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const span = max - min || 1, isWhole = values.every(Number.isInteger);
  const parts = isWhole ? Math.max(1, Math.min(most, max - min + 1)) : most;
  const bars = new Array<number>(parts).fill(0);
  for (const value of values) {
    if (Number.isFinite(value)) bars[Math.min(parts - 1, Math.floor((value - min) / span * parts))]++;
  }
  return bars;
}
