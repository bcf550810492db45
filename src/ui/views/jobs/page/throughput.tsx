/** Traces and megabytes a second over a job's time, as its journal has them. */
import { useMemo } from "preact/hooks";
import type { JobEvent } from "../../../../shared/job/events.ts";
import { shortRate } from "../../../format/numbers.ts";
import { throughputOf } from "../../../state/job_course.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Plot } from "../../../widgets/plot/plot.tsx";

const LEAST_POINTS = 3;

export function Throughput({ events }: { readonly events: readonly JobEvent[] }) {
  const drawn = useMemo(() => throughputOf(events), [events]);
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
