/**
 * The server on loopback: the window's way to the job manager. Every request passes host, origin and token before its
 * content is looked at; whatever a request does, the answer is a reply or a typed error.
 */
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import { parseCommand } from "../../src/shared/protocol/parse_commands.ts";
import { BOUNDS, type ReadyLine, statusOf } from "../../src/shared/protocol/envelope.ts";
import type { Context } from "./commands/command_context.ts";
import { answer } from "./commands/handlers.ts";
import { type PanelAnswer, panelAnswer } from "./commands/panel_requests.ts";
import { EventHub, type HubTimes } from "./event_hub.ts";
import { Access, newToken, originHeaders, preflightHeaders } from "./http/access.ts";
import { BodyRoom, parseJson, readJson } from "./http/body.ts";
import { type Answer, type Asked, type DoorTimes, HttpDoor } from "./http/http_door.ts";
import { staticFile } from "./http/static_files.ts";
import { IdleMemory } from "./idle_memory.ts";

/** How long answers in hand may take when the server closes. */
const CLOSE_MS = 1000;
/** Longer messages, such as of a flow that quotes a large value, are cut. */
const LONGEST_MESSAGE = 4096;
/** Where addresses without a host count from. */
const HERE = "http://127.0.0.1";

export interface ServerOptions {
  /** 0: any free port. */
  readonly port?: number;
  readonly token?: string;
  readonly times?: HubTimes;
  readonly doorTimes?: DoorTimes;
  /** Where the built window lies. */
  readonly appFolder?: string;
}

export class Server {
  readonly ready: ReadyLine;
  readonly hub: EventHub;
  readonly #access: Access;
  readonly #memory = new IdleMemory();
  readonly #unsubscribe: () => void;
  readonly #room = new BodyRoom();
  #inHand = 0;

  private constructor(readonly context: Context, readonly options: ServerOptions, readonly door: HttpDoor) {
    const token = options.token ?? newToken();
    this.hub = new EventHub(context.manager, () => context.monitor.alerts.list(), options.times);
    this.#access = new Access(door.port, token);
    this.#unsubscribe = context.manager.news.subscribe(() => this.#memory.touch());
    this.#memory.touch();
    this.ready = { url: `http://127.0.0.1:${door.port}`, token };
  }

  /** Rejects when the port cannot be had. */
  static async open(context: Context, options: ServerOptions = {}): Promise<Server> {
    const { promise: opened, resolve } = Promise.withResolvers<Server>();
    const serve = async (asked: Asked) => (await opened).#serve(asked);
    const door = await HttpDoor.open(options.port ?? 0, serve, options.doorTimes);
    const server = new Server(context, options, door);
    resolve(server);
    return server;
  }

  /** Ends all streams and connections. */
  async close(): Promise<void> {
    this.hub.close();
    this.#unsubscribe();
    this.#memory.close();
    await this.door.close(CLOSE_MS);
  }

  async #serve(asked: Asked): Promise<Answer> {
    let origin: string | null = null;
    try {
      origin = this.#access.checkPlace(asked);
      const { status, headers, body } = await this.#route(asked, addressOf(asked), origin);
      return { status, headers: { ...headers, ...originHeaders(origin) }, body };
    } catch (error) {
      return errorAnswer(error, origin);
    }
  }

  #route(asked: Asked, url: URL, origin: string | null): Promise<Answer> | Answer {
    const { method } = asked;
    if (method === "OPTIONS") return { status: 204, headers: preflightHeaders(origin), body: null };
    const route = `${method} ${url.pathname}`;
    switch (route) {
      case "POST /command":
        return this.#guarded(asked, () => this.#command(asked));
      case "GET /events":
        return this.#guarded(asked, () => this.#events(url));
    }
    const panels = panelAnswer(url.pathname);
    if (panels !== undefined && (method === "GET" || method === "POST")) {
      return this.#guarded(asked, () => this.#panels(asked, url, panels));
    }
    const page = method === "GET" ? staticFile(url.pathname, this.options.appFolder) : undefined;
    if (page !== undefined) return page;
    throw notFound(route);
  }

  #guarded(asked: Asked, act: () => Promise<Answer> | Answer): Promise<Answer> | Answer {
    this.#access.checkToken(asked);
    this.#memory.touch();
    return act();
  }

  /** Bounds what is in hand at once. */
  async #bounded<T>(act: () => Promise<T>): Promise<T> {
    if (this.#inHand >= BOUNDS.requests) {
      const message =
        `Cannot answer now: expected at most ${BOUNDS.requests} requests at once, found more: ask again`;
      throw new SeisProcError("busy", message, { what: "requests", limit: BOUNDS.requests });
    }
    this.#inHand++;
    try {
      return await act();
    } finally {
      this.#inHand--;
    }
  }

  async #command(asked: Asked): Promise<Answer> {
    const command = parseCommand(await readJson(asked, this.#room));
    const act = () => answer(this.context, command, asked.hungUp);
    // Scans wait in a line of any length.
    const reply = command.command === "scan_file" ? await act() : await this.#bounded(act);
    return json({ reply }, 200);
  }

  #events(url: URL): Answer {
    const after = url.searchParams.get("after") ?? undefined;
    if (after !== undefined && !/^\d{1,15}$/.test(after)) {
      const reason = `after: expected a number of news, found ${after.slice(0, 40)}`;
      throw new SeisProcError("protocol", `Cannot stream events: ${reason}`, { reason });
    }
    const watch = url.searchParams.get("resources") === "1" ? this.context.monitor : undefined;
    const stream = url.searchParams.get("stream") ?? undefined;
    const body = this.hub.open(after === undefined ? undefined : Number(after), stream, () => watch?.view());
    return {
      status: 200,
      headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
      body,
    };
  }

  async #panels(asked: Asked, url: URL, answer: PanelAnswer): Promise<Answer> {
    const request = asked.method === "POST"
      ? await readJson(asked, this.#room)
      : parseJson(url.searchParams.get("request") ?? "");
    const body = await this.#bounded(() => answer(this.context, request, asked.hungUp));
    return {
      status: 200,
      headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
      body,
    };
  }
}

/** @throws not-found for what is no address of this server */
function addressOf({ method, address }: Asked): URL {
  if (address.startsWith("/") && URL.canParse(HERE + address)) return new URL(HERE + address);
  throw notFound(`${method} ${address}`);
}

function notFound(route: string): SeisProcError<"not-found"> {
  const what = route.slice(0, 100);
  const message = `Cannot answer ${what}: expected an address of PROTOCOL.md, found another`;
  return new SeisProcError("not-found", message, { what });
}

function json(value: unknown, status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(value),
  };
}

function errorAnswer(error: unknown, origin: string | null): Answer {
  const wire = toWireError(error);
  if (wire.tag === "internal") console.error("a request met a defect:", error);
  const message = wire.message.slice(0, LONGEST_MESSAGE);
  return json({ error: { ...wire, message } }, statusOf(wire.tag), originHeaders(origin));
}
