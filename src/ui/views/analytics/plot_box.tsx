/** A plot with its legend, its values as CSV, and the way to the jobs that it shows. */
import type { Job } from "../../../shared/job/job.ts";
import { csvOfRows, saveText } from "../../actions/history/export_jobs.ts";
import { listOnly } from "../../state/ended/filter.ts";
import { go } from "../../state/route.ts";
import { ANALYTICS } from "../../texts/analytics.ts";
import { Icon } from "../../widgets/icon.tsx";
import { Plot } from "../../widgets/plot/plot.tsx";
import type { PlotProps } from "../../widgets/plot/plot_props.ts";

export interface PlotBoxProps extends Omit<PlotProps, "height" | "isTime"> {
  /** What it shows. */
  readonly jobs: readonly Job[];
}

const HEIGHT = 190;

export function PlotBox({ jobs, ...plot }: PlotBoxProps) {
  const { label, series } = plot;
  return (
    <section class="plot-box" aria-label={label}>
      <header class="plot-head">
        <h2 class="section-title">{label}</h2>
        {series.length > 1 && <Legend series={series} />}
        <span class="plot-space" />
        <button
          type="button"
          class="icon-button"
          aria-label={ANALYTICS.csv}
          title={ANALYTICS.csv}
          onClick={() => save(plot)}
        >
          <Icon name="download" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={ANALYTICS.showJobs}
          title={ANALYTICS.showJobs}
          disabled={jobs.length === 0}
          onClick={() => {
            listOnly(jobs.map(({ id }) => id));
            go("jobs");
          }}
        >
          <Icon name="list-checks" />
        </button>
      </header>
      <Plot {...plot} height={HEIGHT} isTime />
    </section>
  );
}

function Legend({ series }: Pick<PlotProps, "series">) {
  return (
    <ul class="legend small">
      {series.map(({ name, colour }) => (
        <li key={name} class="second">
          <i class={`legend-mark is-${colour}`} /> {name}
        </li>
      ))}
    </ul>
  );
}

function save({ label, x, series }: Pick<PlotProps, "label" | "x" | "series">): void {
  const head = ["time", ...series.map(({ name }) => name)];
  const rows = x.map((
    at,
    i,
  ) => [new Date(at * 1000).toISOString(), ...series.map(({ values }) => values[i])]);
  saveText(`${label.toLowerCase().replaceAll(/\W+/g, "_")}.csv`, "text/csv", csvOfRows([head, ...rows]));
}
