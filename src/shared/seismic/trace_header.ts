/**
 * The words of the 240-byte standard trace header: one table for reading, writing, sorting, mapping and help.
 *
 * `byte` counts from 1 as the SEG-Y revision 2.1 standard prints it (Table 3). `name` is the short name that the field
 * uses everywhere (Seismic Unix keywords where they exist), `title` is the standard's wording.
 */

export type WordType =
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float32"
  | "float64"
  | "ibm32";

export const WORD_BYTES: Record<WordType, number> = {
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  float32: 4,
  float64: 8,
  ibm32: 4,
};

/** The header word whose value scales this one, see `applyScalar`. */
export type ScalarWord = "scalco" | "scalel" | "tscal";

export interface HeaderWord {
  readonly name: string;
  readonly byte: number;
  readonly type: WordType;
  readonly title: string;
  readonly scaledBy?: ScalarWord;
  /** The word of a header extension that takes this one's place unless it is zero; no scalar applies to it. */
  readonly extended?: HeaderWord;
  /** Other names that users know; looked up without regard to case and underscores. */
  readonly aliases: readonly string[];
}

export const TRACE_HEADER_BYTES = 240;

type Row = readonly [string, number, WordType, string, string?, ScalarWord?];

const ROWS: readonly Row[] = [
  ["tracl", 1, "int32", "Trace sequence number within line", "traceSequenceLine"],
  ["tracr", 5, "int32", "Trace sequence number within SEG-Y file", "traceSequenceFile"],
  ["fldr", 9, "int32", "Original field record number", "fieldRecord shot ffid"],
  ["tracf", 13, "int32", "Trace number within the original field record", "traceNumber channel chan"],
  ["ep", 17, "int32", "Energy source point number", "energySourcePoint sourcePoint"],
  ["cdp", 21, "int32", "Ensemble number", "ensemble cmp"],
  ["cdpt", 25, "int32", "Trace number within the ensemble", "cdpTrace ensembleTrace"],
  ["trid", 29, "int16", "Trace identification code", "traceIdentificationCode"],
  ["nvs", 31, "int16", "Number of vertically summed traces", "nSummedTraces"],
  ["nhs", 33, "int16", "Number of horizontally stacked traces", "nStackedTraces fold"],
  ["duse", 35, "int16", "Data use", "dataUse"],
  ["offset", 37, "int32", "Distance from source point to receiver group", "sourceReceiverDistance"],
  ["gelev", 41, "int32", "Elevation of receiver group", "receiverGroupElevation", "scalel"],
  ["selev", 45, "int32", "Surface elevation at source", "sourceSurfaceElevation", "scalel"],
  ["sdepth", 49, "int32", "Source depth below surface", "sourceDepth", "scalel"],
  ["gdel", 53, "int32", "Seismic datum elevation at receiver group", "receiverDatumElevation", "scalel"],
  ["sdel", 57, "int32", "Seismic datum elevation at source", "sourceDatumElevation", "scalel"],
  ["swdep", 61, "int32", "Water column height at source", "sourceWaterDepth", "scalel"],
  ["gwdep", 65, "int32", "Water column height at receiver group", "groupWaterDepth", "scalel"],
  ["scalel", 69, "int16", "Scalar for elevations and depths", "elevationScalar"],
  ["scalco", 71, "int16", "Scalar for coordinates", "sourceGroupScalar coordinateScalar"],
  ["sx", 73, "int32", "Source coordinate X", "sourceX", "scalco"],
  ["sy", 77, "int32", "Source coordinate Y", "sourceY", "scalco"],
  ["gx", 81, "int32", "Group coordinate X", "groupX receiverX receiver", "scalco"],
  ["gy", 85, "int32", "Group coordinate Y", "groupY receiverY", "scalco"],
  ["counit", 89, "int16", "Coordinate units", "coordinateUnits"],
  ["wevel", 91, "int16", "Weathering velocity", "weatheringVelocity"],
  ["swevel", 93, "int16", "Subweathering velocity", "subWeatheringVelocity"],
  ["sut", 95, "int16", "Uphole time at source in milliseconds", "sourceUpholeTime", "tscal"],
  ["gut", 97, "int16", "Uphole time at group in milliseconds", "groupUpholeTime", "tscal"],
  ["sstat", 99, "int16", "Source static correction in milliseconds", "sourceStaticCorrection", "tscal"],
  ["gstat", 101, "int16", "Group static correction in milliseconds", "groupStaticCorrection", "tscal"],
  ["tstat", 103, "int16", "Total static applied in milliseconds", "totalStaticApplied", "tscal"],
  ["laga", 105, "int16", "Lag time A in milliseconds", "lagTimeA", "tscal"],
  ["lagb", 107, "int16", "Lag time B in milliseconds", "lagTimeB", "tscal"],
  ["delrt", 109, "int16", "Delay recording time in milliseconds", "delayRecordingTime", "tscal"],
  ["muts", 111, "int16", "Mute time, start, in milliseconds", "muteTimeStart", "tscal"],
  ["mute", 113, "int16", "Mute time, end, in milliseconds", "muteTimeEnd", "tscal"],
  ["ns", 115, "uint16", "Number of samples in this trace", "traceSampleCount samples"],
  [
    "dt",
    117,
    "int16",
    "Sample interval for this trace in microseconds",
    "traceSampleInterval sampleInterval",
  ],
  ["gain", 119, "int16", "Gain type of field instruments", "gainType"],
  ["igc", 121, "int16", "Instrument gain constant in dB", "instrumentGainConstant"],
  ["igi", 123, "int16", "Instrument early or initial gain in dB", "instrumentInitialGain"],
  ["corr", 125, "int16", "Correlated", "correlated"],
  ["sfs", 127, "int16", "Sweep frequency at start in Hz", "sweepFrequencyStart"],
  ["sfe", 129, "int16", "Sweep frequency at end in Hz", "sweepFrequencyEnd"],
  ["slen", 131, "int16", "Sweep length in milliseconds", "sweepLength"],
  ["styp", 133, "int16", "Sweep type", "sweepType"],
  ["stas", 135, "int16", "Sweep trace taper length at start in milliseconds", "sweepTraceTaperLengthStart"],
  ["stae", 137, "int16", "Sweep trace taper length at end in milliseconds", "sweepTraceTaperLengthEnd"],
  ["tatyp", 139, "int16", "Taper type", "taperType"],
  ["afilf", 141, "int16", "Alias filter frequency in Hz", "aliasFilterFrequency"],
  ["afils", 143, "int16", "Alias filter slope in dB/octave", "aliasFilterSlope"],
  ["nofilf", 145, "int16", "Notch filter frequency in Hz", "notchFilterFrequency"],
  ["nofils", 147, "int16", "Notch filter slope in dB/octave", "notchFilterSlope"],
  ["lcf", 149, "int16", "Low-cut frequency in Hz", "lowCutFrequency"],
  ["hcf", 151, "int16", "High-cut frequency in Hz", "highCutFrequency"],
  ["lcs", 153, "int16", "Low-cut slope in dB/octave", "lowCutSlope"],
  ["hcs", 155, "int16", "High-cut slope in dB/octave", "highCutSlope"],
  ["year", 157, "int16", "Year data recorded", "yearDataRecorded"],
  ["day", 159, "int16", "Day of year", "dayOfYear"],
  ["hour", 161, "int16", "Hour of day", "hourOfDay"],
  ["minute", 163, "int16", "Minute of hour", "minuteOfHour"],
  ["sec", 165, "int16", "Second of minute", "secondOfMinute"],
  ["timbas", 167, "int16", "Time basis code", "timeBaseCode"],
  ["trwf", 169, "int16", "Trace weighting factor", "traceWeightingFactor"],
  ["grnors", 171, "int16", "Group number of roll switch position one", "geophoneGroupNumberRoll1"],
  [
    "grnofr",
    173,
    "int16",
    "Group number of trace one within original field record",
    "geophoneGroupNumberFirstTraceOrigField",
  ],
  [
    "grnlof",
    175,
    "int16",
    "Group number of last trace within original field record",
    "geophoneGroupNumberLastTraceOrigField",
  ],
  ["gaps", 177, "int16", "Gap size", "gapSize"],
  ["otrav", 179, "int16", "Over travel associated with taper", "overTravel"],
  ["cdpx", 181, "int32", "X coordinate of ensemble position", "cdpX ensembleX", "scalco"],
  ["cdpy", 185, "int32", "Y coordinate of ensemble position", "cdpY ensembleY", "scalco"],
  ["iline", 189, "int32", "In-line number", "inline inline3d il"],
  ["xline", 193, "int32", "Cross-line number", "crossline crossline3d xl"],
  ["sp", 197, "int32", "Shotpoint number", "shotPoint"],
  ["scalsp", 201, "int16", "Scalar for shotpoint number", "shotPointScalar"],
  ["tvmu", 203, "int16", "Trace value measurement unit", "traceValueMeasurementUnit"],
  ["tcm", 205, "int32", "Transduction constant mantissa", "transductionConstantMantissa"],
  ["tcp", 209, "int16", "Transduction constant power of ten", "transductionConstantPower"],
  ["tdu", 211, "int16", "Transduction units", "transductionUnit"],
  ["tid", 213, "int16", "Device or trace identifier", "traceIdentifier deviceIdentifier"],
  ["tscal", 215, "int16", "Scalar for times", "scalarTraceHeader timeScalar"],
  ["styo", 217, "int16", "Source type and orientation", "sourceType"],
  [
    "sedv",
    219,
    "int16",
    "Source energy direction, vertical, in tenths of a degree",
    "sourceEnergyDirectionVertical",
  ],
  [
    "sedc",
    221,
    "int16",
    "Source energy direction, cross-line, in tenths of a degree",
    "sourceEnergyDirectionCrossline",
  ],
  [
    "sedi",
    223,
    "int16",
    "Source energy direction, in-line, in tenths of a degree",
    "sourceEnergyDirectionInline",
  ],
  ["smm", 225, "int32", "Source measurement mantissa", "sourceMeasurementMantissa"],
  ["smp", 229, "int16", "Source measurement power of ten", "sourceMeasurementExponent"],
  ["smu", 231, "int16", "Source measurement unit", "sourceMeasurementUnit"],
];

export const TRACE_HEADER_WORDS: readonly HeaderWord[] = ROWS.map(
  ([name, byte, type, title, aliases, scaledBy]) => ({
    name,
    byte,
    type,
    title,
    aliases: aliases?.split(" ") ?? [],
    ...(scaledBy ? { scaledBy } : {}),
  }),
);

/** Header words by name or alias, with a survey's own mappings (`--map`) over the standard ones. */
export class HeaderWordTable {
  readonly words: readonly HeaderWord[];
  readonly #byName = new Map<string, HeaderWord>();

  /**
   * `mapped` words replace a word of the same name in `base`, the standard ones unless told, or add a new one; `byte` may
   * lie in a header extension.
   */
  constructor(mapped: readonly HeaderWord[] = [], base: readonly HeaderWord[] = TRACE_HEADER_WORDS) {
    const replaced = new Set(mapped.map((word) => word.name));
    this.words = [...base.filter((word) => !replaced.has(word.name)), ...mapped];
    for (const word of this.words) for (const alias of word.aliases) this.#byName.set(key(alias), word);
    for (const word of this.words) this.#byName.set(key(word.name), word);
  }

  /** These words and no others. */
  static of(words: readonly HeaderWord[]): HeaderWordTable {
    return new HeaderWordTable([], words);
  }

  find(name: string): HeaderWord | undefined {
    return this.#byName.get(key(name));
  }

  /** Names close to a mistyped one, for "did you mean". */
  similar(name: string): string[] {
    const wanted = key(name);
    return this.words.filter((word) => key(word.name).includes(wanted) || wanted.includes(key(word.name)))
      .map((word) => word.name);
  }
}

export const STANDARD_WORDS: HeaderWordTable = new HeaderWordTable();

function key(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

const SCALARS: ReadonlySet<number> = new Set([0, 1, 10, 100, 1000, 10_000]);

/**
 * True for the scalars of the standard: a power of ten up to 10,000 of either sign, or zero. Old files hold anything
 * where scalars lie, most of all the time scalar, which came with revision 1.
 */
export function isScalar(stored: number): boolean {
  return SCALARS.has(Math.abs(stored));
}

/** Applies a SEG-Y scalar: positive multiplies, negative divides; zero and what is no scalar count as one. */
export function applyScalar(value: number, scalar: number): number {
  if (scalar === 0 || !isScalar(scalar)) return value;
  return scalar > 0 ? value * scalar : value / -scalar;
}

/** What is stored for a value, before it is rounded: applyScalar the other way. */
export function removeScalar(value: number, scalar: number): number {
  if (scalar === 0 || !isScalar(scalar)) return value;
  return scalar > 0 ? value / scalar : value * -scalar;
}
