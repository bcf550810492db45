/** Every place where the traces of a file may begin, by the number of extended text headers; the said one first. */
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../../src/shared/seismic/binary_header.ts";
import { countToEndText, looksLikeText } from "../../format/text_header.ts";
import type { Opening } from "../opening.ts";

export interface TextCount {
  readonly texts: number;
  readonly firstTrace: number;
}

/** How many extended text headers are tried where the said number does not fit. */
const MOST_TRIED = 40;
/** How many are looked at for text. */
const MOST_LOOKED_AT = 1000;

/** Where the header puts the first trace, or the user. */
export function saidPlaces(opening: Opening): TextCount[] {
  const { kind, read } = opening;
  if (kind === "su") return [{ texts: 0, firstTrace: 0 }];
  if (read.extendedTexts !== undefined) return [afterTexts(read.extendedTexts)];
  const texts = saidTexts(opening) ?? textsByLooking(opening);
  return [...placeByOffset(opening, texts), afterTexts(texts)];
}

/** Where else it may begin: after what looks like text, else after any number of texts that the file has room for. */
export function otherPlaces(opening: Opening): TextCount[] {
  const { kind, read, file } = opening;
  if (kind === "su" || read.extendedTexts !== undefined) return [];
  const tried = Array.from({ length: MOST_TRIED }, (_, texts) => texts);
  const counts = [textsByLooking(opening), ...tried];
  return [...new Set(counts)].map(afterTexts).filter(({ firstTrace }) => firstTrace < file.bytes);
}

/** Undefined where the header says a number of texts that only the stanza EndText would tell, and there is none. */
export function saidTexts({ header, file }: Opening): number | undefined {
  const said = header.get("exth");
  return said >= 0 ? said : countToEndText(file, FILE_HEADER_BYTES);
}

/** The texts one after another that look like text. */
export function textsByLooking({ file }: Opening): number {
  let count = 0;
  while (
    count < MOST_LOOKED_AT && looksLikeText(file.read(afterTexts(count).firstTrace, TEXT_HEADER_BYTES))
  ) {
    count++;
  }
  return count;
}

/** Where revision 2 says that the first trace begins. */
function placeByOffset({ header, revision, file }: Opening, texts: number): TextCount[] {
  const firstTrace = revision.major >= 2 ? header.get("ftroff") : 0;
  if (firstTrace < FILE_HEADER_BYTES || firstTrace > file.bytes) return [];
  return [{
    texts: Math.min(texts, Math.floor((firstTrace - FILE_HEADER_BYTES) / TEXT_HEADER_BYTES)),
    firstTrace,
  }];
}

function afterTexts(texts: number): TextCount {
  return { texts, firstTrace: FILE_HEADER_BYTES + TEXT_HEADER_BYTES * texts };
}
