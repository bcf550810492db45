/**
 * JSON that carries a checksum of itself, so that one flipped bit in it is noticed. It is the same in all versions of
 * what is sealed; what was written before there were seals has none and is believed.
 */
import { crc32 } from "node:zlib";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";

/** `,"crc":"0123abcd"}`: the last field of an object in one line. */
const SEAL = /^,"crc":"([0-9a-f]{8})"\}$/;
const SEAL_LENGTH = 18;

/** The object as a line whose last field is the checksum of all before it. */
export function sealed(value: object): string {
  const text = JSON.stringify(value).slice(0, -1);
  return `${text},"crc":"${checksum(text)}"}\n`;
}

/** The value in a line without its seal; undefined when it is no JSON or not what was sealed. */
export function unsealed(line: string): unknown {
  const text = line.slice(0, -SEAL_LENGTH), seal = SEAL.exec(line.slice(-SEAL_LENGTH))?.[1];
  if (seal === undefined) return parseLine(line);
  return seal === checksum(text) ? parseLine(`${text}}`) : undefined;
}

/** The object as a document for people, with the checksum of what it says. */
export function sealedDocument(value: object): string {
  return JSON.stringify({ ...value, checksum: checksum(JSON.stringify(value)) }, null, 2) + "\n";
}

/** The object without its checksum; undefined when it says something else than when it was sealed. */
export function unsealedDocument(document: unknown): unknown {
  if (!isRecord(document) || document.checksum === undefined) return document;
  const { checksum: said, ...value } = document;
  return said === checksum(JSON.stringify(value)) ? value : undefined;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
