/** What was asked of a job and how it went, as names and values. */
import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { JobRequest } from "../../../shared/job/job.ts";
import { requestOf } from "../../actions/jobs.ts";
import { bytes, count, memory, percent } from "../../format/numbers.ts";
import { duration, fullMoment } from "../../format/times.ts";
import type { JobEntry } from "../../state/jobs.ts";
import { JOBS } from "../../texts/jobs.ts";
import { STATE_WORDS, TYPE_WORDS } from "../../texts/states.ts";

export function JobFacts({ entry }: { readonly entry: JobEntry }) {
  const request = useRequest(entry.id);
  const job = entry.job.value, progress = entry.progress.value, { facts } = JOBS;
  const { result } = job;
  const outputs = result?.outputs ?? job.plan?.outputs ?? [];
  const rows: readonly (readonly [string, string | null])[] = [
    [facts.state, STATE_WORDS[job.state]],
    [facts.reason, job.reason],
    [facts.type, TYPE_WORDS[job.type]],
    [facts.flow, request && flowOf(request)],
    [facts.input, request && inputOf(request)],
    [facts.output, outputs.map(({ path }) => path).join("\n") || null],
    [facts.attempt, JOBS.attemptOf(job.attempt, job.maxAttempts)],
    [
      facts.reached,
      progress && JOBS.reachedOf(
        count(progress.traces.done),
        count(progress.traces.total),
        percent(progress.fraction),
      ),
    ],
    [facts.took, duration(job.ranMs)],
    [facts.waited, duration(job.waitedMs)],
    [facts.memory, result && memory(result.peakMemoryBytes)],
    [facts.data, result && `${bytes(result.bytesRead)}, ${bytes(result.bytesWritten)}`],
    [facts.created, fullMoment(job.createdAt)],
    [facts.ended, job.endedAt === null ? null : fullMoment(job.endedAt)],
  ];
  return (
    <dl class="pairs">
      {rows.map(([name, value]) =>
        value !== null && (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        )
      )}
    </dl>
  );
}

function useRequest(id: string): JobRequest | null {
  const [request, setRequest] = useState<JobRequest | null>(null);
  useEffect(() => {
    requestOf(id).then(setRequest, () => {});
  }, [id]);
  return request;
}

function flowOf({ work }: JobRequest): string | null {
  if (work.kind !== "flow") return null;
  return work.flow.processes.map(({ process }) => process).join(", ") || JOBS.none;
}

function inputOf({ work }: JobRequest): string {
  return work.kind === "flow" ? work.flow.input.path : work.input;
}
