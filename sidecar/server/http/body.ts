/** Reads the JSON body of a request within bounds of size, time and nesting. */
import { deadline } from "@std/async";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { BOUNDS, nestsDeeper } from "../../../src/shared/protocol/envelope.ts";
import { tooLarge } from "./access.ts";
import type { Asked } from "./http_door.ts";

const SLOWEST_MS = 10_000;

/** Room for the bodies that a server reads at once. */
export class BodyRoom {
  #taken = 0;

  /** @throws busy */
  take(bytes: number): void {
    this.#taken += bytes;
    if (this.#taken <= BOUNDS.bodiesBytes) return;
    const message = `Cannot read the request now: expected at most ${BOUNDS.bodiesBytes} bytes of requests ` +
      "at once, found more: ask again";
    throw new SeisProcError("busy", message, { what: "bytes of requests", limit: BOUNDS.bodiesBytes });
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** @throws too-large, protocol, busy */
export async function readJson(asked: Asked, room: BodyRoom): Promise<unknown> {
  return parseJson(await readText(asked, room));
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

async function readText(asked: Asked, room: BodyRoom): Promise<string> {
  const pieces = await readPieces(asked, room, BOUNDS.bodyBytes, SLOWEST_MS);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  } catch (cause) {
    throw wrong("UTF-8 text", "other bytes", cause);
  }
}

/**
 * The body in the pieces in which it came.
 * @throws too-large, busy, and protocol when it is not whole after `slowestMs`
 */
export async function readPieces(
  asked: Asked,
  room: BodyRoom,
  limit: number,
  slowestMs: number,
): Promise<Uint8Array[]> {
  if (Number(asked.header("content-length") ?? 0) > limit) throw tooLarge("a body", limit);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const whole = asked.read((piece) => {
    bytes += piece.length;
    room.take(piece.length);
    if (bytes > limit) throw tooLarge("a body", limit);
    pieces.push(piece);
  });
  try {
    await deadline(whole, slowestMs);
  } catch (cause) {
    if (cause instanceof SeisProcError) throw cause;
    throw wrong("a whole body in time", cause instanceof Error ? cause.name : "none", cause);
  } finally {
    room.give(bytes);
  }
  return pieces;
}

function wrong(expected: string, found: string, cause?: unknown): SeisProcError<"protocol"> {
  const reason = `the body: expected ${expected}, found ${found}`;
  return new SeisProcError("protocol", `Cannot read the request: ${reason}`, { reason }, cause);
}
