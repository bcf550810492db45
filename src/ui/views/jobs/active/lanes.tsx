/** One thin row a worker: how much of the job's traces it has done, and that it does something. */
import type { JobProgress } from "../../../../shared/job/progress.ts";
import { JOBS } from "../../../texts/jobs.ts";
import "./lanes.css";

export function Lanes({ progress: { lanes, traces } }: { readonly progress: JobProgress }) {
  const share = Math.max(1, traces.total / lanes.length);
  return (
    <div
      class="lanes"
      role="img"
      aria-label={`${JOBS.lanes}: ${lanes.map(({ doing }) => doing).join(", ")}`}
    >
      {lanes.map(({ worker, doing, tracesDone }) => (
        <div key={worker} class="lane">
          <i
            class={`lane-done is-${doing}`}
            style={{ transform: `scaleX(${Math.min(1, tracesDone / share)})` }}
          />
        </div>
      ))}
    </div>
  );
}
