/** The flow beside the panels: what the gather goes through, each step to be switched off. */
import { useState } from "preact/hooks";
import { CATALOG } from "../../../shared/processes/catalog.ts";
import { loadDraft } from "../../actions/flow_draft.ts";
import { commandById } from "../../commands/command_table.ts";
import { Keys } from "../../frame/keys.tsx";
import {
  canRedo,
  canUndo,
  type DraftStep,
  flowDraft,
  redo,
  switchStep,
  undo,
} from "../../state/flow_draft.ts";
import { FLOW } from "../../texts/flow.ts";
import { Icon } from "../../widgets/icon.tsx";
import "./flow_side.css";

export function FlowSide() {
  const { name, steps } = flowDraft.value;
  const process = commandById("process");
  return (
    <aside class="flow-side" aria-label={FLOW.title}>
      <header class="flow-side-head">
        <h2>{FLOW.title}</h2>
        <span class="second cut">{name}</span>
        <button
          type="button"
          class="icon-button"
          aria-label={FLOW.undo}
          disabled={!canUndo.value}
          onClick={undo}
        >
          <Icon name="undo-2" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={FLOW.redo}
          disabled={!canRedo.value}
          onClick={redo}
        >
          <Icon name="redo-2" />
        </button>
      </header>
      {steps.length === 0 && <p class="flow-side-empty second">{FLOW.empty}</p>}
      <ul class="flow-side-steps" aria-label={FLOW.title}>
        {steps.map((step) => <Step key={step.id} step={step} />)}
      </ul>
      <Load />
      <footer class="flow-side-foot">
        <button type="button" class="button primary" onClick={process.run}>
          {process.title} {process.keys !== undefined && <Keys keys={process.keys} />}
        </button>
      </footer>
    </aside>
  );
}

function Step({ step: { id, process, parameters, on } }: { readonly step: DraftStep }) {
  const title = CATALOG.get(process)?.title ?? process;
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${shortly(value)}`).join(", ");
  return (
    <li class={on ? "" : "is-off"} aria-label={title}>
      <div>
        <p class="strong">{title}</p>
        <p class="second small cut" title={values}>{values}</p>
      </div>
      <input
        type="checkbox"
        role="switch"
        aria-label={FLOW.on}
        checked={on}
        onChange={(event) => switchStep(id, event.currentTarget.checked)}
      />
    </li>
  );
}

function shortly(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function Load() {
  const [path, setPath] = useState("");
  const load = async (event: Event) => {
    event.preventDefault();
    if (path.trim() !== "" && await loadDraft(path.trim())) setPath("");
  };
  return (
    <form class="flow-side-load" onSubmit={(event) => void load(event)}>
      <input
        class="input"
        aria-label={FLOW.file}
        placeholder={FLOW.fileHint}
        spellcheck={false}
        value={path}
        onInput={(event) => setPath(event.currentTarget.value)}
      />
      <button type="submit" class="button">{FLOW.load}</button>
    </form>
  );
}
