/**
 * Which numbers the samples are. The said format holds as long as its size fits and the values that it gives are possible;
 * it is overruled only by a format that gives possible ones.
 */
import { SAMPLE_FORMATS } from "../../../src/shared/seismic/sample_formats.ts";
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import { lookAtSamples, type SampleLook } from "./evidence/sample_look.ts";
import { sampleWords } from "./evidence/sample_words.ts";
import { finding, type Found } from "./findings.ts";
import type { Opening } from "./opening.ts";
import type { Decision } from "./decision.ts";
import { saidFormat } from "./readings/candidates.ts";

const IBM = 1, INT32 = 2, GAIN = 4, IEEE = 5;
/** The likeliest format of a size that tells no more. */
const SIZE_CODES: Readonly<Record<number, number>> = { 1: 8, 2: 3, 3: 7, 8: 6 };

/** Too few different samples tell nothing. */
const FEWEST_WORDS = 16;
/** Shares from which values are impossible, and up to which they are possible. */
const IMPOSSIBLE = 0.2;
const POSSIBLE = 0.02;

const PLACE = { byte: 3225 };

/** The code of the format; 0 where neither headers nor samples tell. */
export function findFormat(opening: Opening, { reading, whole, variable }: Decision): Found<number> {
  const said = saidFormat(opening);
  const known = SAMPLE_FORMATS.get(said);
  const look = reading.bytesPerSample === 4
    ? lookAtSamples(sampleWords(opening, reading, whole, variable))
    : undefined;
  if (opening.read.format !== undefined) {
    return { value: said, findings: look ? forcedWords(said, look) : [] };
  }
  if (!known) return unknownCode(said, reading.bytesPerSample, look);
  if (known.bytes !== reading.bytesPerSample) return otherSize(said, reading.bytesPerSample, look);
  const impossible = look && whyImpossible(said, look);
  if (!look || impossible === undefined) return { value: said, findings: look ? oddWords(said, look) : [] };
  return overruled(said, impossible, look);
}

/** What the samples look like to nobody who said a format. */
function unknownCode(said: number, bytes: number, look: SampleLook | undefined): Found<number> {
  const seen = look ? codeByLooking(look) : SIZE_CODES[bytes] ?? 0;
  const what = `sample format code ${said} is not one of the standard`;
  return { value: seen, findings: [finding("error", what, lookText(seen, look), PLACE)] };
}

/** The trace headers lie where samples of another size put them. */
function otherSize(said: number, bytes: number, look: SampleLook | undefined): Found<number> {
  const seen = look ? codeByLooking(look) : SIZE_CODES[bytes] ?? 0;
  const what =
    `sample format code ${said} (${titleOf(said)}) is said, but trace headers lie where samples of ` +
    `${bytes} ${bytes === 1 ? "byte" : "bytes"} put them, and the samples look different`;
  return { value: seen, findings: [taken(what, seen, look)] };
}

function overruled(said: number, why: string, look: SampleLook): Found<number> {
  const seen = codeByLooking(look);
  const what = `sample format code ${said} (${
    titleOf(said)
  }) is said, but ${why}: the samples look different`;
  if (seen !== 0 || said === GAIN) return { value: seen, findings: [taken(what, seen, look)] };
  return { value: said, findings: [finding("warning", what, "read as said: no other format fits", PLACE)] };
}

function taken(what: string, seen: number, look: SampleLook | undefined): ScanFinding {
  if (seen !== 0) return finding("warning", what, `read as ${titleOf(seen)}`, PLACE);
  return finding("error", what, lookText(seen, look), PLACE);
}

/** Why the values cannot be what the said code makes of them; undefined when they can. */
function whyImpossible(said: number, look: SampleLook): string | undefined {
  if (look.words < FEWEST_WORDS) return undefined;
  switch (said) {
    case IBM:
      if (look.absurd.ibm > IMPOSSIBLE) return `${percent(look.absurd.ibm)} of them would be absurd`;
      return look.floats === "ieee" ? "their exponents and fractions lie as in IEEE numbers" : undefined;
    case IEEE:
      if (look.absurd.ieee > IMPOSSIBLE) {
        return `${percent(look.absurd.ieee)} of them would be absurd or no number`;
      }
      return look.floats === "ibm" ? "fractions are left out that IBM numbers leave out" : undefined;
    case INT32:
      if (!look.floatExponents || !look.bothSigns || look.smallIntegers) return undefined;
      return "as integers all are about a thousand million, positive or negative";
    case GAIN:
      return look.notGain > POSSIBLE ? `${percent(look.notGain)} of them are no number with gain` : undefined;
    default:
      return undefined;
  }
}

/** The one format that gives possible values; 0 where none does, or more than one. */
function codeByLooking(look: SampleLook): number {
  if (look.words < FEWEST_WORDS) return 0;
  if (look.smallIntegers) return INT32;
  const floats = look.floats;
  if (floats === "ibm" && look.absurd.ibm < POSSIBLE) return IBM;
  if (floats === "ieee" && look.absurd.ieee < POSSIBLE) return IEEE;
  const ibm = look.absurd.ibm < POSSIBLE, ieee = look.absurd.ieee < POSSIBLE;
  if (ibm !== ieee) return ibm ? IBM : IEEE;
  return 0;
}

function lookText(seen: number, look: SampleLook | undefined): string {
  if (seen !== 0) return `the samples look like ${titleOf(seen)} (code ${seen})`;
  const isFloat = look !== undefined && look.words >= FEWEST_WORDS && look.floatExponents;
  return isFloat
    ? `the samples look like ${titleOf(IBM)} (code ${IBM}) or ${titleOf(IEEE)} (code ${IEEE})`
    : "the samples do not tell the format";
}

/** What is odd about samples that are read as said. */
function oddWords(said: number, look: SampleLook): ScanFinding[] {
  return [...(said === IBM ? oddIbm(look) : []), ...(said === INT32 ? oddIntegers(look) : [])];
}

/** The user's word holds; that the values are absurd is said all the same. */
function forcedWords(said: number, look: SampleLook): ScanFinding[] {
  const why = whyImpossible(said, look);
  if (why === undefined) return oddWords(said, look);
  return [
    finding(
      "warning",
      `read as ${titleOf(said)} the samples are not possible: ${why}`,
      "read as asked",
      PLACE,
    ),
  ];
}

const SINGLE = 2 ** 128;

function oddIbm({ unnormalised, largestIbm: { value, trace } }: SampleLook): ScanFinding[] {
  const beyond = `the largest IBM value found is ${value.toPrecision(2)}, beyond single precision (3.4e38)`;
  const meaning = "samples like it cannot be processed: mend or kill the trace";
  const words = `${percent(unnormalised)} of the IBM samples looked at are not normalised`;
  return [
    ...(value >= SINGLE ? [finding("warning", beyond, meaning, { trace: trace + 1 })] : []),
    ...(unnormalised > 0 ? [finding("info", words, "read as said", PLACE)] : []),
  ];
}

function oddIntegers(look: SampleLook): ScanFinding[] {
  if (look.words < FEWEST_WORDS || !look.floatExponents) return [];
  const what = "the integers have the exponents of floating point numbers";
  return [finding("warning", what, `read as said; ${lookText(codeByLooking(look), look)}`, PLACE)];
}

function titleOf(code: number): string {
  return SAMPLE_FORMATS.get(code)?.title ?? "unknown";
}

/** `2.5 %`, and at least what shows. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
