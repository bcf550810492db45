/** "Process survey": a saved flow, its input and output, what the job will take, and the start of it. */
import { useEffect, useState } from "preact/hooks";
import type { Flow } from "../../../shared/flow/flow.ts";
import { messageOf } from "../../actions/failure.ts";
import { loadFlow, startProcessing } from "../../actions/processing/process_survey.ts";
import { closeOverlay } from "../../state/overlays.ts";
import { go } from "../../state/route.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { PROCESS } from "../../texts/process.ts";
import { Dialog } from "../../widgets/dialog.tsx";
import { Estimate } from "./estimate.tsx";
import { FlowBox } from "./flow_box.tsx";
import { TextField } from "./text_field.tsx";
import "./process_dialog.css";

export function ProcessDialog({ flowFile }: { readonly flowFile: string | null }) {
  const [flow, setFlow] = useState<Flow | null>(null);
  const [input, setInput] = useState("");
  const [output, setOutput] = useState("");
  const [overwrite, setOverwrite] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const guarded = async (act: () => Promise<void>) => {
    setProblem(null);
    setBusy(true);
    await act().catch((error: unknown) => setProblem(messageOf(error)));
    setBusy(false);
  };
  const load = (path: string) =>
    guarded(async () => {
      const loaded = await loadFlow(path);
      setFlow(loaded);
      setInput(loaded.input.path || chosenSurvey.value?.path || "");
      setOutput(loaded.output.path);
    });
  useEffect(() => {
    if (flowFile !== null) void load(flowFile);
  }, []);
  const start = (event: Event) => {
    event.preventDefault();
    if (flow === null) return;
    void guarded(async () => {
      await startProcessing({ flow, input, output, overwrite });
      closeOverlay();
      go("jobs");
    });
  };
  return (
    <Dialog title={PROCESS.title} onClose={closeOverlay}>
      <FlowBox flow={flow} first={flowFile ?? ""} onLoad={(path) => void load(path)} />
      <form class="process" onSubmit={start}>
        {flow !== null && (
          <>
            <TextField label={PROCESS.input} value={input} onChange={setInput} />
            <TextField label={PROCESS.output} value={output} onChange={setOutput} />
            <label class="process-check">
              <input
                type="checkbox"
                checked={overwrite}
                onChange={(event) => setOverwrite(event.currentTarget.checked)}
              />
              {PROCESS.overwrite}
            </label>
            <Estimate wish={{ flow, input, output, overwrite }} />
          </>
        )}
        {problem !== null && <p class="field-error" role="alert">{problem}</p>}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={closeOverlay}>{PROCESS.cancel}</button>
          <button type="submit" class="button primary" disabled={flow === null || busy}>
            {PROCESS.start}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
