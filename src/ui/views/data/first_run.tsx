/** Data without a file: where to drop, how to open, and where things lie. */
import { commandById } from "../../commands/command_table.ts";
import { sidecar } from "../../state/link.ts";
import { DATA } from "../../texts/data.ts";
import { Icon } from "../../widgets/icon.tsx";
import "./first_run.css";

export function FirstRun() {
  const open = commandById("open"), who = sidecar.value, { first } = DATA;
  const run = (event: Event) => {
    event.preventDefault();
    open.run();
  };
  return (
    <section class="first-run" aria-label={first.drop}>
      <Icon name="upload" size={20} />
      <p class="first-run-drop">{first.drop}</p>
      <p class="second first-run-why">{first.why}</p>
      {/* A link, since the button of that name stands beside the path. */}
      <a class="button primary" href="#/data" onClick={run}>
        {first.open} <span class="first-run-keys">Ctrl O</span>
      </a>
      {who !== null && (
        <dl class="pairs first-run-facts">
          <dt>{first.workspace}</dt>
          <dd>{who.workspace}</dd>
          <dt>{first.workers}</dt>
          <dd>{first.cores(who.cores)}</dd>
        </dl>
      )}
    </section>
  );
}
