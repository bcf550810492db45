/** The log of a job from its first line on, with a search over all of it. Attempts are kept apart. */
import { useMemo, useState } from "preact/hooks";
import type { JobEvent } from "../../../../shared/job/events.ts";
import { copyText, saveText } from "../../../actions/history/export_jobs.ts";
import { count } from "../../../format/numbers.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { logRows, textOfRows } from "./log_rows.ts";
import { LogLines } from "./log_lines.tsx";

export interface JobLogProps {
  readonly name: string;
  readonly events: readonly JobEvent[];
}

export function JobLog({ name, events }: JobLogProps) {
  const [wanted, setWanted] = useState(""), [plain, setPlain] = useState(false);
  const all = useMemo(() => logRows(events), [events]);
  const rows = useMemo(() => {
    const text = wanted.trim().toLowerCase();
    return text === ""
      ? all
      : all.filter((row) => row.kind === "line" && row.text.toLowerCase().includes(text));
  }, [all, wanted]);
  const lines = all.filter(({ kind }) => kind === "line").length;
  return (
    <section class="job-log" aria-label={JOBS.log}>
      <header class="job-log-head">
        <h3 class="section-title">{JOBS.log}</h3>
        <input
          class="input"
          type="search"
          aria-label={JOBS.searchLog}
          placeholder={JOBS.searchLog}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <span class="quiet small" role="status">
          {rows === all ? JOBS.lines(count(lines)) : JOBS.linesOf(count(rows.length), count(lines))}
        </span>
        <Buttons
          plain={plain}
          onPlain={() => setPlain(!plain)}
          onCopy={() => void copyText(textOfRows(rows))}
          onSave={() => saveText(`${name}.log`, "text/plain", textOfRows(all))}
        />
      </header>
      {plain
        ? (
          <pre
            class="job-log-lines mono"
            tabIndex={0}
            aria-label={JOBS.log}
          >{textOfRows(rows) || JOBS.logEmpty}</pre>
        )
        : <LogLines rows={rows} wanted={wanted.trim()} />}
    </section>
  );
}

interface ButtonsProps {
  readonly plain: boolean;
  readonly onPlain: () => void;
  readonly onCopy: () => void;
  readonly onSave: () => void;
}

function Buttons({ plain, onPlain, onCopy, onSave }: ButtonsProps) {
  return (
    <span class="job-log-buttons">
      <button type="button" class="chip" aria-pressed={plain} onClick={onPlain}>{JOBS.plainText}</button>
      <button
        type="button"
        class="icon-button"
        aria-label={JOBS.copyLog}
        title={JOBS.copyLog}
        onClick={onCopy}
      >
        <Icon name="copy" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={JOBS.saveLog}
        title={JOBS.saveLog}
        onClick={onSave}
      >
        <Icon name="save" />
      </button>
    </span>
  );
}
