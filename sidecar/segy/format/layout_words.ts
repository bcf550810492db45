/** Header words from the entries of a layout stanza: the standard's names and types, as mappings. */
import {
  STANDARD_WORDS,
  TRACE_HEADER_BYTES,
  WORD_BYTES,
  type WordType,
} from "../../../src/shared/seismic/trace_header.ts";
import type { ScalarWord } from "../../../src/shared/seismic/trace_header.ts";
import { extensionName, type LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import { type LayoutEntry, LayoutRefused, STANDARD_HEADER } from "./layout_xml.ts";

/** Names of annex D-8 that are not ours. */
const NAMES: ReadonlyMap<string, string> = new Map(
  `linetrc=tracl reeltrc=tracr ffid=fldr chan=tracf espnum=ep cdptrc=cdpt trctype=trid vstack=nvs fold=nhs rectype=duse
  relev=gelev rdatum=gdel sdatum=sdel wdepthso=swdep wdepthrc=gwdep ed_scal=scalel co_scal=scalco sht_x=sx sht_y=sy
  rec_x=gx rec_y=gy coorunit=counit wvel=wevel subwvel=swevel shuphole=sut rcuphole=gut shstat=sstat rcstat=gstat
  stapply=tstat lagtimea=laga lagtimeb=lagb delay=delrt mutestrt=muts muteend=mute nsamps=ns gaintype=gain ingconst=igc
  initgain=igi corrflag=corr sweepsrt=sfs sweepend=sfe sweeplng=slen sweeptyp=styp sweepstp=stas sweepetp=stae
  tapertyp=tatyp aliasfil=afilf aliaslop=afils notchfil=nofilf notchslp=nofils lowcut=lcf highcut=hcf lowcslop=lcs
  hicslop=hcs second=sec timebase=timbas trweight=trwf rstaswp1=grnors rstatrc1=grnofr rstatrcn=grnlof gapsize=gaps
  overtrvl=otrav cdp_x=cdpx cdp_y=cdpy sp_scal=scalsp samp_unit=tvmu trans_unit=tdu dev_id=tid tm_scal=tscal
  src_type=styo src_dir1=sedv src_dir2=sedc src_dir3=sedi sm_unit=smu rdepth=gdepth nanosecs=nanoseconds
  cable_num=cable last_trc=last`.split(/\s+/).map((pair) => {
    const [theirs, ours] = pair.split("=");
    return [theirs, ours];
  }),
);
/** Words that the standard has in two, mantissa and power of ten. */
const PAIRS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["trans_const", ["tcm", "tcp"]],
  ["smeasure", ["smm", "smp"]],
]);

const TYPES: ReadonlyMap<string, WordType> = new Map<string, WordType>([
  ["int2", "int16"],
  ["int4", "int32"],
  ["int8", "int64"],
  ["uint2", "uint16"],
  ["uint4", "uint32"],
  ["uint8", "uint64"],
  ["ibmfp", "ibm32"],
  ["ieee32", "float32"],
  ["ieee64", "float64"],
  ["linetrc", "int32"],
  ["reeltrc", "int32"],
  ["linetrc8", "uint64"],
  ["reeltrc8", "uint64"],
  ["coor4", "int32"],
  ["elev4", "int32"],
  ["time2", "int16"],
  ["spnum4", "int32"],
]);
const SCALED: ReadonlyMap<string, ScalarWord> = new Map([
  ["coor4", "scalco"],
  ["elev4", "scalel"],
  ["time2", "tscal"],
]);
const MANTISSA: WordType = "int32", POWER: WordType = "int16";

/** Names become names of files of a dataset. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,31}$/;

/** Mappings in the records of a file whose headers have these names; entries of other headers are left out. @throws LayoutRefused */
export function layoutMappings(
  entries: readonly LayoutEntry[],
  additionalHeaders: readonly string[],
): LaidOutWord[] {
  const placed = entries.flatMap((entry) => {
    const header = entry.header === STANDARD_HEADER ? 0 : additionalHeaders.indexOf(entry.header) + 1;
    const words = wordsOf(entry);
    if (header === 0 && entry.header !== STANDARD_HEADER) return [];
    return words.map((word) => ({ ...word, byte: word.byte + header * TRACE_HEADER_BYTES, entry }));
  });
  const words = new Map<string, LaidOutWord>();
  for (const { entry, ...word } of placed) {
    if (!entry.ifNonZero) words.set(word.name, word);
    else extend(words, word);
  }
  return [...words.values()];
}

/** The word takes the place of the one of its name unless it is zero; both are words of the file. */
function extend(words: Map<string, LaidOutWord>, word: LaidOutWord): void {
  const standard = STANDARD_WORDS.words.find(({ name }) => name === word.name);
  const extended = words.get(word.name) ?? standard;
  const name = extensionName(word.name);
  words.set(name, { ...word, name });
  if (!extended) return;
  const { byte, type } = word, { scaledBy } = extended;
  words.set(word.name, {
    name: word.name,
    byte: extended.byte,
    type: extended.type,
    scaledBy,
    extended: { byte, type },
  });
}

function wordsOf({ name, byte, type }: LayoutEntry): LaidOutWord[] {
  if (!NAME.test(name)) throw new LayoutRefused("expected names of letters, digits and _, found another");
  const own = NAMES.get(name.toLowerCase()) ?? name.toLowerCase();
  if (type === "scale6") {
    const [mantissa, power] = PAIRS.get(name) ?? [`${own}_mant`, `${own}_exp`];
    return [
      inside({ name: mantissa, byte, type: MANTISSA }),
      inside({ name: power, byte: byte + 4, type: POWER }),
    ];
  }
  const known = TYPES.get(type);
  if (!known) {
    throw new LayoutRefused(`expected a type of the standard for ${name}, found ${type.slice(0, 40)}`);
  }
  return [inside({ name: own, byte, type: known, scaledBy: SCALED.get(type) })];
}

function inside(word: LaidOutWord): LaidOutWord {
  const last = TRACE_HEADER_BYTES - WORD_BYTES[word.type] + 1;
  if (word.byte >= 1 && word.byte <= last) return word;
  throw new LayoutRefused(`expected byte 1 to ${last} for ${word.name}, found ${word.byte}`);
}
