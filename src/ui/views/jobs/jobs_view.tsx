/** Jobs: what runs and waits on top, what ended below, the page of one job at the side. */
import { pauseAll, resumeAll } from "../../actions/jobs.ts";
import { commandById } from "../../commands/command_table.ts";
import { Page } from "../../frame/page.tsx";
import { activeCards } from "../../state/groups.ts";
import { held } from "../../state/jobs.ts";
import { sidecar } from "../../state/link.ts";
import { JOBS } from "../../texts/jobs.ts";
import { Empty } from "../../widgets/empty.tsx";
import { Icon } from "../../widgets/icon.tsx";
import type { ViewProps } from "../view_props.ts";
import { EndedJobs } from "./ended/ended_jobs.tsx";
import { GroupCard } from "./active/group_card.tsx";
import { JobCard } from "./active/job_card.tsx";
import { JobPage } from "./page/job_page.tsx";
import { JobsHead } from "./jobs_head.tsx";
import "./jobs_view.css";

export function JobsView({ rest }: ViewProps) {
  return (
    <Page title={JOBS.title} about={sidecar.value?.workspace} action={<Actions />}>
      <div class={rest === "" ? "jobs" : "jobs with-page"}>
        <JobsHead />
        <div class="jobs-lists">
          <Active />
          <EndedJobs shown={rest} />
        </div>
        {rest !== "" && <JobPage key={rest} id={rest} />}
      </div>
    </Page>
  );
}

function Actions() {
  const process = commandById("process");
  return (
    <>
      {held.value === null
        ? (
          <button type="button" onClick={() => void pauseAll()}>
            <Icon name="pause" /> {JOBS.pauseAll}
          </button>
        )
        : (
          <button type="button" onClick={() => void resumeAll()}>
            <Icon name="play" /> {JOBS.resumeAll}
          </button>
        )}
      <button type="button" class="button primary" onClick={process.run}>{JOBS.process}</button>
    </>
  );
}

function Active() {
  if (activeCards.value.length === 0) {
    return (
      <div class="jobs-active">
        <Empty what={JOBS.emptyWhat} why={JOBS.emptyWhy} />
      </div>
    );
  }
  return (
    <div class="jobs-active">
      {activeCards.value.map((card) =>
        card.kind === "job"
          ? <JobCard key={card.entry.id} entry={card.entry} />
          : <GroupCard key={card.group.id} group={card.group} entries={card.entries} />
      )}
    </div>
  );
}
