/** The only place that fetches: commands, gathers and the event stream of one sidecar. */
import { SeisProcError } from "../../shared/errors.ts";
import type { CommandName, Replies, Requests } from "../../shared/protocol/commands.ts";
import { openAnswer } from "../../shared/protocol/envelope.ts";
import {
  decodePanels,
  type GatherRequest,
  type PanelsHeader,
  type SpectrumRequest,
} from "../../shared/protocol/gathers.ts";
import { type Columns, type ColumnsRequest, decodeColumns } from "../../shared/protocol/header_columns.ts";
import { parseLine } from "../../shared/protocol/json_lines.ts";
import { parseReply } from "../../shared/protocol/parse_replies.ts";

export interface Panels {
  readonly header: PanelsHeader;
  readonly data: Float32Array;
}

/** The sidecar did not answer at all. Not an error of the protocol: nobody sent one. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(cause: unknown) {
    super(
      "Cannot reach SeisProc: expected its sidecar to answer, found no answer: it may have been stopped",
      {
        cause,
      },
    );
  }
}

export class Sidecar {
  constructor(readonly url: string, readonly token: string) {}

  /** @throws SeisProcError as the sidecar sent it; Unreachable */
  async ask<C extends CommandName>(
    command: C,
    request: Requests[C],
    signal?: AbortSignal,
  ): Promise<Replies[C]> {
    const body = JSON.stringify({ command, ...request });
    const response = await this.#fetch("/command", { method: "POST", body, signal });
    return parseReply(command, parseLine(await textOf(response)));
  }

  /** @throws SeisProcError as the sidecar sent it; Unreachable */
  panels(request: GatherRequest, signal?: AbortSignal): Promise<Panels> {
    return this.#panelsOf("/gather", request, signal);
  }

  /** @throws SeisProcError as the sidecar sent it; Unreachable */
  spectrum(request: SpectrumRequest, signal?: AbortSignal): Promise<Panels> {
    return this.#panelsOf("/spectrum", request, signal);
  }

  async #panelsOf(path: string, request: SpectrumRequest, signal?: AbortSignal): Promise<Panels> {
    const response = await this.#fetch(path, { method: "POST", body: JSON.stringify(request), signal });
    if (!response.ok) openAnswer(parseLine(await textOf(response)));
    return decodePanels(await response.arrayBuffer());
  }

  /** Header words of many traces. @throws SeisProcError as the sidecar sent it; Unreachable */
  async columns(request: ColumnsRequest, signal?: AbortSignal): Promise<Columns> {
    const response = await this.#fetch("/headers", { method: "POST", body: JSON.stringify(request), signal });
    if (!response.ok) openAnswer(parseLine(await textOf(response)));
    return decodeColumns(await response.arrayBuffer());
  }

  /** The body of the event stream; from number `after` of the run `stream` on, when they are given. */
  async events(
    place: { after: number; stream: string } | undefined,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const query = new URLSearchParams({ resources: "1" });
    if (place !== undefined) {
      query.set("after", String(place.after));
      query.set("stream", place.stream);
    }
    const response = await this.#fetch(`/events?${query}`, { signal });
    if (!response.ok) openAnswer(parseLine(await textOf(response)));
    if (response.body === null) throw new Unreachable("no body");
    return response.body;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      const headers = { authorization: `Bearer ${this.token}` };
      return await fetch(this.url + path, { ...init, headers, cache: "no-store", credentials: "omit" });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new Unreachable(cause);
    }
  }
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

let current: Sidecar | undefined;

/** The sidecar of this page. */
export function theSidecar(): Sidecar {
  if (current !== undefined) return current;
  throw new SeisProcError("unauthorized", "Cannot ask SeisProc: expected a signed-in page, found none", {});
}

export function useSidecar(sidecar: Sidecar): void {
  current = sidecar;
}
