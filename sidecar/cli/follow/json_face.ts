/** A job as JSON lines on stdout: its id first, then what happens, at the end the result. */
import type { Job } from "../../../src/shared/job/job.ts";
import type { News } from "../../../src/shared/job/news.ts";
import type { JobProgress } from "../../../src/shared/job/progress.ts";
import { complain, sayJson } from "../terminal.ts";
import type { Face } from "./face.ts";

export class JsonFace implements Face {
  #told = "";

  submitted({ id, name }: Job): void {
    sayJson({ id, name });
  }

  progress(progress: JobProgress): void {
    sayJson({ news: "progress", progress });
  }

  /** States, each once, log lines and alerts. */
  news(news: News): void {
    if (news.news === "job") this.#state(news.job);
    if (news.news === "alert") sayJson({ news: "alert", alert: news.alert });
    if (news.news === "log") sayJson({ news: "log", level: news.level, text: news.text });
  }

  end({ id, name, state, result, error, reason }: Job): void {
    sayJson({ id, name, state, result, error, reason });
    if (error) complain(error.message);
  }

  #state({ state, reason }: Job): void {
    const told = JSON.stringify([state, reason]);
    if (told !== this.#told) sayJson({ news: "state", state, reason });
    this.#told = told;
  }
}
