/** A real server over a real manager with scripted runners, and a client that speaks to it. */
import fs from "node:fs";
import path from "node:path";
import { afterEach } from "vitest";
import type { ManagerOptions } from "../../sidecar/jobs/manager.ts";
import type { JobManager } from "../../sidecar/jobs/manager.ts";
import { AlertsFile } from "../../sidecar/monitor/alerts_file.ts";
import { JobMonitor } from "../../sidecar/monitor/job_monitor.ts";
import type { Context } from "../../sidecar/server/commands/command_context.ts";
import { Grants } from "../../sidecar/server/grants.ts";
import { Reading } from "../../sidecar/server/reading/reading.ts";
import { UserBooks } from "../../sidecar/server/user/user_books.ts";
import { Server, type ServerOptions } from "../../sidecar/server/server.ts";
import type { Preflight } from "../../src/shared/job/preflight.ts";
import type { CommandName, Replies, Requests } from "../../src/shared/protocol/commands.ts";
import { parseServerEvent, type ServerEvent } from "../../src/shared/protocol/events.ts";
import { decodePanels } from "../../src/shared/protocol/gathers.ts";
import { LineDecoder } from "../../src/shared/protocol/json_lines.ts";
import { openAnswer } from "../../src/shared/protocol/envelope.ts";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";
import { Bench } from "../jobs/scripted_jobs.ts";

const anything: Preflight = () => ({
  estimate: { seconds: 1, memoryBytes: 1, diskBytes: 1 },
  warnings: ["a warning"],
});

export interface ServerBenchOptions extends ServerOptions {
  readonly manager?: Partial<ManagerOptions>;
  readonly preflight?: Preflight;
}

/** What a server stands on: a manager with scripted runners and all that commands may use. */
class Ground {
  readonly bench = new Bench();
  readonly manager: JobManager;
  readonly monitor: JobMonitor;
  readonly grants: Grants;
  readonly reading: Reading;
  readonly books: UserBooks;
  readonly context: Context;

  constructor(options: ServerBenchOptions) {
    const preflight = options.preflight ?? anything;
    this.manager = this.bench.manager({ preflight, ...options.manager });
    const { root } = this.bench.workspace;
    this.monitor = new JobMonitor(this.manager, {}, undefined, new AlertsFile(root));
    this.books = new UserBooks(this.manager);
    const { settings, documents, timetable } = this.books;
    this.reading = new Reading(this.bench.workspace.views, (reading) => {
      this.manager.news.publish({ news: "reading", reading });
    });
    this.grants = new Grants(this.bench.workspace.root, this.bench.workspace.files);
    this.context = {
      ...{ manager: this.manager, monitor: this.monitor, grants: this.grants, preflight },
      ...{ reading: this.reading, settings, documents, timetable },
      program: "0.0.0-test",
    };
  }
}

export class ServerBench {
  readonly bench: Bench;
  readonly manager: JobManager;
  readonly monitor: JobMonitor;
  readonly grants: Grants;
  readonly url: string;
  readonly token: string;
  readonly #streams = new Set<EventReader>();

  private constructor(readonly ground: Ground, readonly server: Server) {
    this.bench = ground.bench;
    this.manager = ground.manager;
    this.monitor = ground.monitor;
    this.grants = ground.grants;
    this.url = this.server.ready.url;
    this.token = this.server.ready.token;
  }

  static async open(options: ServerBenchOptions = {}): Promise<ServerBench> {
    const ground = new Ground(options);
    return new ServerBench(ground, await Server.open(ground.context, options));
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** A folder of the user's, outside the workspace. */
  folder(name = "data"): string {
    const folder = path.join(this.bench.root, name);
    fs.mkdirSync(folder, { recursive: true });
    return fs.realpathSync(folder);
  }

  fetch(where: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...init.headers };
    return fetch(this.url + where, { ...init, headers });
  }

  async post(value: unknown): Promise<{ status: number; answer: unknown }> {
    const response = await this.fetch("/command", { method: "POST", body: JSON.stringify(value) });
    return { status: response.status, answer: await response.json() };
  }

  /** The reply; throws what the server answered as an error. */
  async ask<C extends CommandName>(command: C, request: Requests[C]): Promise<Replies[C]> {
    const { answer } = await this.post({ command, ...request });
    return parseReply(command, answer);
  }

  async panels(where: "gather" | "spectrum", request: unknown) {
    const response = await this.fetch(`/${where}`, { method: "POST", body: JSON.stringify(request) });
    if (response.status !== 200) openAnswer(await response.json());
    return decodePanels(await response.arrayBuffer());
  }

  async events(query = ""): Promise<EventReader> {
    const response = await this.fetch(`/events${query}`);
    if (response.status !== 200 || response.body === null) openAnswer(await response.json());
    const reader = new EventReader(response.body ?? new ReadableStream());
    this.#streams.add(reader);
    return reader;
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) await stream.close();
    await this.server.close();
    this.ground.reading.close();
    this.ground.books.close();
    this.monitor.close();
    await this.bench.clean();
  }
}

export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #lines = new LineDecoder();
  readonly #ready: ServerEvent[] = [];

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** The next event; undefined when the stream has ended. Fails on a line that is no event. */
  async next(): Promise<ServerEvent | undefined> {
    while (this.#ready.length === 0) {
      const piece = await this.#reader.read();
      if (piece.done) return undefined;
      for (const line of this.#lines.push(piece.value)) {
        const event = parseServerEvent(JSON.parse(line));
        if (event === undefined) throw new Error(`no event: ${line.slice(0, 200)}`);
        this.#ready.push(event);
      }
    }
    return this.#ready.shift();
  }

  /** All events up to and with the first that is wanted. */
  async until(wanted: (event: ServerEvent) => boolean): Promise<ServerEvent[]> {
    const seen: ServerEvent[] = [];
    for (let event = await this.next(); event !== undefined; event = await this.next()) {
      seen.push(event);
      if (wanted(event)) return seen;
    }
    throw new Error(`the stream ended after ${seen.length} events`);
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}

/** A new bench per test, closed after it. */
export function newServerBench(): (options?: ServerBenchOptions) => Promise<ServerBench> {
  let bench: Promise<ServerBench> | undefined;
  afterEach(async () => {
    await (await bench)?.close();
    bench = undefined;
  });
  return (options) => bench ??= ServerBench.open(options);
}

/** What a request as raw bytes is answered. */
export async function rawRequest(port: number, bytes: Uint8Array | string, waitMs = 2000): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const timer = setTimeout(() => closeQuietly(connection), waitMs);
  let text = "";
  try {
    const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    for (let at = 0; at < data.length;) at += await connection.write(data.subarray(at));
    await connection.closeWrite();
    const buffer = new Uint8Array(65_536), decoder = new TextDecoder();
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
      text += decoder.decode(buffer.subarray(0, n), { stream: true });
    }
  } catch {
    // The server may close a connection of garbage at any moment.
  } finally {
    clearTimeout(timer);
    closeQuietly(connection);
  }
  return text;
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // Closed already.
  }
}
