/** The window's title: `42 % Brute stack - SeisProc` while a job runs. */
import { effect } from "@preact/signals";
import { roughPercent } from "../format/numbers.ts";
import { activeJobs } from "../state/jobs.ts";
import { FRAME } from "../texts/frame.ts";

/** `show`: how the host sets it. */
export function followTitle(show: (title: string) => void): void {
  effect(() => {
    const running = activeJobs.value.find(({ job }) => job.value.state === "running");
    const fraction = running?.progress.value?.fraction ?? 0;
    show(
      running === undefined
        ? FRAME.program
        : `${roughPercent(fraction)} ${running.job.value.name} - ${FRAME.program}`,
    );
  });
}
