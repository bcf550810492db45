/** The files that a job made, or will make. */
import type { Job } from "../../../../shared/job/job.ts";
import { copyText } from "../../../actions/history/export_jobs.ts";
import { showInViewer } from "../../../actions/job_files.ts";
import { bytes, count } from "../../../format/numbers.ts";
import { fileName } from "../../../format/paths.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";

export function JobOutputs({ job: { result, plan, state } }: { readonly job: Job }) {
  const outputs: readonly { path: string; bytes: number; traces?: number }[] = result?.outputs ??
    plan?.outputs ?? [];
  if (outputs.length === 0) return null;
  return (
    <section class="job-part" aria-label={JOBS.outputs}>
      <h3 class="section-title">{state === "completed" ? JOBS.outputs : JOBS.outputsLater}</h3>
      <ul>
        {outputs.map(({ path, bytes: size, traces }) => (
          <li key={path} class="job-output">
            <Icon name="file" />
            <span class="job-output-name">
              <span class="cut" title={path}>{fileName(path)}</span>
              <span class="quiet small">
                {bytes(size)}
                {traces !== undefined && `, ${JOBS.traces(count(traces))}`}
              </span>
            </span>
            {state === "completed" && (
              <button
                type="button"
                class="button"
                onClick={() => void showInViewer(path)}
              >
                <Icon name="eye" /> {JOBS.showOutput}
              </button>
            )}
            <button
              type="button"
              class="icon-button"
              aria-label={JOBS.copyPath}
              title={JOBS.copyPath}
              onClick={() => void copyText(path)}
            >
              <Icon name="copy" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
