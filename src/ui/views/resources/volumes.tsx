/** How much room is where jobs write, with the limits from which alerts speak. */
import type { ResourceSample } from "../../../shared/monitor/resources.ts";
import { bytes } from "../../format/numbers.ts";
import { limitOf } from "../../state/alerts.ts";
import { RESOURCES } from "../../texts/resources.ts";

const GB = 1e9;

export function Volumes({ now: { volumes } }: { readonly now: ResourceSample }) {
  if (volumes.length === 0) return null;
  const limits = [limitOf("disk_free", "warningGB"), limitOf("disk_free", "criticalGB")];
  return (
    <section class="volumes" aria-label={RESOURCES.volumes}>
      <h2 class="section-title">{RESOURCES.volumes}</h2>
      {volumes.map(({ path, freeBytes, totalBytes }) => (
        <div key={path} class="volume">
          <p>
            {path} <span class="second">{RESOURCES.free(bytes(freeBytes), bytes(totalBytes))}</span>
          </p>
          <div class="volume-bar" aria-hidden="true">
            <i style={{ width: `${100 * (1 - freeBytes / totalBytes)}%` }} />
            {limits.map((limit, i) =>
              limit !== null && (
                <b
                  key={i}
                  class={i === 0 ? "" : "is-critical"}
                  style={{ right: `${Math.min(100, 100 * limit * GB / totalBytes)}%` }}
                />
              )
            )}
          </div>
        </div>
      ))}
    </section>
  );
}
