/**
 * HTTP on loopback: what is asked and what is answered, without the details of `node:http`. That server is used because
 * it ends by itself what does not come: headers that are not whole in time, connections that nobody uses.
 */
import { Buffer } from "node:buffer";
import http from "node:http";
import { BOUNDS } from "../../../src/shared/protocol/envelope.ts";

/** One request, before anything of it is believed. */
export interface Asked {
  readonly method: string;
  /** The address as it was sent. */
  readonly address: string;
  /** Name, value, name, value ... as they were sent. */
  readonly headers: readonly string[];
  /** The value of a header by its name in small letters; of several the first or their list, as HTTP has it. */
  header(name: string): string | undefined;
  /** Aborted when the client hangs up before it was answered. */
  readonly hungUp: AbortSignal;
  /** Hands the body over piece by piece; what `take` throws ends the reading, and so does a client that hangs up. */
  read(take: (piece: Uint8Array) => void): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | null;
}

export interface DoorTimes {
  /** Headers must be whole within this time. */
  readonly headersMs: number;
  /** A connection that asks nothing more is closed. */
  readonly keepMs: number;
}

const TIMES: DoorTimes = { headersMs: 10_000, keepMs: 60_000 };
const CHECK_EVERY_MS = 1000;
/** Some room over what the bounds allow, so that what is too large is still answered with a typed error. */
const HEADER_ROOM = 4 * (BOUNDS.headerBytes + BOUNDS.urlBytes);
/** How long the rest of a request that was refused is taken and forgotten, so that its client reads the answer. */
const LINGER_MS = 2000;

export class HttpDoor {
  readonly #server: http.Server;

  private constructor(server: http.Server) {
    this.#server = server;
  }

  /** `answer` never throws. Rejects when the port cannot be had. */
  static async open(
    port: number,
    answer: (asked: Asked) => Promise<Answer>,
    times: DoorTimes = TIMES,
  ): Promise<HttpDoor> {
    const options = {
      headersTimeout: times.headersMs,
      keepAliveTimeout: times.keepMs,
      // Bodies have a bound of their own; answers may stream for days.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, times.headersMs),
      maxHeaderSize: HEADER_ROOM,
    };
    const server = http.createServer(options, (request, response) => void serve(request, response, answer));
    server.maxConnections = BOUNDS.connections;
    // A client that sends no more still reads what is answered at once; what takes long is given up for it.
    Object.assign(server, { httpAllowHalfOpen: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
    await promise;
    return new HttpDoor(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Takes no more requests; resolves when the answers in hand are sent, or after `ms`. */
  async close(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => this.#server.closeAllConnections(), ms);
    await promise;
    clearTimeout(timer);
  }
}

async function serve(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<void> {
  const hungUp = hangUpOf(request, response);
  const { status, headers, body } = await answer(askedBy(request, hungUp));
  if (body instanceof ReadableStream) return await stream(status, headers, body, response, hungUp);
  if (response.destroyed) return;
  if (!request.complete) response.shouldKeepAlive = false;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body ?? "") });
  if (body !== null) response.write(body);
  if (!request.complete) await rest(request);
  response.end();
}

/** Aborted when the connection is closed, or its client sends no more, before the answer is sent. */
function hangUpOf(request: http.IncomingMessage, response: http.ServerResponse): AbortSignal {
  const hungUp = new AbortController();
  const hangUp = () => response.writableFinished || hungUp.abort();
  request.socket.once("end", hangUp);
  response.on("close", () => {
    request.socket.off("end", hangUp);
    hangUp();
  });
  response.on("error", () => {});
  request.on("error", () => {});
  return hungUp.signal;
}

function askedBy(request: http.IncomingMessage, hungUp: AbortSignal): Asked {
  return {
    method: request.method ?? "",
    address: request.url ?? "",
    headers: request.rawHeaders,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    hungUp,
    read: (take) => readBody(request, take),
  };
}

function readBody(request: http.IncomingMessage, take: (piece: Uint8Array) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  request.on("data", (piece: Uint8Array) => {
    try {
      take(piece);
    } catch (error) {
      request.pause();
      reject(error);
    }
  });
  request.on("end", () => resolve());
  request.on("error", reject);
  const cutOff = () => request.complete || reject(new DOMException("The client hung up.", "AbortError"));
  request.socket.once("end", cutOff);
  request.on("close", () => {
    request.socket.off("end", cutOff);
    cutOff();
  });
  return promise;
}

/** Takes the rest of a request that was refused, but not for long: a client that is cut off may not read its answer. */
async function rest(request: http.IncomingMessage): Promise<void> {
  request.removeAllListeners("data");
  request.resume();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LINGER_MS);
  request.once("end", resolve).once("close", resolve);
  await promise;
  clearTimeout(timer);
}

/** Writes what the stream gives when the connection takes more; ends with the stream, the stream with its client. */
async function stream(
  status: number,
  headers: Answer["headers"],
  body: ReadableStream<Uint8Array>,
  response: http.ServerResponse,
  hungUp: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  const gone = new Promise<void>((resolve) => hungUp.addEventListener("abort", () => resolve()));
  if (hungUp.aborted || response.destroyed) return await reader.cancel();
  void gone.then(() => reader.cancel()).catch(() => {});
  try {
    response.writeHead(status, headers);
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (response.write(piece.value)) continue;
      const drained = new Promise<string>((resolve) => response.once("drain", () => resolve("drained")));
      // A stream that is closed while its reader takes nothing is not waited for.
      const closed = reader.closed.then(() => "closed");
      if (await Promise.race([drained, closed, gone]) !== "drained") return void response.destroy();
    }
    response.end();
  } catch {
    response.destroy();
  }
}
