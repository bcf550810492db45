/** Names the flow file, and shows what the flow does. */
import { useState } from "preact/hooks";
import type { Flow } from "../../../shared/flow/flow.ts";
import { PROCESS } from "../../texts/process.ts";
import { TextField } from "./text_field.tsx";

export function FlowBox(
  { flow, onLoad }: { readonly flow: Flow | null; readonly onLoad: (path: string) => void },
) {
  const [path, setPath] = useState("");
  const load = (event: Event) => {
    event.preventDefault();
    onLoad(path.trim());
  };
  return (
    <form class="process-flow" onSubmit={load}>
      <TextField label={PROCESS.flow} value={path} hint={PROCESS.flowHint} onChange={setPath} />
      <button type="submit" class="button">{PROCESS.load}</button>
      {flow !== null && (
        <p class="process-steps">
          <span class="strong">{flow.name}</span>{" "}
          <span class="second">{flow.processes.map(({ process }) => process).join(", ")}</span>
        </p>
      )}
    </form>
  );
}
