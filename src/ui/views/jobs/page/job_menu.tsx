/** More that can be done with a job: its name, its command line, its figures. */
import { useState } from "preact/hooks";
import type { JobEvent } from "../../../../shared/job/events.ts";
import type { Work } from "../../../../shared/job/work.ts";
import type { Job, JobRequest } from "../../../../shared/job/job.ts";
import { copyText } from "../../../actions/history/export_jobs.ts";
import { saveJobReport } from "../../../actions/history/save_report.ts";
import { openFlowOf } from "../../../actions/job_files.ts";
import { ask, renameJob, verbsOf } from "../../../actions/jobs.ts";
import { commandLineOf } from "../../../format/command_line.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Dialog } from "../../../widgets/dialog.tsx";
import { Menu, MenuItem } from "../../../widgets/menu.tsx";

export interface JobMenuProps {
  readonly job: Job;
  readonly request: JobRequest | null;
  readonly events: readonly JobEvent[];
}

export function JobMenu({ job, request, events }: JobMenuProps) {
  const [renaming, setRenaming] = useState(false);
  const verbs = verbsOf(job.state);
  return (
    <>
      <Menu label={JOBS.more}>
        <MenuItem
          icon="copy"
          disabled={request === null}
          onClick={() => request !== null && void copyText(commandLineOf(request))}
        >
          {JOBS.copyCommand}
        </MenuItem>
        {request?.work.kind === "flow" && <OpenFlow work={request.work} />}
        <MenuItem icon="save" onClick={() => void saveJobReport(job, request, events)}>
          {JOBS.saveReport}
        </MenuItem>
        <MenuItem icon="tag" onClick={() => setRenaming(true)}>{JOBS.rename}</MenuItem>
        {verbs.includes("remove_job") && (
          <MenuItem
            icon="trash-2"
            onClick={() => void ask("remove_job", job.id)}
          >
            {JOBS.removeJob}
          </MenuItem>
        )}
      </Menu>
      {renaming && <Rename job={job} onClose={() => setRenaming(false)} />}
    </>
  );
}

function OpenFlow({ work }: { readonly work: Extract<Work, { kind: "flow" }> }) {
  return <MenuItem icon="workflow" onClick={() => void openFlowOf(work)}>{JOBS.openFlow}</MenuItem>;
}

function Rename({ job, onClose }: { readonly job: Job; readonly onClose: () => void }) {
  const [name, setName] = useState(job.name);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (name.trim() !== "" && await renameJob(job.id, name.trim())) onClose();
  };
  return (
    <Dialog title={JOBS.rename} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          <span>{JOBS.columns.name}</span>
          <input
            class="input"
            data-first
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="submit" class="button primary">{JOBS.rename}</button>
        </div>
      </form>
    </Dialog>
  );
}
