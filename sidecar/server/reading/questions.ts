/**
 * What the server's thread asks the workers that read surveys, and what they say: plain data both ways. A worker
 * answers one question after the other; on the way it may tell notes, and it gives a question up when its number is put
 * into the flag that both share.
 */
import type { WireError } from "../../../src/shared/errors.ts";
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
import type { GatherRequest, SpectrumRequest } from "../../../src/shared/protocol/gathers.ts";
import type { ColumnsRequest } from "../../../src/shared/protocol/header_columns.ts";
import type { ScanReport } from "../../../src/shared/seismic/scan_report.ts";

/** Traces [first, first + count) of a gather or of a whole survey lie in this order in files. */
export interface IndexView {
  /** First place of each gather that was found, then where the last one ends: uint32 little-endian. */
  readonly starts: string;
  /** Numbers of the traces by place; null: the order of the survey. */
  readonly order: string | null;
  /** Header words whose values name a gather. */
  readonly keys: readonly string[];
  /** Gathers that are known as a whole, and the traces of the largest. */
  readonly gathers: number;
  readonly largest: number;
  readonly traces: number;
  /** When all traces begin, in ms; null when they differ, or it is not known yet. */
  readonly startMs: number | null;
}

/** How an index of gathers is named among those that are kept. */
export interface IndexPlace {
  readonly name: string;
  /** Bytes of the survey: how much there is to read. */
  readonly bytes: number;
}

/** What a question asks, what is told on the way, and the answer. */
export interface Questions {
  readonly scan: { readonly ask: ScanRequest; readonly note: ScanNote; readonly answer: ScanReport };
  readonly describe: { readonly ask: SurveyChoice; readonly note: never; readonly answer: SurveyView };
  readonly place: { readonly ask: GatherOrder; readonly note: never; readonly answer: IndexPlace };
  readonly index: { readonly ask: IndexAsk; readonly note: IndexNote; readonly answer: IndexView };
  readonly gathers: {
    readonly ask: { readonly listing: GatherListing; readonly index: IndexView | null };
    readonly note: never;
    readonly answer: GatherPage;
  };
  readonly panels: {
    readonly ask: LookAsk<GatherRequest>;
    readonly note: never;
    readonly answer: LookAnswer;
  };
  readonly columns: {
    readonly ask: LookAsk<ColumnsRequest>;
    readonly note: never;
    readonly answer: LookAnswer;
  };
  readonly traceWords: { readonly ask: TraceWordsAsk; readonly note: never; readonly answer: TraceWords };
  readonly spectrum: {
    readonly ask: LookAsk<SpectrumRequest>;
    readonly note: never;
    readonly answer: LookAnswer;
  };
}

export interface IndexAsk {
  readonly order: GatherOrder;
  /** Where the index goes. */
  readonly folder: string;
}

export interface LookAsk<R> {
  readonly request: R;
  readonly index: IndexView | null;
  /** Whether more may be read than is there at once. */
  readonly mayTakeLong: boolean;
}

export interface TraceWordsAsk {
  readonly request: TraceWordsRequest;
  readonly index: IndexView | null;
}

/** Bytes for the wire, or that it would take long. */
export type LookAnswer = Uint8Array<ArrayBuffer> | "long";

export interface ScanNote {
  readonly traces: number;
  readonly total: number;
  /** What the headers read so far tell; not in every note. */
  readonly report?: ScanReport;
}

export interface IndexNote {
  /** Traces whose place is known. */
  readonly traces: number;
  readonly total: number;
  /** What can be looked at already; absent while traces are sorted. */
  readonly view?: IndexView;
}

export type QuestionName = keyof Questions;
export type Ask<Q extends QuestionName> = Questions[Q]["ask"];
export type Note<Q extends QuestionName> = Questions[Q]["note"];
export type AnswerTo<Q extends QuestionName> = Questions[Q]["answer"];

/** The first message to a worker: what it shares with the server's thread. */
export interface WorkerSetup {
  /** Holds the number of the question that is given up. */
  readonly givenUp: SharedArrayBuffer;
}

export type Question = {
  [Q in QuestionName]: { readonly number: number; readonly question: Q; readonly ask: Ask<Q> };
}[QuestionName];

export type ReadingAnswer =
  & { readonly number: number }
  & (
    | { readonly note: unknown }
    | { readonly answer: unknown }
    | { readonly error: WireError }
  );
