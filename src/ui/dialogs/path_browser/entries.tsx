/** What a folder holds: arrows move, Enter opens, a letter jumps to the next name that begins with it. */
import { useEffect, useRef } from "preact/hooks";
import type { FolderEntry } from "../../../shared/protocol/commands.ts";
import { bytes } from "../../format/numbers.ts";
import { PATHS } from "../../texts/path_browser.ts";
import { Icon } from "../../widgets/icon.tsx";

export interface EntriesProps {
  readonly entries: readonly FolderEntry[];
  readonly chosen: string | null;
  /** Said in place of an empty list. */
  readonly nothing: string;
  readonly onChoose: (name: string) => void;
  readonly onAct: (entry: FolderEntry) => void;
}

const ICONS: Readonly<Record<FolderEntry["kind"], string>> = {
  folder: "folder",
  dataset: "layers",
  segy: "activity",
  flow: "workflow",
};

export function Entries({ entries, chosen, nothing, onChoose, onAct }: EntriesProps) {
  const list = useRef<HTMLUListElement>(null);
  const at = entries.findIndex(({ name }) => name === chosen);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, entries]);
  const keyDown = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, at, entries);
    if (next !== undefined) onChoose(entries[next].name);
    else if (event.key === "Enter" && at >= 0) onAct(entries[at]);
    else return;
    event.preventDefault();
  };
  if (entries.length === 0) return <p class="paths-list paths-nothing quiet">{nothing}</p>;
  return (
    <ul
      ref={list}
      class="paths-list"
      role="listbox"
      aria-label={PATHS.entries}
      aria-activedescendant={at >= 0 ? `entry-${at}` : undefined}
      tabIndex={0}
      onKeyDown={keyDown}
    >
      {entries.map((entry, i) => (
        <li
          key={entry.name}
          id={`entry-${i}`}
          role="option"
          aria-selected={i === at}
          onClick={() => onChoose(entry.name)}
          onDblClick={() => onAct(entry)}
        >
          <Icon name={ICONS[entry.kind]} />
          <span class="cut">{entry.name}</span>
          <span class="quiet small">
            {entry.bytes === null ? PATHS.kinds[entry.kind] : bytes(entry.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Where a key leads from a place; undefined when it leads nowhere. */
function placeAfter(key: string, at: number, entries: readonly FolderEntry[]): number | undefined {
  const last = entries.length - 1;
  if (last < 0) return undefined;
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  if (key in steps) return Math.min(last, Math.max(0, at + steps[key]));
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key.length !== 1 || key === " ") return undefined;
  const begins = (i: number) => entries[i].name.toLowerCase().startsWith(key.toLowerCase());
  const order = entries.map((_, i) => (at + 1 + i) % entries.length);
  return order.find(begins);
}
