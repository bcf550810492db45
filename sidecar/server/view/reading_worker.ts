/** The worker that reads surveys for the window: one question after the other. */
import { assertUnreachable } from "../../../src/shared/assert.ts";
import { toWireError } from "../../../src/shared/errors.ts";
import type { ScanSight } from "../../segy/headers/scan.ts";
import { scanSegy } from "../../segy/headers/scan.ts";
import type { Question, ReadingAnswer, ScanNote, WorkerSetup } from "../reading/questions.ts";
import { buildIndex } from "./build_index.ts";
import { beginQuestion, checkWanted, shareFlag } from "./given_up.ts";
import { columnsOf, traceWords } from "./header_view.ts";
import { panelsOf, spectrumOf } from "./panels.ts";
import { SurveyCache } from "./survey_cache.ts";
import { describeSurvey, listGathers } from "./survey_view.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<Question | WorkerSetup>) => void) | null;
  postMessage(message: ReadingAnswer, transfer: Transferable[]): void;
}

/** How often a long reading tells how far it is, and what it has found by then. */
const NOTE_EVERY_MS = 100;
const REPORT_EVERY_MS = 500;

const scope = globalThis as unknown as WorkerScope;
const cache = new SurveyCache();

scope.onmessage = ({ data }) => {
  if ("givenUp" in data) return shareFlag(data.givenUp);
  const { number } = data;
  beginQuestion(number);
  try {
    const answer = answerTo(data, (note) => scope.postMessage({ number, note }, []));
    scope.postMessage({ number, answer }, answer instanceof Uint8Array ? [answer.buffer] : []);
  } catch (error) {
    scope.postMessage({ number, error: toWireError(error) }, []);
  }
};

function answerTo({ question, ask }: Question, tell: (note: unknown) => void) {
  switch (question) {
    case "scan":
      return scanSegy(ask.path, { ...ask.read, map: ask.map }, watchScan(tell));
    case "describe":
      return describeSurvey(ask, cache);
    case "place":
      return cache.place(ask);
    case "index":
      return buildIndex(ask, cache, atMostEvery(NOTE_EVERY_MS, tell));
    case "gathers":
      return listGathers(ask.listing, cache.arrange(ask.listing, ask.index), cache);
    case "panels":
      return panelsOf(ask, cache);
    case "columns":
      return columnsOf(ask, cache);
    case "traceWords":
      return traceWords(ask, cache);
    case "spectrum":
      return spectrumOf(ask, cache);
    default:
      return assertUnreachable(question);
  }
}

/** Tells how far the scan is, now and then with what it has found. */
function watchScan(tell: (note: ScanNote) => void): (seen: ScanSight) => void {
  let lastReport = performance.now();
  const note = atMostEvery(NOTE_EVERY_MS, ({ traces, total, soFar }: ScanSight) => {
    const due = performance.now() - lastReport >= REPORT_EVERY_MS;
    if (due) lastReport = performance.now();
    tell({ traces, total, ...(due ? { report: soFar() } : {}) });
  });
  return (seen) => {
    checkWanted();
    note(seen);
  };
}

function atMostEvery<T>(ms: number, tell: (told: T) => void): (told: T) => void {
  let last = -Infinity;
  return (told) => {
    if (performance.now() - last < ms) return;
    last = performance.now();
    tell(told);
  };
}
