/**
 * What a scan of trace headers knows of all traces, from records that lie `stride` bytes apart in the file's byte order.
 *
 * `table` is 480 bytes, 16 for each 16 bytes of the standard header: a swizzle that makes its words native (no standard
 * word crosses such a border, and bytes 1 to 16 are 32-bit words), then from byte 240 bits to flip, which put unsigned
 * 16-bit words in the order of signed ones.
 */

/** Bytes of a record that are looked at: the standard trace header. */
const HEADER: usize = 240;

/**
 * Widens `ranges`, 64 bytes for each 16 bytes of the header: least and greatest as i16x8, least and greatest as i32x4.
 * Each place of a header is of one of both types; the other's numbers are not meant to be read.
 */
export function header_ranges(records: usize, stride: usize, count: i32, table: usize, ranges: usize): void {
  for (let part: usize = 0; part < HEADER; part += 16) {
    const swizzle = v128.load(table + part), flip = v128.load(table + part, 240);
    const to = ranges + (part << 2);
    let low16 = v128.load(to), high16 = v128.load(to, 16);
    let low32 = v128.load(to, 32), high32 = v128.load(to, 48);
    let from = records + part;
    for (let i = 0; i < count; i++, from += stride) {
      const words = v128.xor(i8x16.swizzle(v128.load(from), swizzle), flip);
      low16 = i16x8.min_s(low16, words);
      high16 = i16x8.max_s(high16, words);
      low32 = i32x4.min_s(low32, words);
      high32 = i32x4.max_s(high32, words);
    }
    v128.store(to, low16);
    v128.store(to, high16, 16);
    v128.store(to, low32, 32);
    v128.store(to, high32, 48);
  }
}

// Places in the state of `watch_headers`; it begins as zeros, least extents as infinity, greatest as its negative.
const SEEN: usize = 0;
const OTHER_INTERVAL: usize = 4;
const OTHER_SAMPLES: usize = 12;
const NO_SCALAR: usize = 20;
const REPEATED: usize = 28;
const DEAD: usize = 36;
const ROSE: usize = 44;
const FELL: usize = 48;
const STAYED_WITHOUT_RISE: usize = 64;
const CHANGES: usize = 128;
const EXTENTS: usize = 192;
const FIRST_RECORD: usize = 288;
const LAST_RECORD: usize = 528;

/**
 * Counts what a scan tells of the order of traces, of coordinates and of what is odd.
 *
 * Sixteen 32-bit words are watched, as lanes of the four vectors at these bytes from 0: 8 (fldr tracf ep cdp), 72 (sx sy
 * gx gy), 180 (cdpx cdpy iline xline), 36 (offset and three more). The state, in bytes: 0 traces seen; at 4, 12, 20, 28,
 * 36 two numbers each, how many traces and the first of them from 1: with another interval, another number of samples,
 * coordinates without a scalar, numbers of the trace before, marked as dead; 44 and 48 a bit for each word that ever rose
 * and fell; 64 for each word the words that did not rise at some trace where it stayed, as bits; 128 for each word at how
 * many traces it changed; 192 least and greatest (x, y) of sources, receivers and ensembles as f64x2; 288 the first
 * record; 528 the last. `swap` is not 0 when 16-bit words have their high byte first.
 *
 * One long loop, because its twenty vectors live in locals from trace to trace.
 */
export function watch_headers(
  records: usize,
  stride: usize,
  count: i32,
  table: usize,
  state: usize,
  interval: i32,
  samples: i32,
  swap: i32,
): void {
  if (count <= 0) return;
  const swizzle = v128.load(table);
  let seen = load<u32>(state, SEEN);
  if (seen == 0) {
    memory.copy(state + FIRST_RECORD, records, HEADER);
    memory.copy(state + LAST_RECORD, records, HEADER);
  }
  const last = state + LAST_RECORD;
  let a0 = words32(last + 8, swizzle), b0 = words32(last + 72, swizzle);
  let c0 = words32(last + 180, swizzle), d0 = words32(last + 36, swizzle);
  let changesA = v128.load(state, CHANGES), changesB = v128.load(state, CHANGES + 16);
  let changesC = v128.load(state, CHANGES + 32), changesD = v128.load(state, CHANGES + 48);
  let leastS = v128.load(state, EXTENTS), mostS = v128.load(state, EXTENTS + 16);
  let leastG = v128.load(state, EXTENTS + 32), mostG = v128.load(state, EXTENTS + 48);
  let leastC = v128.load(state, EXTENTS + 64), mostC = v128.load(state, EXTENTS + 80);
  let scalar: i32 = 1;
  let factor = f64x2.splat(1);
  // Nothing rises and falls at once, so this is no trace's pattern.
  let pattern: u32 = 0xffffffff;
  let at = records;
  for (let i = 0; i < count; i++, at += stride) {
    const a = words32(at + 8, swizzle), b = words32(at + 72, swizzle);
    const c = words32(at + 180, swizzle), d = words32(at + 36, swizzle);
    const riseA = i32x4.gt_s(a, a0), riseB = i32x4.gt_s(b, b0);
    const riseC = i32x4.gt_s(c, c0), riseD = i32x4.gt_s(d, d0);
    const fallA = i32x4.lt_s(a, a0), fallB = i32x4.lt_s(b, b0);
    const fallC = i32x4.lt_s(c, c0), fallD = i32x4.lt_s(d, d0);
    changesA = i32x4.sub(changesA, v128.or(riseA, fallA));
    changesB = i32x4.sub(changesB, v128.or(riseB, fallB));
    changesC = i32x4.sub(changesC, v128.or(riseC, fallC));
    changesD = i32x4.sub(changesD, v128.or(riseD, fallD));
    const rises: u32 = bits16(riseA, riseB, riseC, riseD), falls: u32 = bits16(fallA, fallB, fallC, fallD);
    seen++;
    if (seen > 1) {
      // Most traces differ from the one before in the same words as the trace before did: nothing new then.
      if ((rises | falls << 16) != pattern) {
        pattern = rises | falls << 16;
        note_pattern(state, rises, falls);
      }
      if (((rises | falls) & 3) == 0 && i32x4.extract_lane(a, 1) != 0) note(state + REPEATED, seen);
    }
    a0 = a;
    b0 = b;
    c0 = c;
    d0 = d;

    const dt = word16(at + 116, swap), ns = word16(at + 114, swap) & 0xffff;
    if (dt != interval && dt != 0) note(state + OTHER_INTERVAL, seen);
    if (ns != samples && ns != 0) note(state + OTHER_SAMPLES, seen);
    if (word16(at + 28, swap) == 2) note(state + DEAD, seen);
    const found = word16(at + 70, swap);
    if (found == 0 && (i32x4.extract_lane(b, 0) | i32x4.extract_lane(b, 2)) != 0) note(state + NO_SCALAR, seen);
    if (found != scalar) {
      scalar = found;
      factor = f64x2.splat(scalar_factor(found));
    }
    // Points at the origin count as not given.
    if (i64x2.extract_lane(b, 0) != 0) {
      const point = f64x2.mul(f64x2.convert_low_i32x4_s(b), factor);
      leastS = f64x2.pmin(leastS, point);
      mostS = f64x2.pmax(mostS, point);
    }
    if (i64x2.extract_lane(b, 1) != 0) {
      const point = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i64>(b, b, 1, 1)), factor);
      leastG = f64x2.pmin(leastG, point);
      mostG = f64x2.pmax(mostG, point);
    }
    if (i64x2.extract_lane(c, 0) != 0) {
      const point = f64x2.mul(f64x2.convert_low_i32x4_s(c), factor);
      leastC = f64x2.pmin(leastC, point);
      mostC = f64x2.pmax(mostC, point);
    }
  }
  store<u32>(state, seen, SEEN);
  v128.store(state, changesA, CHANGES);
  v128.store(state, changesB, CHANGES + 16);
  v128.store(state, changesC, CHANGES + 32);
  v128.store(state, changesD, CHANGES + 48);
  v128.store(state, leastS, EXTENTS);
  v128.store(state, mostS, EXTENTS + 16);
  v128.store(state, leastG, EXTENTS + 32);
  v128.store(state, mostG, EXTENTS + 48);
  v128.store(state, leastC, EXTENTS + 64);
  v128.store(state, mostC, EXTENTS + 80);
  memory.copy(state + LAST_RECORD, at - stride, HEADER);
}

// @ts-ignore: decorator
@inline
function words32(at: usize, swizzle: v128): v128 {
  return i8x16.swizzle(v128.load(at), swizzle);
}

// @ts-ignore: decorator
@inline
function word16(at: usize, swap: i32): i32 {
  const word = load<u16>(at);
  return <i32> <i16> (swap ? bswap<u16>(word) : word);
}

// @ts-ignore: decorator
@inline
function bits16(a: v128, b: v128, c: v128, d: v128): u32 {
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}

/** What a coordinate scalar multiplies by; what is no power of ten up to 10,000 counts as one. */
function scalar_factor(found: i32): f64 {
  const size = abs(found);
  if (size != 10 && size != 100 && size != 1000 && size != 10000) return 1;
  return found > 0 ? <f64> found : -1 / <f64> found;
}

/** Counts a trace of one kind, and keeps the first. */
function note(place: usize, trace: u32): void {
  const traces = load<u32>(place);
  if (traces == 0) store<u32>(place, trace, 4);
  store<u32>(place, traces + 1);
}

function note_pattern(state: usize, rises: u32, falls: u32): void {
  store<u32>(state, load<u32>(state, ROSE) | rises, ROSE);
  store<u32>(state, load<u32>(state, FELL) | falls, FELL);
  let stayed = ~(rises | falls) & 0xffff;
  while (stayed != 0) {
    const row = state + STAYED_WITHOUT_RISE + (<usize> ctz(stayed) << 2);
    store<u32>(row, load<u32>(row) | (~rises & 0xffff));
    stayed &= stayed - 1;
  }
}
