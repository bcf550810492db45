/**
 * The server on loopback: the window's way to the job manager. Every request passes host, origin and token before its
 * content is looked at; whatever a request does, the answer is a reply or a typed error.
 */
import { deadline } from "@std/async";
import { SeisProcError, toWireError } from "../../src/shared/errors.ts";
import { parseCommand } from "../../src/shared/protocol/parse_commands.ts";
import { BOUNDS, type ReadyLine, statusOf } from "../../src/shared/protocol/envelope.ts";
import { Access, newToken, originHeaders, preflightHeaders } from "./access.ts";
import { parseJson, readJson } from "./body.ts";
import { EventHub, type HubTimes } from "./event_hub.ts";
import { IdleMemory } from "./idle_memory.ts";
import { answer } from "./commands/handlers.ts";
import type { Context } from "./commands/command_context.ts";
import { type PanelAnswer, panelAnswer } from "./commands/panel_requests.ts";
import { staticFile } from "./static_files.ts";

/** How long answers in hand may take when the server closes. */
const CLOSE_MS = 1000;
/** Longer messages, such as of a flow that quotes a large value, are cut. */
const LONGEST_MESSAGE = 4096;

export interface ServerOptions {
  /** 0: any free port. */
  readonly port?: number;
  readonly token?: string;
  readonly times?: HubTimes;
  /** Where the built window lies. */
  readonly appFolder?: string;
}

export class Server {
  readonly ready: ReadyLine;
  readonly hub: EventHub;
  readonly #http: Deno.HttpServer<Deno.NetAddr>;
  readonly #access: Access;
  readonly #memory = new IdleMemory();
  readonly #unsubscribe: () => void;
  #inHand = 0;

  constructor(readonly context: Context, readonly options: ServerOptions = {}) {
    const token = options.token ?? newToken();
    this.hub = new EventHub(context.manager, () => context.monitor.alerts.list(), options.times);
    this.#http = Deno.serve({
      hostname: "127.0.0.1",
      port: options.port ?? 0,
      onListen: () => {},
      onError: (error) => errorResponse(error, null),
    }, (request) => this.#serve(request));
    const { port } = this.#http.addr;
    this.#access = new Access(port, token);
    this.#unsubscribe = context.manager.news.subscribe(() => this.#memory.touch());
    this.#memory.touch();
    this.ready = { url: `http://127.0.0.1:${port}`, token };
  }

  /** Ends all streams and connections. */
  async close(): Promise<void> {
    this.hub.close();
    this.#unsubscribe();
    this.#memory.close();
    this.#http.unref();
    await deadline(this.#http.shutdown(), CLOSE_MS).catch(() => {});
  }

  async #serve(request: Request): Promise<Response> {
    let origin: string | null = null;
    try {
      origin = this.#access.checkPlace(request);
      const response = await this.#route(request, new URL(request.url), origin);
      for (const [name, value] of Object.entries(originHeaders(origin))) response.headers.set(name, value);
      return response;
    } catch (error) {
      return errorResponse(error, origin);
    }
  }

  #route(request: Request, url: URL, origin: string | null): Promise<Response> | Response {
    if (request.method === "OPTIONS") {
      return new Response(null, { status: 204, headers: preflightHeaders(origin) });
    }
    const route = `${request.method} ${url.pathname}`;
    switch (route) {
      case "POST /command":
        return this.#guarded(request, () => this.#command(request));
      case "GET /events":
        return this.#guarded(request, () => this.#events(url));
    }
    const panels = panelAnswer(url.pathname);
    if (panels !== undefined && (request.method === "GET" || request.method === "POST")) {
      return this.#guarded(request, () => this.#panels(request, url, panels));
    }
    const page = request.method === "GET" ? staticFile(url.pathname, this.options.appFolder) : undefined;
    if (page !== undefined) return page;
    const message = `Cannot answer ${route.slice(0, 100)}: expected an address of PROTOCOL.md, found another`;
    throw new SeisProcError("not-found", message, { what: route.slice(0, 100) });
  }

  /** Checks the token and bounds what is in hand at once. */
  async #guarded(request: Request, act: () => Promise<Response> | Response): Promise<Response> {
    this.#access.checkToken(request);
    if (this.#inHand >= BOUNDS.requests) {
      const message =
        `Cannot answer now: expected at most ${BOUNDS.requests} requests at once, found more: ask again`;
      throw new SeisProcError("busy", message, { what: "requests", limit: BOUNDS.requests });
    }
    this.#inHand++;
    this.#memory.touch();
    try {
      return await act();
    } finally {
      this.#inHand--;
    }
  }

  async #command(request: Request): Promise<Response> {
    const command = parseCommand(await readJson(request));
    return json({ reply: await answer(this.context, command) }, 200);
  }

  #events(url: URL): Response {
    const after = url.searchParams.get("after") ?? undefined;
    if (after !== undefined && !/^\d{1,15}$/.test(after)) {
      const reason = `after: expected a number of news, found ${after.slice(0, 40)}`;
      throw new SeisProcError("protocol", `Cannot stream events: ${reason}`, { reason });
    }
    const watch = url.searchParams.get("resources") === "1" ? this.context.monitor : undefined;
    const stream = url.searchParams.get("stream") ?? undefined;
    const body = this.hub.open(after === undefined ? undefined : Number(after), stream, () => watch?.view());
    return new Response(body, {
      headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
    });
  }

  async #panels(request: Request, url: URL, answer: PanelAnswer): Promise<Response> {
    const asked = request.method === "POST"
      ? await readJson(request)
      : parseJson(url.searchParams.get("request") ?? "");
    return new Response(await answer(this.context, asked), {
      headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
    });
  }
}

function json(value: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

function errorResponse(error: unknown, origin: string | null): Response {
  const wire = toWireError(error);
  if (wire.tag === "internal") console.error("a request met a defect:", error);
  const message = wire.message.slice(0, LONGEST_MESSAGE);
  return json({ error: { ...wire, message } }, statusOf(wire.tag), originHeaders(origin));
}
