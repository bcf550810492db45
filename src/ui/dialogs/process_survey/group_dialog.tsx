/** "Process with <flow>": many files, one flow, the names of all outputs and what preflight says of each; one group. */
import { useEffect, useState } from "preact/hooks";
import type { Flow } from "../../../shared/flow/flow.ts";
import { messageOf } from "../../actions/failure.ts";
import { startGroup } from "../../actions/processing/process_group.ts";
import { loadFlow } from "../../actions/processing/process_survey.ts";
import { DEFAULT_PATTERN } from "../../format/output_names.ts";
import { closeOverlay } from "../../state/overlays.ts";
import { go } from "../../state/route.ts";
import { showToast } from "../../state/toasts.ts";
import { PROCESS } from "../../texts/process.ts";
import { Dialog } from "../../widgets/dialog.tsx";
import { FlowBox } from "./flow_box.tsx";
import { GroupFiles, useGroupPreflight } from "./group_files.tsx";
import { TextField } from "./text_field.tsx";
import "./process_dialog.css";

export interface GroupDialogProps {
  readonly flowFile: string | null;
  readonly files: readonly string[];
}

export function GroupDialog({ flowFile, files }: GroupDialogProps) {
  const [flow, setFlow] = useState<Flow | null>(null);
  const [pattern, setPattern] = useState(DEFAULT_PATTERN);
  const [overwrite, setOverwrite] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const found = useGroupPreflight({ flow, files, pattern, overwrite });

  const guarded = async (act: () => Promise<void>) => {
    setProblem(null);
    setBusy(true);
    await act().catch((error: unknown) => setProblem(messageOf(error)));
    setBusy(false);
  };
  const load = (path: string) => guarded(async () => setFlow(await loadFlow(path)));
  useEffect(() => {
    if (flowFile !== null) void load(flowFile);
  }, []);
  const start = (event: Event) => {
    event.preventDefault();
    if (flow === null) return;
    void guarded(async () => {
      const { jobs, refused } = await startGroup({ flow, files, pattern, overwrite });
      if (refused.length > 0) {
        showToast("error", PROCESS.refused(refused.length), { detail: refused.join("\n") });
      } else showToast("info", PROCESS.started(jobs));
      closeOverlay();
      go("jobs");
    });
  };
  const good = found?.files.filter((file) => file.problem === null).length ?? 0;
  return (
    <Dialog title={PROCESS.group(flow?.name ?? null)} onClose={closeOverlay} wide>
      <FlowBox flow={flow} first={flowFile ?? ""} onLoad={(path) => void load(path)} />
      <form class="process" onSubmit={start}>
        <TextField label={PROCESS.pattern} value={pattern} onChange={setPattern} />
        <p class="quiet small">{PROCESS.patternWhy}</p>
        <label class="process-check">
          <input
            type="checkbox"
            checked={overwrite}
            onChange={(event) => setOverwrite(event.currentTarget.checked)}
          />
          {PROCESS.overwrite}
        </label>
        <GroupFiles files={files} pattern={pattern} flow={flow} found={found} />
        {problem !== null && <p class="field-error" role="alert">{problem}</p>}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={closeOverlay}>{PROCESS.cancel}</button>
          <button type="submit" class="button primary" disabled={flow === null || good === 0 || busy}>
            {found === null ? PROCESS.start : PROCESS.startCount(good)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
