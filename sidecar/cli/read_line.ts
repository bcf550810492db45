/** The first line of a stream, which is all that is wanted of it. */
import { LineDecoder } from "../../src/shared/protocol/json_lines.ts";

const LONGEST_LINE = 4096;

/** The first line of a stream; empty when it ends without one. What follows it in the same piece is dropped. */
export async function readLine(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const lines = new LineDecoder(LONGEST_LINE);
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const [line] = lines.push(piece.value);
    if (line !== undefined) return line;
  }
  return "";
}
