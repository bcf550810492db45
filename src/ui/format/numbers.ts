/** How figures are written: in the user's locale, the unit after a thin space. */
const THIN = "\u202f";
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const figures = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat(undefined, { maximumFractionDigits: 20 });

/** `38,400`. */
export function count(value: number): string {
  return whole.format(value);
}

/** All digits of a value of data. */
export function full(value: number): string {
  return exact.format(value);
}

/** `42.1 %` of a share from 0 to 1. */
export function percent(share: number): string {
  return `${one.format(share * 100)}${THIN}%`;
}

/** `42 %`: for places without room. */
export function roughPercent(share: number): string {
  return `${whole.format(Math.floor(share * 100))}${THIN}%`;
}

/** `231 MB` in thousands, as disks are sold and files are listed. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let scaled = value, unit = 0;
  for (; scaled >= 999.5 && unit < units.length - 1; unit++) scaled /= 1000;
  return `${unit === 0 ? whole.format(scaled) : figures.format(scaled)}${THIN}${units[unit]}`;
}

/** `3.1 GiB` in powers of two, as memory comes. */
export function memory(value: number): string {
  return `${one.format(value / 2 ** 30)}${THIN}GiB`;
}

/** `84,120 tr/s`. */
export function traceRate(value: number): string {
  return `${whole.format(value)}${THIN}tr/s`;
}

/** `505 MB/s`. */
export function megabyteRate(value: number): string {
  return `${figures.format(value)}${THIN}MB/s`;
}

/** `84.0 k/s`: a column of a table. */
export function shortRate(value: number): string {
  if (value >= 999_500) return `${one.format(value / 1e6)}${THIN}M/s`;
  if (value >= 1000) return `${one.format(value / 1000)}${THIN}k/s`;
  return `${figures.format(value)}${THIN}/s`;
}
