/** Lines of a log of which only those in sight exist. It stays at the end when it was there. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { JOBS } from "../../../texts/jobs.ts";
import { type LogRow, timeOf } from "./log_rows.ts";

export interface LogLinesProps {
  readonly rows: readonly LogRow[];
  /** What was searched for, to be marked. */
  readonly wanted: string;
}

const MARGIN = 20;
const LINE_REM = 1.125;

export function LogLines({ rows, wanted }: LogLinesProps) {
  const box = useRef<HTMLDivElement>(null), isAtEnd = useRef(true);
  const [sight, setSight] = useState({ first: 0, count: 60 });
  const height = LINE_REM * rem();
  const look = () => {
    const element = box.current;
    if (element === null) return;
    isAtEnd.current = element.scrollTop + element.clientHeight > element.scrollHeight - height;
    const first = Math.max(0, Math.floor(element.scrollTop / height) - MARGIN);
    const count = Math.ceil(element.clientHeight / height) + 2 * MARGIN;
    setSight((old) => old.first === first && old.count === count ? old : { first, count });
  };
  useLayoutEffect(() => {
    if (box.current !== null && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
    look();
  }, [rows]);
  const first = Math.min(sight.first, Math.max(0, rows.length - sight.count));
  return (
    <div
      ref={box}
      class="job-log-lines mono"
      role="log"
      tabIndex={0}
      aria-label={JOBS.log}
      aria-live="off"
      onScroll={look}
    >
      {rows.length === 0 && JOBS.logEmpty}
      <div style={{ height: `${rows.length * LINE_REM}rem` }}>
        <div style={{ transform: `translateY(${first * LINE_REM}rem)` }}>
          {rows.slice(first, first + sight.count).map((row, i) => (
            <Line key={first + i} row={row} wanted={wanted} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Line({ row, wanted }: { readonly row: LogRow; readonly wanted: string }) {
  if (row.kind === "attempt") return <div class="log-line log-attempt">{row.text}</div>;
  return (
    <div class={`log-line is-${row.level}`} title={row.text}>
      <span>{timeOf(row)}</span> <Marked text={row.text} wanted={wanted} />
    </div>
  );
}

function Marked({ text, wanted }: { readonly text: string; readonly wanted: string }) {
  const at = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}

function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
