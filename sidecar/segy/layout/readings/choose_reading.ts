/**
 * Which way a file is read. What its headers say is believed until it is impossible; another reading is taken only when
 * trace headers all over the file prove it, the one that departs least from what is said first.
 */
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { type Evidence, evidenceFor } from "../evidence/evidence.ts";
import { SANE, sanity } from "../evidence/header_agreement.ts";
import { tracesBefore, tracesGoOn } from "../evidence/neighbours.ts";
import { TraceHeaderProbe } from "../evidence/trace_header_probe.ts";
import type { Opening } from "../opening.ts";
import { strideOf, wholeTraces } from "../reading.ts";
import { sampleCounts } from "./sample_counts.ts";
import { searchSamples } from "./search_samples.ts";
import { otherPlaces, saidPlaces, type TextCount } from "./text_counts.ts";
import { type Walk, walkTraces } from "./variable_lengths.ts";

export interface Choice extends Candidate {
  readonly evidence: Evidence;
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
  const proved = fits(said) ? said : provedOtherwise(opening);
  if (proved) return { said, choice: settled(opening, proved) };
  const choice = walked(opening) ?? guessed(opening, said) ?? (mayStand(opening, said) ? said : undefined);
  return { said, choice };
}

/** What the headers say, or the user, with how the file bears it out. */
export function saidReading(opening: Opening): Choice {
  const [said] = candidates(opening, saidPlaces(opening).slice(0, 1));
  return weighed(opening, said);
}

function weighed(opening: Opening, candidate: Candidate): Choice {
  const { reading } = candidate;
  return { ...candidate, evidence: reading.samples > 0 ? evidenceFor(opening, reading) : "impossible" };
}

function fits({ evidence }: Choice): boolean {
  return evidence === "proved" || evidence === "possible";
}

function provedOtherwise(opening: Opening): Choice | undefined {
  const all = candidates(opening, allPlaces(opening)).filter(({ count }) => count.said !== undefined);
  for (const candidate of all.sort((a, b) => a.cost - b.cost)) {
    const choice = weighed(opening, candidate);
    if (choice.evidence === "proved") return choice;
  }
  return undefined;
}

/** The said place, and others where a trace header may lie. */
function allPlaces(opening: Opening): TextCount[] {
  const [said, ...others] = [...saidPlaces(opening), ...otherPlaces(opening)];
  return [said, ...others.filter((place) => beginsTrace(opening, place))];
}

function beginsTrace(opening: Opening, { firstTrace }: TextCount): boolean {
  const header = new TraceHeaderProbe(opening).read(firstTrace);
  return header !== undefined && sanity(header) >= SANE;
}

/** A reading that holds, held against what lies before the first trace, after the last, and between them. */
function settled(opening: Opening, choice: Choice): Choice {
  const begun = fromTheFirst(opening, choice);
  const { reading } = begun;
  const ended = reading.trailers > 0 && tracesGoOn(opening, reading)
    ? { ...begun, reading: { ...reading, trailers: 0 } }
    : begun;
  if (opening.read.samples !== undefined || wholeTraces(opening.file, ended.reading).rest === 0) return ended;
  const walk = walkTraces(opening, ended.reading);
  return walk && !walk.isCut && walk.reached === opening.file.bytes ? { ...ended, walk } : ended;
}

/** Fewer extended text headers than said, where traces lie in their place. */
function fromTheFirst(opening: Opening, choice: Choice): Choice {
  const { reading } = choice;
  if (opening.kind === "su" || opening.read.extendedTexts !== undefined) return choice;
  const firstTrace = reading.firstTrace - tracesBefore(opening, reading) * strideOf(reading);
  const extendedTexts = (firstTrace - FILE_HEADER_BYTES) / TEXT_HEADER_BYTES;
  if (!Number.isInteger(extendedTexts) || firstTrace === reading.firstTrace) return choice;
  return { ...choice, reading: { ...reading, firstTrace, extendedTexts } };
}

/** Traces of different lengths. */
function walked(opening: Opening): Choice | undefined {
  if (opening.read.samples !== undefined) return undefined;
  for (const candidate of oneOfEachStart(candidates(opening, allPlaces(opening).slice(0, MOST_STARTS)))) {
    const walk = walkTraces(opening, candidate.reading);
    if (walk) return { ...candidate, evidence: "proved", walk };
  }
  return undefined;
}

/** Places from which traces of different lengths are followed; more would take long in a file without any. */
const MOST_STARTS = 3;

/** Candidates that differ in more than their number of samples. */
function oneOfEachStart(all: readonly Candidate[]): Candidate[] {
  const key = ({ reading }: Candidate) => JSON.stringify({ ...reading, samples: 0 });
  const keys = all.map(key);
  return all.filter((_, i) => keys.indexOf(keys[i]) === i).sort((a, b) => a.cost - b.cost);
}

/** What nothing proves: the likeliest first. */
function guessed(opening: Opening, said: Choice): Choice | undefined {
  if (opening.read.samples !== undefined) return undefined;
  return wrapped(opening, said) ?? searched(opening, said) ?? filling(opening, said);
}

/** More samples than 16 bits can say, where the said ones are what is left of them. */
function wrapped(opening: Opening, said: Choice): Choice | undefined {
  const { firstTrace, recordBytes, bytesPerSample, trailers } = said.reading;
  const counts = sampleCounts(opening, firstTrace, recordBytes).filter((count) => count.said === undefined);
  for (const count of counts) {
    const { extendedTexts } = said.reading;
    const reading = {
      extendedTexts,
      firstTrace,
      recordBytes,
      bytesPerSample,
      trailers,
      samples: count.samples,
    };
    const choice = weighed(opening, { reading, count, cost: said.cost });
    if (choice.evidence === "proved" || (choice.evidence === "possible" && said.evidence === "impossible")) {
      return choice;
    }
  }
  return undefined;
}

/** A number of samples that no header says, by where trace headers lie. */
function searched(opening: Opening, said: Choice): Choice | undefined {
  if (said.evidence !== "impossible") return undefined;
  const samples = searchSamples(opening, said.reading);
  if (samples === undefined) return undefined;
  const count = { samples, said: undefined, byte: said.count.byte };
  return { ...said, reading: { ...said.reading, samples }, count, evidence: "proved" };
}

/** Where trace headers tell nothing: another place of the first trace, or another said number, with which traces fill the file. */
function filling(opening: Opening, said: Choice): Choice | undefined {
  const { recordBytes, bytesPerSample } = said.reading;
  return candidates(opening, allPlaces(opening))
    .filter(({ count, reading }) =>
      count.said !== undefined && reading.recordBytes === recordBytes &&
      reading.bytesPerSample === bytesPerSample
    )
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
