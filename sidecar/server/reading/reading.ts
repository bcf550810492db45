/**
 * Reads surveys for the window in workers beside the server. No reading that takes long holds up another: scans and
 * indexes of small surveys have lines of their own beside those of large ones, and so have looks at more than is there
 * at once. A reading ends when the client that asked for it has gone.
 */
import fs from "node:fs";
import type {
  GatherListing,
  GatherOrder,
  GatherPage,
  ScanRequest,
  SurveyChoice,
  SurveyView,
  TraceWords,
  TraceWordsRequest,
} from "../../../src/shared/protocol/commands.ts";
import type { GatherRequest, SpectrumRequest, TraceWindow } from "../../../src/shared/protocol/gathers.ts";
import type { ColumnsRequest } from "../../../src/shared/protocol/header_columns.ts";
import type { ReadingProgress } from "../../../src/shared/job/reading_progress.ts";
import type { ScanReport } from "../../../src/shared/seismic/scan_report.ts";
import { Indexes, type IndexState, type Wish } from "./indexes.ts";
import { Line } from "./line.ts";
import type { Ask, IndexView } from "./questions.ts";
import { ReadingNews } from "./reading_news.ts";

/** Surveys up to this size are read through in a moment, whatever disk they lie on. */
const SMALL_BYTES = 64 << 20;
/** How long a list of gathers waits for the index of a larger survey. */
const PATIENCE_MS = 1000;

type Bytes = Uint8Array<ArrayBuffer>;

/** The lines that readings stand in; each has workers of its own. */
class Lines {
  readonly scans = new Line(1);
  readonly longScans = new Line(1);
  readonly finding = new Line(1);
  readonly longFinding = new Line(1);
  readonly looks = new Line(4);
  readonly longLooks = new Line(2);

  close(): void {
    const { scans, longScans, finding, longFinding, looks, longLooks } = this;
    for (const line of [scans, longScans, finding, longFinding, looks, longLooks]) line.close();
  }
}

export class Reading {
  readonly #lines = new Lines();
  readonly #indexes: Indexes;
  readonly #news: ReadingNews;
  /** What scans in hand have told last, by what was asked. */
  readonly #soFar = new Map<string, ScanReport>();

  /** `folder`: where indexes are kept; `tell` hears how far long readings are; `wantedMs`: see `Indexes`. */
  constructor(folder: string, tell: (progress: ReadingProgress) => void = () => {}, wantedMs?: number) {
    this.#news = new ReadingNews(tell);
    const { finding, longFinding } = this.#lines;
    const lineOf = (bytes: number) => bytes <= SMALL_BYTES ? finding : longFinding;
    this.#indexes = new Indexes(folder, lineOf, this.#news, wantedMs);
  }

  async scan(file: ScanRequest, signal?: AbortSignal): Promise<ScanReport> {
    const size = fs.statSync(file.path).size, name = JSON.stringify(file);
    const line = size <= SMALL_BYTES ? this.#lines.scans : this.#lines.longScans;
    const news = this.#news.ofScan(file.path);
    const onNote = ({ traces, total, report }: { traces: number; total: number; report?: ScanReport }) => {
      if (report !== undefined) this.#soFar.set(name, report);
      news.wentOn(traces, total);
    };
    try {
      const report = await line.ask("scan", file, { signal, size, onPlace: news.waits, onNote });
      news.ended(null);
      return report;
    } catch (error) {
      news.ended(error);
      throw error;
    } finally {
      this.#soFar.delete(name);
    }
  }

  /** What a scan in hand has found by now; null when that is nothing yet, or none is in hand. */
  scanSoFar(file: ScanRequest): ScanReport | null {
    return this.#soFar.get(JSON.stringify(file)) ?? null;
  }

  describe(choice: SurveyChoice, signal?: AbortSignal): Promise<SurveyView> {
    return this.#lines.looks.ask("describe", choice, { signal });
  }

  /** All gathers of a small survey; of a larger one those that are known after a while, and the search goes on. */
  async gathers(listing: GatherListing, signal?: AbortSignal): Promise<GatherPage> {
    const { first: _first, limit: _limit, value: _value, ...order } = listing;
    const state = await this.#indexOf(order, { enough: () => false, signal, patienceMs: PATIENCE_MS });
    const soFar = state?.complete === false ? { done: state.done, total: state.total } : undefined;
    if (state?.view === null) return { gathers: 0, largest: 0, keys: keysOf(order), page: [], soFar };
    const page = await this.#lines.looks.ask("gathers", { listing, index: state?.view ?? null }, { signal });
    return soFar === undefined ? page : { ...page, soFar };
  }

  async panels(request: GatherRequest, signal?: AbortSignal): Promise<Bytes> {
    const index = await this.#indexForLook(request, signal);
    return await this.#look("panels", { request, index, mayTakeLong: false }, signal);
  }

  async spectrum(request: SpectrumRequest, signal?: AbortSignal): Promise<Bytes> {
    const index = await this.#indexForLook(request, signal);
    return await this.#look("spectrum", { request, index, mayTakeLong: false }, signal);
  }

  columns(request: ColumnsRequest, signal?: AbortSignal): Promise<Bytes> {
    return this.#look("columns", { request, index: null, mayTakeLong: false }, signal);
  }

  /** All words of a trace; in an order its place must have been found. */
  async traceWords(request: TraceWordsRequest, signal?: AbortSignal): Promise<TraceWords> {
    const index = await this.#indexForLook(request, signal);
    return await this.#lines.looks.ask("traceWords", { request, index }, { signal });
  }

  close(): void {
    this.#indexes.close();
    this.#lines.close();
  }

  /** What is quick goes to the one line, what turns out to take long to the other. */
  async #look<Q extends "panels" | "spectrum" | "columns">(
    question: Q,
    ask: Ask<Q>,
    signal?: AbortSignal,
  ): Promise<Bytes> {
    const quick = await this.#lines.looks.ask(question, ask, { signal });
    const answer = quick === "long"
      ? await this.#lines.longLooks.ask(question, { ...ask, mayTakeLong: true }, { signal })
      : quick;
    if (answer === "long") throw new RangeError("a look that may take long was not taken");
    return answer;
  }

  /** Waits until the gather was found; a part of a sorted survey needs the whole index. */
  async #indexForLook(
    request: GatherOrder & Pick<TraceWindow, "gather">,
    signal?: AbortSignal,
  ): Promise<IndexView | null> {
    const { survey, read, map, order, key, gather } = request;
    if (gather === "first" || (gather === undefined && (order ?? []).length === 0)) return null;
    const found = ({ view }: IndexState) => view !== null && gather !== undefined && gather < view.gathers;
    const state = await this.#indexOf({ survey, read, map, order, key }, { enough: found, signal });
    return state?.view ?? null;
  }

  /** The index of an order; null when none is needed, since the whole survey is one run. */
  async #indexOf(
    order: Wish["order"],
    wish: Pick<Wish, "enough" | "signal" | "patienceMs">,
  ): Promise<IndexState | null> {
    if (keysOf(order).length === 0) return null;
    const place = await this.#lines.looks.ask("place", order, { signal: wish.signal });
    const patienceMs = place.bytes <= SMALL_BYTES ? Infinity : wish.patienceMs;
    return await this.#indexes.until({ ...wish, place, order, patienceMs });
  }
}

/** Header words whose values name a gather. */
function keysOf({ order = [], key }: Wish["order"]): string[] {
  if (order.length > 0) return [order[0].replace(/^-/, "")];
  return key === undefined ? [] : [key];
}
