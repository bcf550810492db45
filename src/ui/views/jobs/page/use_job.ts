/** What a job's page asks of the sidecar: what the job was asked to do, and its journal as it grows. */
import { useEffect, useState } from "preact/hooks";
import type { JobEvent } from "../../../../shared/job/events.ts";
import type { Job, JobRequest } from "../../../../shared/job/job.ts";
import { journalOf, requestOf } from "../../../actions/jobs.ts";

export function useRequest(id: string): JobRequest | null {
  const [request, setRequest] = useState<JobRequest | null>(null);
  useEffect(() => {
    requestOf(id).then(setRequest, () => {});
  }, [id]);
  return request;
}

const AGAIN_MS = 2000;

/** All events of the journal; asked again when the job changes, and every other second while it runs. */
export function useJournal(job: Job): readonly JobEvent[] {
  const [events, setEvents] = useState<readonly JobEvent[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        setEvents(await journalOf(job.id, abort.signal));
        if (job.state === "running") timer = setTimeout(() => void look(), AGAIN_MS);
      } catch {
        // What is shown stays; the banner says when nobody answers.
      }
    };
    void look();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [job]);
  return events;
}
