/** Reads the JSON body of a request within bounds of size, time and nesting. */
import { deadline } from "@std/async";
import { SeisProcError } from "../../src/shared/errors.ts";
import { BOUNDS, nestsDeeper } from "../../src/shared/protocol/envelope.ts";
import { tooLarge } from "./access.ts";

const SLOWEST_MS = 10_000;

/** @throws too-large, protocol */
export async function readJson(request: Request): Promise<unknown> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > BOUNDS.bodyBytes) throw tooLarge("a body", BOUNDS.bodyBytes);
  return parseJson(await readText(request));
}

/** @throws protocol */
export function parseJson(text: string): unknown {
  if (nestsDeeper(text, BOUNDS.nesting)) throw wrong(`at most ${BOUNDS.nesting} levels`, "deeper nesting");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong("a JSON document", cause instanceof Error ? cause.message.slice(0, 100) : "none", cause);
  }
}

async function readText(request: Request): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  try {
    return await deadline(readAll(reader), SLOWEST_MS);
  } catch (cause) {
    if (cause instanceof SeisProcError) throw cause;
    throw wrong("a whole body of UTF-8 text in time", cause instanceof Error ? cause.name : "none", cause);
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "", bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    if (bytes > BOUNDS.bodyBytes) throw tooLarge("a body", BOUNDS.bodyBytes);
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

function wrong(expected: string, found: string, cause?: unknown): SeisProcError<"protocol"> {
  const reason = `the body: expected ${expected}, found ${found}`;
  return new SeisProcError("protocol", `Cannot read the request: ${reason}`, { reason }, cause);
}
