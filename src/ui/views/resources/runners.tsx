/** Which runner takes how much memory, and what it does. */
import type { ResourceSample } from "../../../shared/monitor/resources.ts";
import { megabyteRate, memory, percent, traceRate } from "../../format/numbers.ts";
import { jobEntry } from "../../state/jobs.ts";
import { addressOf } from "../../state/route.ts";
import { RESOURCES } from "../../texts/resources.ts";

export function Runners({ now: { runners } }: { readonly now: ResourceSample }) {
  const { columns } = RESOURCES;
  return (
    <section class="runners" aria-label={RESOURCES.runners}>
      <h2 class="section-title">{RESOURCES.runners}</h2>
      {runners.length === 0
        ? <p class="quiet">{RESOURCES.noRunners}</p>
        : (
          <table class="table" aria-label={RESOURCES.runners}>
            <thead>
              <tr>
                <th>{columns.job}</th>
                <th class="number">{columns.done}</th>
                <th class="number">{columns.rate}</th>
                <th class="number">{columns.pid}</th>
                <th class="number">{columns.memory}</th>
              </tr>
            </thead>
            <tbody>{runners.map((runner) => <Runner key={runner.pid} runner={runner} />)}</tbody>
          </table>
        )}
    </section>
  );
}

function Runner(
  { runner: { job, pid, memoryBytes } }: { readonly runner: ResourceSample["runners"][number] },
) {
  const entry = jobEntry(job), progress = entry?.progress.value ?? null;
  return (
    <tr>
      <td>
        <a href={addressOf("jobs", job)}>{entry?.job.value.name ?? job}</a>
      </td>
      <td class="number">{progress === null ? RESOURCES.unknown : percent(progress.fraction)}</td>
      <td class="number second">
        {progress === null
          ? RESOURCES.unknown
          : `${traceRate(progress.tracesPerSecond.smoothed)} · ${
            megabyteRate(progress.megabytesPerSecond.smoothed)
          }`}
      </td>
      <td class="number second">{pid}</td>
      <td class="number">{memoryBytes === null ? RESOURCES.unknown : memory(memoryBytes)}</td>
    </tr>
  );
}
