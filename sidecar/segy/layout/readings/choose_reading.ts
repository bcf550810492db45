/**
 * Which way a file is read. What its headers say is believed until it is impossible; another reading is taken only when
 * trace headers all over the file prove it, the one that departs least from what is said first.
 */
import {
  BINARY_HEADER_START,
  FILE_HEADER_BYTES,
  TEXT_HEADER_BYTES,
} from "../../../../src/shared/seismic/binary_header.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { weigh, type Weight } from "../evidence/evidence.ts";
import { SANE, sanity } from "../evidence/header_agreement.ts";
import { tracesBefore, tracesGoOn } from "../evidence/neighbours.ts";
import { TraceHeaderProbe } from "../evidence/trace_header_probe.ts";
import type { Opening } from "../opening.ts";
import { endOfTraces, strideOf, wholeTraces } from "../reading.ts";
import { sampleCounts, wrappedCounts } from "./sample_counts.ts";
import { searchSamples, skipsHeaders } from "./search_samples.ts";
import { otherPlaces, saidPlaces, type TextCount } from "./text_counts.ts";
import { type Walk, walkTraces } from "./variable_lengths.ts";

export interface Choice extends Candidate, Weight {
  /** Where traces differ in length. */
  readonly walk?: Walk;
}

export interface Chosen {
  readonly said: Choice;
  /** Undefined where no reading leads from trace to trace. */
  readonly choice: Choice | undefined;
}

export function chooseReading(opening: Opening): Chosen {
  const said = saidReading(opening);
  const proved = fits(said)
    ? clearElsewhere(opening, said) ?? (said.traces === 1 ? exactly(opening, said) : undefined) ?? said
    : clearOtherwise(opening, said);
  if (proved) return { said, choice: settled(opening, proved) };
  const choice = guessed(opening, said) ?? (mayStand(opening, said) ? said : undefined);
  return { said, choice };
}

/** What the headers say, or the user, with how the file bears it out. */
export function saidReading(opening: Opening): Choice {
  const [said] = candidates(opening, saidPlaces(opening).slice(0, 1));
  return weighed(opening, said);
}

const NOTHING = { samples: false, interval: false };

function weighed(opening: Opening, candidate: Candidate): Choice {
  const { reading } = candidate;
  if (reading.samples === 0) {
    return { ...candidate, evidence: "impossible", traces: 0, begins: NOTHING, points: 0, odd: false };
  }
  const weight = weigh(opening, reading);
  const holds = weight.evidence === "proved" || weight.evidence === "possible";
  const skips = holds && skipsHeaders(opening, reading);
  return { ...candidate, ...weight, ...(skips && { evidence: "impossible" as const }) };
}

function fits({ evidence }: Choice): boolean {
  return evidence === "proved" || evidence === "possible";
}

/**
 * Another place of the first trace, where the said one leads to bytes that are alike but no headers: they say neither
 * the samples nor the interval that the binary header says, and headers elsewhere do.
 */
function clearElsewhere(opening: Opening, said: Choice): Choice | undefined {
  if (beginsSo(said) || opening.kind === "su") return undefined;
  const places = [...saidPlaces(opening), ...otherPlaces(opening)].filter((place) =>
    place.firstTrace !== said.reading.firstTrace && beginsTrace(opening, place)
  );
  return places.map(({ texts, firstTrace }) => {
    const reading = { ...said.reading, firstTrace, extendedTexts: texts };
    return weighed(opening, { ...said, reading, cost: said.cost + 1 });
  }).find((choice) => isClear(choice) || (said.evidence === "possible" && isExact(choice)));
}

/** A lone trace that fills the file and says its samples. */
function isExact({ evidence, traces, begins }: Choice): boolean {
  return evidence === "proved" && traces === 1 && begins.samples;
}

/** Another count with which a lone trace fills the file, where the said one leaves bytes over that may be its own. */
function exactly(opening: Opening, said: Choice): Choice | undefined {
  const { reading } = said, { firstTrace, recordBytes, bytesPerSample } = reading;
  const room = endOfTraces(opening.file, reading) - firstTrace - recordBytes;
  if (opening.read.samples !== undefined || room === reading.samples * bytesPerSample) return undefined;
  const counts = [
    ...sampleCounts(opening, firstTrace, recordBytes),
    ...wrappedCounts(opening, firstTrace, recordBytes, bytesPerSample),
  ];
  const count = counts.find(({ samples }) => samples * bytesPerSample === room);
  const choice = count &&
    weighed(opening, { ...said, reading: { ...reading, samples: count.samples }, count });
  return choice && fits(choice) ? choice : undefined;
}

/**
 * Other lengths at the said place first: one for each trace up to the very end, one for all traces, one for each, one
 * that no header says; then other places.
 */
function clearOtherwise(opening: Opening, said: Choice): Choice | undefined {
  const exact = ofAnyLength(opening, said);
  if (exact?.walk && exact.walk.reached === endOfTraces(opening.file, exact.reading)) return exact;
  const here = candidates(opening, saidPlaces(opening).slice(0, 1));
  const near = proofs(opening, here).find(isClear) ?? walked(opening, here) ?? foundHere(opening, said);
  if (near) return near;
  const there = candidates(opening, allPlaces(opening));
  return proofs(opening, there).find(isClear) ?? walked(opening, there);
}

function foundHere(opening: Opening, said: Choice): Choice | undefined {
  if (opening.read.samples !== undefined) return undefined;
  const found = searchedAt(opening, said, said.reading.firstTrace, said.reading.extendedTexts);
  return found && isClear(found) ? found : undefined;
}

/** The said places, and others where a trace header may lie. */
function allPlaces(opening: Opening): TextCount[] {
  const said = saidPlaces(opening), known = said.map(({ firstTrace }) => firstTrace);
  const others = otherPlaces(opening).filter(({ firstTrace }) => !known.includes(firstTrace));
  return [...said, ...others.filter((place) => beginsTrace(opening, place))];
}

/** The readings that trace headers prove, those first that depart least from what is said, up to a clear one. */
function proofs(opening: Opening, all: readonly Candidate[]): Choice[] {
  const proved: Choice[] = [];
  for (const candidate of all.toSorted((a, b) => a.cost - b.cost)) {
    const choice = weighed(opening, candidate);
    if (choice.evidence === "proved") proved.push(choice);
    if (isClear(choice)) break;
  }
  return proved;
}

/** The first header says the interval of the binary header, or the samples that another header says. */
function beginsSo({ begins, count }: Pick<Choice, "begins" | "count">): boolean {
  return begins.interval || (begins.samples && count.byte > BINARY_HEADER_START);
}

/** Words that speak for a reading, at least. */
const CLEAR = 3;

/** Several traces, the first of them like the others and as the binary header says. */
function isClear({ evidence, traces, begins, points, count }: Choice): boolean {
  return evidence === "proved" && traces > 1 && points >= CLEAR && beginsSo({ begins, count });
}

function beginsTrace(opening: Opening, { firstTrace }: TextCount): boolean {
  const header = new TraceHeaderProbe(opening).read(firstTrace);
  return header !== undefined && sanity(header) >= SANE;
}

/** A reading that holds, held against what lies before the first trace, after the last, and between them. */
function settled(opening: Opening, choice: Choice): Choice {
  if (choice.walk) return choice;
  const begun = fromTheFirst(opening, choice);
  const { reading } = begun;
  const ended = reading.trailers > 0 && tracesGoOn(opening, reading)
    ? weighed(opening, { ...begun, reading: { ...reading, trailers: 0 } })
    : begun;
  if (wholeTraces(opening.file, ended.reading).rest === 0) return ended;
  return ofAnyLength(opening, ended) ?? ended;
}

/** Traces whose own lengths lead through the file, where one length does not. */
function ofAnyLength(opening: Opening, choice: Choice): Choice | undefined {
  if (opening.read.samples !== undefined) return undefined;
  const { reading } = choice;
  const walks = [reading, { ...reading, trailers: 0 }].slice(0, reading.trailers > 0 ? 2 : 1).flatMap(
    (one) => {
      const walk = walkTraces(opening, one);
      return walk ? [{ reading: one, walk }] : [];
    },
  );
  const found = walks.find(({ walk }) => !walk.isCut) ?? walks[0];
  if (!found) return undefined;
  const traces = found.walk.offsets.length - (found.walk.isCut ? 1 : 0);
  return { ...choice, ...found, evidence: "proved", traces };
}

/** Fewer extended text headers than said, where traces lie in their place. */
function fromTheFirst(opening: Opening, choice: Choice): Choice {
  const { reading } = choice;
  if (opening.kind === "su" || opening.read.extendedTexts !== undefined) return choice;
  const firstTrace = reading.firstTrace - tracesBefore(opening, reading) * strideOf(reading);
  const extendedTexts = (firstTrace - FILE_HEADER_BYTES) / TEXT_HEADER_BYTES;
  if (!Number.isInteger(extendedTexts) || firstTrace === reading.firstTrace) return choice;
  return weighed(opening, { ...choice, reading: { ...reading, firstTrace, extendedTexts } });
}

/** Traces of different lengths, such that the file does not end within one if there is a choice. */
function walked(opening: Opening, all: readonly Candidate[]): Choice | undefined {
  if (opening.read.samples !== undefined) return undefined;
  const walks: Choice[] = [];
  for (const candidate of oneOfEachStart(all).slice(0, MOST_STARTS)) {
    const walk = walkTraces(opening, candidate.reading);
    if (!walk) continue;
    const traces = walk.offsets.length - (walk.isCut ? 1 : 0);
    const choice: Choice = {
      ...candidate,
      evidence: "proved",
      traces,
      begins: NOTHING,
      points: 0,
      odd: false,
      walk,
    };
    if (!walk.isCut) return choice;
    walks.push(choice);
  }
  return walks[0];
}

/** Starts from which traces of different lengths are followed; more would take long in a file without any. */
const MOST_STARTS = 100;

/** Candidates that differ in more than their number of samples. */
function oneOfEachStart(all: readonly Candidate[]): Candidate[] {
  const key = ({ reading }: Candidate) => JSON.stringify({ ...reading, samples: 0 });
  const keys = all.map(key);
  return all.filter((_, i) => keys.indexOf(keys[i]) === i).sort((a, b) => a.cost - b.cost);
}

/** What less speaks for: the likeliest first. */
function guessed(opening: Opening, said: Choice): Choice | undefined {
  const unclear = () => {
    const all = proofs(opening, candidates(opening, allPlaces(opening))).filter(({ begins, reading }) =>
      (begins.samples || begins.interval) && reading.recordBytes === said.reading.recordBytes
    );
    return all.find(({ traces }) => traces > 1) ?? all[0];
  };
  if (opening.read.samples !== undefined) return unclear();
  return wrapped(opening, said) ?? searched(opening, said) ?? exactly(opening, said) ?? unclear() ??
    filling(opening, said);
}

/** More samples than 16 bits can say, where the said ones are what is left of them. */
function wrapped(opening: Opening, said: Choice): Choice | undefined {
  const { firstTrace, recordBytes, bytesPerSample } = said.reading;
  for (const count of wrappedCounts(opening, firstTrace, recordBytes, bytesPerSample)) {
    const reading = { ...said.reading, samples: count.samples };
    const choice = weighed(opening, { reading, count, cost: said.cost });
    if (choice.evidence === "proved" || (choice.evidence === "possible" && said.evidence === "impossible")) {
      return choice;
    }
  }
  return undefined;
}

/** A number of samples that no header says, by where trace headers lie that say the interval of the binary header. */
function searched(opening: Opening, said: Choice): Choice | undefined {
  return allPlaces(opening).flatMap(({ texts, firstTrace }) => {
    return searchedAt(opening, said, firstTrace, texts) ?? [];
  }).find(({ begins }) => begins.interval);
}

function searchedAt(
  opening: Opening,
  said: Choice,
  firstTrace: number,
  extendedTexts: number,
): Choice | undefined {
  const reading = { ...said.reading, firstTrace, extendedTexts };
  const samples = searchSamples(opening, reading);
  if (samples === undefined) return undefined;
  const count = { samples, said: undefined, byte: said.count.byte };
  return weighed(opening, { ...said, reading: { ...reading, samples }, count });
}

/** Where trace headers tell nothing: another place of the first trace, or another said number, with which traces fill the file. */
function filling(opening: Opening, said: Choice): Choice | undefined {
  const { recordBytes, bytesPerSample } = said.reading;
  if (said.evidence !== "impossible" && said.traces > 0) return undefined;
  return candidates(opening, allPlaces(opening))
    .filter(({ reading }) => reading.recordBytes === recordBytes && reading.bytesPerSample === bytesPerSample)
    .sort((a, b) => a.cost - b.cost)
    .map((candidate) => weighed(opening, candidate))
    .find(({ evidence }) => evidence === "possible");
}

/** What is said stands without proof: when the user says it, when nothing speaks against it, when its traces fill the file. */
function mayStand(opening: Opening, { reading, evidence }: Choice): boolean {
  const { whole, rest } = wholeTraces(opening.file, reading);
  if (reading.samples === 0) return false;
  return opening.read.samples !== undefined || evidence === "doubtful" || (whole > 1 && rest === 0);
}
