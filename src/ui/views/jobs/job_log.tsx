/** The log of a job: its last lines, asked again when the job changes. */
import { useEffect, useState } from "preact/hooks";
import type { Job } from "../../../shared/job/job.ts";
import type { LogLine } from "../../../shared/protocol/commands.ts";
import { logOf } from "../../actions/jobs.ts";
import { count } from "../../format/numbers.ts";
import { logTime } from "../../format/times.ts";
import { JOBS } from "../../texts/jobs.ts";

const MOST_LINES = 1000;

export function JobLog({ job }: { readonly job: Job }) {
  const { lines, total } = useLog(job);
  return (
    <section class="job-log" aria-label={JOBS.log}>
      <header class="job-log-head">
        <h3 class="section-title">{JOBS.log}</h3>
        {lines.length < total && (
          <span class="quiet small">{JOBS.logLines(count(lines.length), count(total))}</span>
        )}
      </header>
      <pre class="job-log-lines mono" tabIndex={0} aria-label={JOBS.log}>
        {lines.length === 0 && JOBS.logEmpty}
        {lines.map((line, i) => <Line key={i} line={line} />)}
      </pre>
    </section>
  );
}

function Line({ line: { at, level, text } }: { readonly line: LogLine }) {
  return (
    <div class={`is-${level}`}>
      <span>{logTime(at)}</span> {text}
    </div>
  );
}

function useLog(job: Job): { lines: readonly LogLine[]; total: number } {
  const [log, setLog] = useState<{ lines: readonly LogLine[]; total: number }>({ lines: [], total: 0 });
  useEffect(() => {
    const abort = new AbortController();
    logOf(job.id, MOST_LINES, abort.signal).then(setLog, () => {});
    return () => abort.abort();
  }, [job]);
  return log;
}
