/** Traces and megabytes a second over a job's time, as its journal has them. */
import { useMemo } from "preact/hooks";
import type { JobEvent } from "../../../../shared/job/events.ts";
import { shortRate } from "../../../format/numbers.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Plot } from "../../../widgets/plot/plot.tsx";

const LEAST_POINTS = 3;

export function Throughput({ events }: { readonly events: readonly JobEvent[] }) {
  const drawn = useMemo(() => pointsOf(events), [events]);
  if (drawn.x.length < LEAST_POINTS) return null;
  return (
    <section class="job-part" aria-label={JOBS.throughput}>
      <h3 class="section-title">{JOBS.throughput}</h3>
      <Plot
        label={JOBS.throughput}
        height={120}
        x={drawn.x}
        isTime
        series={[{ name: JOBS.tracesPerSecond, values: drawn.rates, colour: "accent" }]}
        format={shortRate}
      />
    </section>
  );
}

/** Times in seconds since 1970. A null between two runs leaves a gap in the line. */
export function pointsOf(events: readonly JobEvent[]): { x: number[]; rates: (number | null)[] } {
  const x: number[] = [], rates: (number | null)[] = [];
  for (const event of events) {
    const last = x.at(-1) ?? -Infinity, at = Math.max(event.at / 1000, last);
    if (event.event === "progress") {
      x.push(at);
      rates.push(event.progress.tracesPerSecond.now);
    } else if (event.event === "state" && event.to === "running" && x.length > 0) {
      x.push(at);
      rates.push(null);
    }
  }
  return { x, rates };
}
