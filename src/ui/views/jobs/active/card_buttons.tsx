/** What can be asked of a job that has not ended. */
import { type Job, PRIORITIES } from "../../../../shared/job/job.ts";
import { ask, cancelKeeping, type JobVerb, prioritise, verbsOf } from "../../../actions/jobs.ts";
import { move, moveOf } from "../../../actions/queue.ts";
import { queuedJobs } from "../../../state/jobs.ts";
import { go } from "../../../state/route.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { PRIORITY_WORDS } from "../../../texts/states.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { Menu, MenuItem } from "../../../widgets/menu.tsx";

const BUTTONS: readonly { readonly verb: JobVerb; readonly label: string; readonly icon: string }[] = [
  { verb: "pause_job", label: JOBS.pause, icon: "pause" },
  { verb: "resume_job", label: JOBS.resume, icon: "play" },
  { verb: "finish_job", label: JOBS.finish, icon: "circle-stop" },
  { verb: "cancel_job", label: JOBS.cancel, icon: "x" },
];

export function CardButtons({ job }: { readonly job: Job }) {
  const { id, state } = job, verbs = verbsOf(state);
  return (
    <span class="job-buttons">
      {job.priority !== "normal" && <span class="job-priority">{PRIORITY_WORDS[job.priority]}</span>}
      {BUTTONS.filter(({ verb }) => verbs.includes(verb)).map(({ verb, label, icon }) => (
        <button
          key={verb}
          type="button"
          class="icon-button"
          aria-label={label}
          title={label}
          onClick={() => void ask(verb, id)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <Menu label={JOBS.more}>
        <More job={job} />
      </Menu>
      <button
        type="button"
        class="icon-button"
        aria-label={JOBS.details}
        title={JOBS.details}
        onClick={() => go("jobs", id)}
      >
        <Icon name="chevron-right" />
      </button>
    </span>
  );
}

function More({ job }: { readonly job: Job }) {
  const { id, state, priority } = job;
  const queue = queuedJobs.value, up = moveOf(queue, id, -1), down = moveOf(queue, id, 1);
  return (
    <>
      <label class="field-row">
        {JOBS.priority}
        <select
          value={priority}
          onChange={(event) => {
            const chosen = PRIORITIES.find((one) => one === event.currentTarget.value);
            if (chosen !== undefined) void prioritise(id, chosen);
          }}
        >
          {PRIORITIES.map((one) => <option key={one} value={one}>{PRIORITY_WORDS[one]}</option>)}
        </select>
      </label>
      {state === "queued" && (
        <>
          <MenuItem icon="arrow-up" disabled={up === null} onClick={() => up && void move(up)}>
            {JOBS.moveUp}
          </MenuItem>
          <MenuItem icon="arrow-down" disabled={down === null} onClick={() => down && void move(down)}>
            {JOBS.moveDown}
          </MenuItem>
        </>
      )}
      {verbsOf(state).includes("cancel_job") && state !== "queued" && (
        <MenuItem
          icon="save"
          onClick={() => void cancelKeeping(id)}
        >
          {JOBS.cancelKeeping}
        </MenuItem>
      )}
    </>
  );
}
