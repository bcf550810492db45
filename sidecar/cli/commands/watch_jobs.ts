/** `seisproc jobs watch`: follows one job wherever it runs, or all that runs. Ending the watch leaves jobs alone. */
import { isActive, isAtRest, type Job } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { jsonLine } from "../../../src/shared/shown.ts";
import { EXIT } from "../exit_status.ts";
import { type JobsDoor, sayJob } from "./jobs_door.ts";

const LOOK_EVERY_MS = 500;
/** After so long it is said whom one waits for. */
const PATIENCE_MS = 5000;

/** Until the job is at rest; the exit status tells how it stands. */
export async function watchJob(door: JobsDoor, { id }: Job): Promise<number> {
  const teller = new Teller(door, (job) => job === id);
  teller.tell(door.manager.get(id));
  const stop = door.manager.news.subscribe((news) => teller.hear(news));
  try {
    const job = await awake(door.manager.whenAtRest(id));
    teller.tell(job);
    return door.exitOf(job.state);
  } finally {
    stop();
  }
}

/** Every job that runs or waits to run, and those that come meanwhile, until nothing runs any more. */
export async function watchAll(door: JobsDoor): Promise<number> {
  const { manager } = door;
  const first = manager.underWay();
  if (first.length === 0 && !door.json) door.print("Nothing runs");
  const teller = new Teller(door, () => true);
  for (const job of first) teller.tell(job);
  const stop = manager.news.subscribe((news) => teller.hear(news));
  try {
    while (!manager.isClosed && manager.underWay().length > 0) {
      await Promise.race([manager.ended, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))]);
    }
    return EXIT.completed;
  } finally {
    stop();
  }
}

/** Waits for what was asked and says what became of the job; not what was asked is a failure. */
export async function settle(door: JobsDoor, id: string, wanted: Job["state"]): Promise<number> {
  const timer = setTimeout(() => sayWhoIsAwaited(door, id), PATIENCE_MS);
  try {
    const job = await awake(door.manager.whenAtRest(id));
    sayJob(door, job);
    return job.state === wanted ? EXIT.completed : EXIT.failed;
  } finally {
    clearTimeout(timer);
  }
}

function sayWhoIsAwaited({ manager, warn }: JobsDoor, id: string): void {
  const owner = manager.owner(id);
  if (owner === undefined) return;
  const { host, pid } = owner;
  const who = host === undefined ? "the process" : `process ${pid} of the machine ${host}`;
  warn(
    `Waiting for ${who} that runs the job: it does what it was asked when it goes on; Ctrl-C ends the waiting`,
  );
}

/** Says states, each once, and shows progress. */
class Teller {
  readonly #told = new Map<string, string>();

  constructor(readonly door: JobsDoor, readonly isMeant: (job: string) => boolean) {}

  hear(news: News): void {
    if (news.news === "job" && this.isMeant(news.job.id)) this.tell(news.job);
    if (news.news !== "progress" || !this.isMeant(news.job)) return;
    this.#show(news.job, this.door.manager.get(news.job).name, news.progress);
  }

  #show(job: string, name: string, progress: JobProgress): void {
    if (this.door.json) this.door.print(jsonLine({ news: "progress", job, progress }));
    else this.door.live(name, progress, job);
  }

  tell(job: Job): void {
    if (this.#told.get(job.id) === job.state || (isAtRest(job.state) && !this.#isFollowed(job.id))) return;
    this.#told.set(job.id, job.state);
    this.door.live(job.name, null, job.id);
    sayJob(this.door, job);
    // How far it is, also when it stands still.
    if (isActive(job.state) && job.progress !== null) this.#show(job.id, job.name, job.progress);
    if (isAtRest(job.state) && job.error !== null) this.door.warn(job.error.message);
  }

  /** A job at rest that is only renamed is not what is watched. */
  #isFollowed(id: string): boolean {
    return this.#told.has(id) || this.#told.size === 0;
  }
}

/** Watching a file does not keep a process alive; this does. */
async function awake<T>(wait: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, 1000);
  try {
    return await wait;
  } finally {
    clearInterval(timer);
  }
}
