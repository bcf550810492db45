/** "Run again": the same work as a new job. When its output is there, the user says what becomes of it. */
import { useState } from "preact/hooks";
import { isEnded, type Job } from "../../../../shared/job/job.ts";
import { rerun } from "../../../actions/rerun.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Dialog } from "../../../widgets/dialog.tsx";
import { Icon } from "../../../widgets/icon.tsx";

export function Rerun({ job }: { readonly job: Job }) {
  const [asking, setAsking] = useState(false);
  if (!isEnded(job.state)) return null;
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => void rerun(job.id).then((came) => setAsking(came === "exists"))}
      >
        <Icon name="play" /> {JOBS.rerun}
      </button>
      {asking && <RerunDialog job={job} onClose={() => setAsking(false)} />}
    </>
  );
}

function RerunDialog({ job: { id, outputs }, onClose }: { readonly job: Job; readonly onClose: () => void }) {
  const first = outputs[0] ?? "";
  const [output, setOutput] = useState(first), [overwrite, setOverwrite] = useState(false);
  const [exists, setExists] = useState(true);
  const submit = async (event: Event) => {
    event.preventDefault();
    const came = await rerun(id, { overwrite, ...(output === first ? {} : { output }) });
    if (came === "started") onClose();
    setExists(came === "exists");
  };
  return (
    <Dialog title={JOBS.rerun} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          <span>{JOBS.rerunOutput}</span>
          <input
            class="input"
            data-first
            value={output}
            aria-invalid={exists}
            onInput={(event) => {
              setOutput(event.currentTarget.value);
              setExists(false);
            }}
          />
        </label>
        {exists && !overwrite && <p class="field-error" role="alert">{JOBS.rerunExists}</p>}
        <label class="jobs-keep">
          <input
            type="checkbox"
            checked={overwrite}
            onChange={(event) => setOverwrite(event.currentTarget.checked)}
          />
          {JOBS.rerunReplace}
        </label>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>{JOBS.doNot}</button>
          <button type="submit" class="button primary">{JOBS.rerunStart}</button>
        </div>
      </form>
    </Dialog>
  );
}
