/** How durations and moments are written. */
const THIN = "\u202f";
const NARROW = "\u00a0";
const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const dateFormat = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const fraction = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const DAY_MS = 86_400_000;

/** `0.1 s`, `22 s`, `4 min 12 s`, `1 h 6 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return unit(fraction.format(seconds), "s");
  if (seconds < 59.5) return unit(Math.round(seconds), "s");
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return two(minutes, "min", Math.round(seconds) - minutes * 60, "s");
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return two(hours, "h", minutes - hours * 60, "min");
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** `1 h 10 min – 1 h 25 min`. */
export function durationRange(fromMs: number, toMs: number): string {
  const from = duration(fromMs), to = duration(toMs);
  return from === to ? from : `${from} – ${to}`;
}

/** `19:12` today, else `Tue 14:02` within a week, else the date too. */
export function moment(at: number, now = Date.now()): string {
  const clock = clockFormat.format(at);
  if (new Date(at).toDateString() === new Date(now).toDateString()) return clock;
  if (Math.abs(now - at) < 6 * DAY_MS) return `${dayFormat.format(at)} ${clock}`;
  return `${dateFormat.format(at)} ${clock}`;
}

/** Date, time and zone in full. */
export function fullMoment(at: number): string {
  return fullFormat.format(at);
}

/** `14:31:02.114`: a line of a log. */
export function logTime(at: number): string {
  const date = new Date(at);
  const [h, m, s] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) =>
    String(n).padStart(2, "0")
  );
  return `${h}:${m}:${s}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function unit(value: number | string, name: string): string {
  return `${value}${THIN}${name}`;
}

function two(large: number, largeName: string, small: number, smallName: string): string {
  return small === 0 ? unit(large, largeName) : `${unit(large, largeName)}${NARROW}${unit(small, smallName)}`;
}
