/** Who may ask: the right host name, an allowed origin, the token, and not too much of anything. */
import crypto from "node:crypto";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { BOUNDS, WINDOW_PORT } from "../../../src/shared/protocol/envelope.ts";
import type { Asked } from "./http_door.ts";

/** 256 random bits. */
export function newToken(): string {
  return crypto.randomBytes(32).toString("base64url");
}

export class Access {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #digest: Uint8Array;

  constructor(port: number, token: string) {
    const names = ["127.0.0.1", "localhost"];
    this.#hosts = new Set(names.map((name) => `${name}:${port}`));
    this.#origins = new Set(
      names.flatMap((name) => [port, WINDOW_PORT].map((one) => `http://${name}:${one}`)),
    );
    this.#digest = digest(token);
  }

  /**
   * Refuses other host names (a page whose name was rebound to loopback), other origins, and too many or too long
   * headers. Returns the origin to answer to, or null when the request has none.
   */
  checkPlace(asked: Asked): string | null {
    checkBounds(asked);
    const host = asked.header("host") ?? "";
    if (!this.#hosts.has(host)) throw originRefused("host", host);
    const origin = asked.header("origin");
    if (origin !== undefined && !this.#origins.has(origin)) throw originRefused("origin", origin);
    return origin ?? null;
  }

  /** @throws unauthorized */
  checkToken(asked: Asked): void {
    const given = /^Bearer ([\w-]{1,200})$/.exec(asked.header("authorization") ?? "")?.[1] ?? "";
    // Digests have one length, so the comparison takes one time whatever was sent.
    if (crypto.timingSafeEqual(digest(given), this.#digest)) return;
    const message = "Cannot answer: expected the token of the ready line, found another or none: " +
      "send it as Authorization: Bearer";
    throw new SeisProcError("unauthorized", message, {});
  }
}

/** Headers that let a page of an allowed origin read the answer. */
export function originHeaders(origin: string | null): Record<string, string> {
  if (origin === null) return {};
  return { "access-control-allow-origin": origin, "vary": "origin" };
}

export function preflightHeaders(origin: string | null): Record<string, string> {
  return {
    ...originHeaders(origin),
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "600",
  };
}

function checkBounds({ address, headers }: Asked): void {
  if (address.length > BOUNDS.urlBytes) throw tooLarge("an address", BOUNDS.urlBytes);
  const bytes = headers.reduce((sum, text) => sum + text.length, 0);
  if (headers.length > 2 * BOUNDS.headers) throw tooLarge("the number of headers", BOUNDS.headers);
  if (bytes > BOUNDS.headerBytes) throw tooLarge("the headers", BOUNDS.headerBytes);
}

export function tooLarge(what: string, limit: number): SeisProcError<"too-large"> {
  const message = `Cannot read the request: expected ${what} of at most ${limit}, found more`;
  return new SeisProcError("too-large", message, { what, limit });
}

function originRefused(what: string, found: string): SeisProcError<"origin-refused"> {
  const message = `Cannot answer: expected the ${what} of SeisProc's own window, found ${
    found.slice(0, 100)
  }`;
  return new SeisProcError("origin-refused", message, { found: found.slice(0, 100) });
}

function digest(token: string): Uint8Array {
  return crypto.createHash("sha256").update(token).digest();
}
