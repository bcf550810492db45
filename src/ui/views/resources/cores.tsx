/** How busy each core is. */
import { percent } from "../../format/numbers.ts";
import { RESOURCES } from "../../texts/resources.ts";

export function Cores({ cores }: { readonly cores: readonly number[] }) {
  return (
    <div
      class="cores"
      role="img"
      aria-label={cores.map((core, i) => `${RESOURCES.core(i + 1)} ${percent(core)}`).join(", ")}
    >
      {cores.map((core, i) => (
        <div key={i} class="core" title={`${RESOURCES.core(i + 1)}: ${percent(core)}`}>
          <i style={{ transform: `scaleY(${Math.min(1, core)})` }} />
        </div>
      ))}
    </div>
  );
}
