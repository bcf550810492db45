/** Which runner takes how much memory, and how much room is where jobs write. */
import type { ResourceSample } from "../../../shared/monitor/resources.ts";
import { bytes, memory } from "../../format/numbers.ts";
import { peekJob } from "../../state/jobs.ts";
import { RESOURCES } from "../../texts/resources.ts";

export function Runners({ now: { runners, volumes } }: { readonly now: ResourceSample }) {
  const { columns } = RESOURCES;
  return (
    <>
      <section class="runners" aria-label={RESOURCES.runners}>
        <h2 class="section-title">{RESOURCES.runners}</h2>
        {runners.length === 0 ? <p class="quiet">{RESOURCES.noRunners}</p> : (
          <table class="table">
            <thead>
              <tr>
                <th>{columns.job}</th>
                <th class="number">{columns.pid}</th>
                <th class="number">{columns.memory}</th>
              </tr>
            </thead>
            <tbody>
              {runners.map(({ job, pid, memoryBytes }) => (
                <tr key={pid}>
                  <td>{peekJob(job)?.name ?? job}</td>
                  <td class="number second">{pid}</td>
                  <td class="number">{memoryBytes === null ? RESOURCES.unknown : memory(memoryBytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {volumes.length > 0 && (
        <section class="runners" aria-label={RESOURCES.volumes}>
          <h2 class="section-title">{RESOURCES.volumes}</h2>
          {volumes.map(({ path, freeBytes, totalBytes }) => (
            <p key={path}>
              {path} <span class="second">{RESOURCES.free(bytes(freeBytes), bytes(totalBytes))}</span>
            </p>
          ))}
        </section>
      )}
    </>
  );
}
