/**
 * The rows of a long list that are in sight, in a table of which only those exist. All rows have one height, that of
 * `--row`. The caller draws the head and each row.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export interface VirtualRowsProps<T> {
  readonly items: readonly T[];
  readonly label: string;
  readonly columns: ComponentChildren;
  readonly row: (item: T, index: number) => ComponentChildren;
  readonly class?: string;
  readonly multiselectable?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** Rows drawn above and below what is in sight. */
const MARGIN = 12;

export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { items, label, columns, row, class: className = "", multiselectable = false, onKeyDown } = props;
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ first: 0, count: 60, height: 28 });
  const look = () => {
    const element = box.current;
    if (element === null) return;
    const height = rowHeight(element);
    const first = Math.max(0, Math.floor(element.scrollTop / height) - MARGIN);
    const count = Math.ceil(element.clientHeight / height) + 2 * MARGIN;
    setSight((old) =>
      old.first === first && old.count === count && old.height === height ? old : { first, count, height }
    );
  };
  useLayoutEffect(() => {
    look();
    if (box.current === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(look);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const first = Math.min(sight.first, Math.max(0, items.length - sight.count));
  const shown = items.slice(first, first + sight.count);
  const after = Math.max(0, items.length - first - shown.length);
  return (
    <div ref={box} class={`virtual ${className}`} onScroll={look}>
      <table
        class="table"
        role="grid"
        aria-label={label}
        aria-rowcount={items.length + 1}
        aria-multiselectable={multiselectable}
        onKeyDown={onKeyDown}
      >
        {columns}
        <tbody>
          {first > 0 && <Gap rows={first} height={sight.height} />}
          {shown.map((item, i) => row(item, first + i))}
          {after > 0 && <Gap rows={after} height={sight.height} />}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ rows, height }: { readonly rows: number; readonly height: number }) {
  return (
    <tr class="virtual-gap" aria-hidden="true">
      <td style={{ height: `${rows * height}px` }} />
    </tr>
  );
}

function rowHeight(element: HTMLElement): number {
  const row = element.querySelector<HTMLElement>("tbody tr:not(.virtual-gap)");
  return row?.offsetHeight || 28;
}
