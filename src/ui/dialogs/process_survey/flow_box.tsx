/** Names the flow file, and shows what the flow does. */
import { useState } from "preact/hooks";
import type { Flow } from "../../../shared/flow/flow.ts";
import { askForPath } from "../../state/browser_wish.ts";
import { PROCESS } from "../../texts/process.ts";
import { TextField } from "./text_field.tsx";

export interface FlowBoxProps {
  readonly flow: Flow | null;
  /** The path that stands there at first. */
  readonly first: string;
  readonly onLoad: (path: string) => void;
}

export function FlowBox({ flow, first, onLoad }: FlowBoxProps) {
  const [path, setPath] = useState(first);
  const browse = async () => {
    const found = await askForPath("flow");
    if (found === null) return;
    setPath(found);
    onLoad(found);
  };
  const load = (event: Event) => {
    event.preventDefault();
    onLoad(path.trim());
  };
  return (
    <form class="process-flow" onSubmit={load}>
      <TextField label={PROCESS.flow} value={path} hint={PROCESS.flowHint} first onChange={setPath} />
      <button type="button" class="button" onClick={() => void browse()}>{PROCESS.browse}</button>
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
