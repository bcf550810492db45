/**
 * Reads surveys for the window in workers beside the server, so that a long scan never delays a command. Scans have a
 * worker of their own: gathers show while a file is scanned. Workers start when first asked and end when idle.
 */
import { fromWireError, SeisProcError, toWireError, type WireError } from "../../src/shared/errors.ts";
import type {
  GatherOrder,
  GatherPage,
  Requests,
  SurveyChoice,
  SurveyView,
} from "../../src/shared/protocol/commands.ts";
import type { GatherRequest, SpectrumRequest } from "../../src/shared/protocol/gathers.ts";
import type { ScanReport } from "../../src/shared/seismic/scan_report.ts";

/** What a worker is asked, with its answer. */
export interface Questions {
  readonly scan: { readonly ask: Requests["scan_file"]; readonly answer: ScanReport };
  readonly describe: { readonly ask: SurveyChoice; readonly answer: SurveyView };
  readonly gathers: {
    readonly ask: GatherOrder & { readonly first?: number; readonly limit?: number };
    readonly answer: GatherPage;
  };
  readonly panels: { readonly ask: GatherRequest; readonly answer: Uint8Array<ArrayBuffer> };
  readonly spectrum: { readonly ask: SpectrumRequest; readonly answer: Uint8Array<ArrayBuffer> };
}

export type Question = {
  [Q in keyof Questions]: {
    readonly number: number;
    readonly question: Q;
    readonly ask: Questions[Q]["ask"];
  };
}[keyof Questions];

export type ReadingAnswer =
  & { readonly number: number }
  & (
    | { readonly answer: unknown }
    | { readonly error: WireError }
  );

const IDLE_MS = 60_000;
const MOST_WAITING = 32;

export class Reading {
  readonly #scans = new ReadingWorker();
  readonly #views = new ReadingWorker();

  scan(file: Questions["scan"]["ask"]): Promise<ScanReport> {
    return this.#scans.ask("scan", file);
  }

  describe(choice: SurveyChoice): Promise<SurveyView> {
    return this.#views.ask("describe", choice);
  }

  gathers(request: Questions["gathers"]["ask"]): Promise<GatherPage> {
    return this.#views.ask("gathers", request);
  }

  panels(request: GatherRequest): Promise<Uint8Array<ArrayBuffer>> {
    return this.#views.ask("panels", request);
  }

  spectrum(request: SpectrumRequest): Promise<Uint8Array<ArrayBuffer>> {
    return this.#views.ask("spectrum", request);
  }

  close(): void {
    this.#scans.close();
    this.#views.close();
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

class ReadingWorker {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #number = 0;

  async ask<Q extends keyof Questions>(
    question: Q,
    ask: Questions[Q]["ask"],
  ): Promise<Questions[Q]["answer"]> {
    if (this.#waiting.size >= MOST_WAITING) {
      const message =
        `Cannot read for the window: expected at most ${MOST_WAITING} requests in wait, found that many`;
      throw new SeisProcError("busy", message, { what: "reading", limit: MOST_WAITING });
    }
    clearTimeout(this.#idleTimer);
    const number = ++this.#number;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(number, { resolve, reject });
    this.#worker ??= this.#start();
    this.#worker.postMessage({ number, question, ask });
    try {
      // Both ends of the worker's messages are this program's own, typed by `Questions`.
      return await promise as Questions[Q]["answer"];
    } finally {
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) this.#idleTimer = setTimeout(() => this.close(), IDLE_MS);
    }
  }

  close(): void {
    clearTimeout(this.#idleTimer);
    this.#worker?.terminate();
    this.#worker = undefined;
    const message = "Cannot finish reading: the sidecar is closing";
    for (const { reject } of this.#waiting.values()) reject(new SeisProcError("internal", message, {}));
  }

  #start(): Worker {
    const worker = new Worker(new URL("./view/reading_worker.ts", import.meta.url).href, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<ReadingAnswer>) => this.#answered(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#died(worker, event.message);
    };
    return worker;
  }

  #answered(answer: ReadingAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    if ("error" in answer) waiting?.reject(fromWireError(answer.error));
    else waiting?.resolve(answer.answer);
  }

  /** A defect in the worker: what waits is told, the next question starts another. */
  #died(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(fromWireError(toWireError(new Error(message))));
  }
}
