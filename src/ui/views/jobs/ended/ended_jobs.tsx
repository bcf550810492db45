/** What ended: a filter, and a table of which only the rows in sight exist. */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { attempt } from "../../../actions/failure.ts";
import { loadAllJobs } from "../../../actions/jobs.ts";
import { count } from "../../../format/numbers.ts";
import {
  endedFilter,
  isFiltering,
  selectedJobs,
  sortEnded,
  type SortKey,
} from "../../../state/ended/filter.ts";
import { type EndedRow, listedJobs, listedRows } from "../../../state/ended/listed.ts";
import { activeJobs, endedJobs, jobsInWorkspace } from "../../../state/jobs.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Empty } from "../../../widgets/empty.tsx";
import { Icon } from "../../../widgets/icon.tsx";
import { VirtualRows } from "../../../widgets/virtual_rows.tsx";
import { EndedFilterBar } from "./ended_filter_bar.tsx";
import { EndedRowOf } from "./ended_row.tsx";
import { onRowKey } from "./select_rows.ts";
import "./ended_jobs.css";

export function EndedJobs({ shown }: { readonly shown: string }) {
  const rows = listedRows.value;
  if (endedJobs.value.length === 0) return <Empty what={JOBS.endedEmptyWhat} why={JOBS.endedEmptyWhy} />;
  const firstJob = rows.findIndex(({ kind }) => kind === "job");
  return (
    <div class="ended">
      <EndedFilterBar />
      {rows.length === 0 && <p class="ended-nothing second">{JOBS.nothingFits}</p>}
      {rows.length > 0 && (
        <VirtualRows
          class="ended-rows"
          label={JOBS.ended}
          items={rows}
          multiselectable
          columns={<Columns />}
          row={(row, i) => (
            <EndedRowOf
              key={keyOf(row)}
              row={row}
              shown={shown}
              focusable={i === firstJob && selectedJobs.value.size === 0}
            />
          )}
          onKeyDown={onRowKey}
        />
      )}
      <ListFoot />
    </div>
  );
}

function keyOf(row: EndedRow): string {
  return row.kind === "job" ? row.job.id : `error ${row.error.tag}`;
}

const COLUMNS: readonly { readonly key: SortKey; readonly class: string }[] = [
  { key: "name", class: "" },
  { key: "type", class: "ended-type" },
  { key: "traces", class: "ended-figure number" },
  { key: "took", class: "ended-figure number" },
  { key: "rate", class: "ended-figure number" },
  { key: "ended", class: "ended-when number" },
];

function Columns() {
  return (
    <thead>
      <tr>
        <th class="ended-icon">
          <span class="unseen">{JOBS.facts.state}</span>
        </th>
        {COLUMNS.map(({ key, class: className }) => (
          <Fragment key={key}>
            <Column column={key} class={className} />
            {key === "name" && <th class="ended-input">{JOBS.facts.input}</th>}
          </Fragment>
        ))}
      </tr>
    </thead>
  );
}

function Column({ column, class: className }: { readonly column: SortKey; readonly class: string }) {
  const { sort, descending } = endedFilter.value, name = JOBS.columns[column];
  const isSorted = sort === column;
  return (
    <th class={className} aria-sort={isSorted ? descending ? "descending" : "ascending" : "none"}>
      <button type="button" class="ended-sort" title={JOBS.sortBy(name)} onClick={() => sortEnded(column)}>
        {name}
        {isSorted && <Icon name={descending ? "chevron-down" : "chevron-up"} size={12} />}
      </button>
    </th>
  );
}

/** A list that is cut says so: by the filter, or to what the stream began with, with a way to the rest. */
function ListFoot() {
  const [loading, setLoading] = useState(false);
  const there = endedJobs.value.length, total = jobsInWorkspace.value - activeJobs.value.length;
  const isCut = there < total;
  if (!isCut && !isFiltering(endedFilter.value)) return null;
  const load = async () => {
    setLoading(true);
    await attempt(loadAllJobs);
    setLoading(false);
  };
  return (
    <p class="ended-more second small">
      {isFiltering(endedFilter.value) && (
        <span>{JOBS.shownOf(count(listedJobs.value.length), count(there))}</span>
      )}
      {isCut && (
        <>
          <span>{JOBS.cut(count(there), count(total))}</span>
          <button type="button" class="button" disabled={loading} onClick={() => void load()}>
            {JOBS.loadAll}
          </button>
        </>
      )}
    </p>
  );
}
