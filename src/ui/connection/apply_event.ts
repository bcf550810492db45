/**
 * The only writer of job signals: what the sidecar tells goes through here into the state, one batch a frame, and of
 * several progresses of a job in one frame only the last.
 */
import { batch } from "@preact/signals";
import { isEnded, type Job } from "../../shared/job/job.ts";
import type { GroupSummary } from "../../shared/job/group.ts";
import type { News } from "../../shared/job/news.ts";
import type { JobProgress } from "../../shared/job/progress.ts";
import { assertUnreachable } from "../../shared/assert.ts";
import type { ServerEvent } from "../../shared/protocol/events.ts";
import { tellViewsChanged } from "../state/ended/saved_views.ts";
import { peekGroup, putGroup, resetGroups } from "../state/groups.ts";
import { forgetAlerts, putAlert, putRule, resetAlerts } from "../state/alerts.ts";
import { addOlderJobs, forgetJob, peekJob, putJob, putProgress, resetJobs, setHeld } from "../state/jobs.ts";
import { putResources } from "../state/resources.ts";
import { Frames } from "./frames.ts";

/** What a listener beside the state may want to know: toasts, notifications, history. */
export interface Happenings {
  /** A job that was seen before its end has ended. */
  readonly ended: (job: Job) => void;
  /** A group of which a job had not ended has ended. */
  readonly groupEnded: (group: GroupSummary) => void;
  /** The stream began anew with a snapshot: older jobs are not known any more. */
  readonly began: () => void;
  /** Jobs that ended while the stream was away. */
  readonly endedAway: (jobs: readonly Job[]) => void;
  /** The sidecar was started anew; what the one before was told to open is not open any more. */
  readonly restarted: (interrupted: readonly Job[]) => void;
  /** Jobs as they are now, to be kept in the history. */
  readonly known: (jobs: readonly Job[]) => void;
  readonly removed: (id: string) => void;
  readonly alert: (news: Extract<News, { news: "alert" }>["alert"]) => void;
}

export class EventApplier {
  readonly #frames = new Frames<ServerEvent>((events) => this.applyNow(events));

  constructor(readonly happenings: Partial<Happenings> = {}) {}

  /** Takes an event into the next frame. */
  apply(event: ServerEvent): void {
    this.#frames.add(event);
  }

  /** Jobs that were kept or asked for, older than what the stream began with. */
  applyOlder(jobs: readonly Job[], total: number): void {
    this.#frames.flush();
    batch(() => addOlderJobs(jobs, total));
  }

  /** Jobs that were removed while nobody told. */
  applyGone(ids: readonly string[]): void {
    this.#frames.flush();
    batch(() => {
      for (const id of ids) forgetJob(id);
    });
  }

  applyNow(events: readonly ServerEvent[]): void {
    const after: (() => void)[] = [];
    batch(() => {
      const progress = new Map<string, JobProgress>();
      for (const event of events) this.#one(event, progress, after);
      for (const [id, one] of progress) putProgress(id, one);
    });
    for (const tell of after) tell();
  }

  #one(event: ServerEvent, progress: Map<string, JobProgress>, after: (() => void)[]): void {
    switch (event.event) {
      case "hello":
      case "heartbeat":
        return;
      case "reset":
        progress.clear();
        return this.#reset(event, after);
      case "news":
        return this.#news(event.news, progress, after);
      default:
        return assertUnreachable(event);
    }
  }

  #reset({ why, snapshot }: Extract<ServerEvent, { event: "reset" }>, after: (() => void)[]): void {
    // With the page's first snapshot everything is new to it, and nothing happened while it was away.
    const away = why === "start" ? [] : snapshot.jobs.filter((job) => {
      const before = peekJob(job.id);
      return before !== undefined && !isEnded(before.state) && isEnded(job.state);
    });
    resetJobs(snapshot.jobs, snapshot.total, snapshot.held);
    resetAlerts(snapshot.alerts);
    resetGroups(snapshot.groups);
    after.push(() => this.happenings.began?.());
    if (away.length > 0) after.push(() => this.happenings.endedAway?.(away));
    const interrupted = snapshot.jobs.filter(({ state }) => state === "interrupted");
    if (why === "other_run") after.push(() => this.happenings.restarted?.(interrupted));
  }

  #news(news: News, progress: Map<string, JobProgress>, after: (() => void)[]): void {
    switch (news.news) {
      case "job":
        progress.delete(news.job.id);
        return this.#job(news.job, after);
      case "progress":
        progress.set(news.job, news.progress);
        return;
      case "removed":
        progress.delete(news.job);
        after.push(() => this.happenings.removed?.(news.job));
        return forgetJob(news.job);
      case "queue":
        return setHeld(news.held);
      case "alert":
        after.push(() => this.happenings.alert?.(news.alert));
        return putAlert(news.alert);
      case "resources":
        return putResources(news.resources);
      case "group":
        return this.#group(news.group, after);
      case "alert_changed":
        return putAlert(news.alert);
      case "alerts_cleared":
        return forgetAlerts(news.alerts);
      case "rule":
        return putRule(news.rule);
      case "document":
        return news.kind === "view" ? tellViewsChanged() : undefined;
      case "reading":
      case "settings":
      case "timetable":
        return;
      case "log":
        // Pages that show a log ask for its lines.
        return;
      default:
        return assertUnreachable(news);
    }
  }

  #group(group: GroupSummary, after: (() => void)[]): void {
    const hasEnded = peekGroup(group.id)?.endedAt === null && group.endedAt !== null;
    putGroup(group);
    if (hasEnded) after.push(() => this.happenings.groupEnded?.(group));
  }

  #job(job: Job, after: (() => void)[]): void {
    const before = peekJob(job.id);
    putJob(job);
    const hasEnded = isEnded(job.state) && before !== undefined && !isEnded(before.state);
    after.push(() => this.happenings.known?.([job]));
    if (hasEnded) after.push(() => this.happenings.ended?.(job));
  }
}
