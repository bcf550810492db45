/** EBCDIC (code page 037) and ASCII for text headers. */

// Rows of 16 characters from byte 0x40; what has no printable ASCII character is a blank.
const ROWS = [
  "           .<(+|",
  "&         !$*);~",
  "-/         ,%_>?",
  "         `:#@'=\"",
  " abcdefghi      ",
  " jklmnopqr      ",
  " ~stuvwxyz      ",
  "^         []    ",
  "{ABCDEFGHI      ",
  "}JKLMNOPQR      ",
  "\\ STUVWXYZ      ",
  "0123456789      ",
];

const TO_TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x40) return " ";
  return ROWS[(byte - 0x40) >> 4]?.[byte & 15] ?? " ";
});

const FROM_TEXT: ReadonlyMap<string, number> = new Map([
  ...TO_TEXT.map((character, byte) => [character, byte] as const).reverse(),
  [" ", 0x40],
  ["^", 0xb0],
  ["~", 0xa1],
  ["!", 0x5a],
  ["[", 0xba],
  ["]", 0xbb],
]);

export function decodeEbcdic(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => TO_TEXT[byte]).join("");
}

/** Characters outside ASCII become question marks. */
export function encodeEbcdic(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => FROM_TEXT.get(character) ?? 0x6f);
}

export function decodeAscii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte >= 32 && byte < 127 ? String.fromCharCode(byte) : " ").join("");
}

export function encodeAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code >= 32 && code < 127 ? code : 0x3f;
  });
}

/** Shares of the bytes that are printable in each encoding. */
export function printableShares(bytes: Uint8Array): { ascii: number; ebcdic: number } {
  let ascii = 0, ebcdic = 0, counted = 0;
  for (const byte of bytes) {
    if (byte === 0) continue;
    counted++;
    if ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9) ascii++;
    if (byte === 0x40 || byte === 0x15 || byte === 0x25 || TO_TEXT[byte] !== " ") ebcdic++;
  }
  return counted ? { ascii: ascii / counted, ebcdic: ebcdic / counted } : { ascii: 0, ebcdic: 0 };
}
