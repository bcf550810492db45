/**
 * Keeps the event stream open: a stream that ends or is silent is opened again where it left off, at first at once,
 * then every two seconds, for as long as the page is there.
 */
import { hasTag } from "../../shared/errors.ts";
import { parseServerEvent, type ServerEvent } from "../../shared/protocol/events.ts";
import { LineDecoder, parseLine } from "../../shared/protocol/json_lines.ts";
import { setLink } from "../state/link.ts";
import type { Sidecar } from "./sidecar.ts";

/** The sidecar gives a sign of life after 5 s; a stream that is silent for longer is dead. */
const SILENT_MS = 12_000;
const WAITS_MS = [0, 250, 500, 1000, 2000];

interface Place {
  readonly after: number;
  readonly stream: string;
}

export class EventStream {
  #place: Place | undefined;
  #attempt = 0;
  #lostAt = 0;
  #wake: () => void = () => {};
  readonly #ended = new AbortController();

  constructor(readonly sidecar: Sidecar, readonly onEvent: (event: ServerEvent) => void) {
    void this.#run();
  }

  /** Tries at once in place of waiting. */
  reconnect(): void {
    this.#wake();
  }

  close(): void {
    this.#ended.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      try {
        await this.#read();
      } catch (error) {
        if (hasTag(error, "unauthorized")) return setLink({ state: "refused" });
      }
      if (this.#ended.signal.aborted) return;
      if (this.#attempt === 0) this.#lostAt = Date.now();
      setLink({ state: "lost", since: this.#lostAt, attempt: ++this.#attempt });
      await this.#wait(WAITS_MS[Math.min(this.#attempt - 1, WAITS_MS.length - 1)]);
    }
  }

  async #read(): Promise<void> {
    const silent = new AbortController();
    const give = () => silent.abort();
    this.#ended.signal.addEventListener("abort", give, { once: true });
    let timer = setTimeout(give, SILENT_MS);
    const lines = new LineDecoder();
    try {
      const body = await this.sidecar.events(this.#place, silent.signal);
      const reader = body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(give, SILENT_MS);
        for (const line of lines.push(piece.value)) this.#take(line);
      }
    } finally {
      clearTimeout(timer);
      this.#ended.signal.removeEventListener("abort", give);
    }
  }

  #take(line: string): void {
    const event = parseServerEvent(parseLine(line));
    // A newer sidecar may tell what this page does not know; its number counts all the same with the next news.
    if (event === undefined) return;
    if (this.#attempt > 0 || this.#place === undefined) setLink({ state: "connected" });
    this.#attempt = 0;
    this.#place = placeAfter(event, this.#place);
    this.onEvent(event);
  }

  #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }
}

function placeAfter(event: ServerEvent, place: Place | undefined): Place | undefined {
  switch (event.event) {
    case "hello":
    case "reset":
      return { after: event.sequence, stream: event.stream };
    case "news":
      return place && { ...place, after: event.news.sequence };
    case "heartbeat":
      return place && { ...place, after: Math.max(place.after, event.sequence) };
  }
}
