/** Copies a table with all digits, as spreadsheets take it. */
import { copyText, tsvOfRows } from "../../actions/history/export_jobs.ts";
import { DATA } from "../../texts/data.ts";
import { Icon } from "../../widgets/icon.tsx";

export interface CopyTableProps {
  /** What is copied, in words. */
  readonly name: string;
  readonly rows: () => readonly (readonly (string | number | null)[])[];
}

export function CopyTable({ name, rows }: CopyTableProps) {
  const label = DATA.copyTable(name);
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => void copyText(tsvOfRows(rows()))}
    >
      <Icon name="copy" size={14} />
    </button>
  );
}
