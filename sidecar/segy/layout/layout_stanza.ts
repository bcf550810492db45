/** The layout stanza of a file, `((SEG:Layout...))`: where its header words lie, as `--map` would say it. */
import { FILE_HEADER_BYTES, TEXT_HEADER_BYTES } from "../../../src/shared/seismic/binary_header.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import { layoutMappings } from "../format/layout_words.ts";
import { LayoutRefused, parseLayout } from "../format/layout_xml.ts";
import type { FileBytes } from "../format/segy_file.ts";
import { isNamed, stanzaHeads } from "../format/stanzas.ts";
import { decodeText, detectEncoding, looksLikeText } from "../format/text_header.ts";
import { counted, finding, type Found } from "./findings.ts";
import type { SegyLayout } from "./segy_layout.ts";

/** Pages of a stanza that are read. */
const MOST_PAGES = 200;

/** Words that the file lays out itself; one stanza that cannot be read gives none. */
export function layoutWords(file: FileBytes, layout: SegyLayout): Found<LaidOutWord[]> {
  const pages = layout.kind === "su" ? [] : textPages(file, layout.extendedTexts);
  const page = pages.findIndex((text) => stanzaHeads(text).some(isLayout));
  if (page < 0) return { value: [], findings: [] };
  const place = { byte: FILE_HEADER_BYTES + TEXT_HEADER_BYTES * page + 1 };
  try {
    const words = layoutMappings(parseLayout(stanzaText(pages, page)), layout.additionalHeaders);
    const what = `a layout stanza gives ${counted(words.length, "header word")} their places`;
    return { value: words, findings: [finding("info", what, "read as it says; --map wins over it", place)] };
  } catch (error) {
    if (!(error instanceof LayoutRefused)) throw error;
    const what = `the layout stanza cannot be read: ${error.message}`;
    return {
      value: [],
      findings: [finding("warning", what, "header words are read where the standard has them", place)],
    };
  }
}

function textPages(file: FileBytes, texts: number): string[] {
  return Array.from({ length: Math.min(texts, MOST_PAGES) }, (_, i) => {
    const bytes = file.read(FILE_HEADER_BYTES + TEXT_HEADER_BYTES * i, TEXT_HEADER_BYTES);
    return looksLikeText(bytes) ? decodeText(bytes, detectEncoding(bytes)).join("") : "";
  });
}

function isLayout({ owner, name }: { readonly owner: string; readonly name: string }): boolean {
  return isNamed(owner, "seg") &&
    (isNamed(name, "layout") || name.trim().toLowerCase().startsWith("layout:"));
}

/** What follows the head of the stanza, up to the page that begins another one. */
function stanzaText(pages: readonly string[], first: number): string {
  const next = pages.findIndex((text, page) => page > first && text.trimStart().startsWith("(("));
  const text = pages.slice(first, next < 0 ? undefined : next).join("");
  const head = stanzaHeads(pages[first]).find(isLayout);
  return text.slice(head?.end ?? 0);
}
