/** The worker that reads surveys for the window: one question after the other. */
import { assertUnreachable } from "../../../src/shared/assert.ts";
import { toWireError } from "../../../src/shared/errors.ts";
import { scanSegy } from "../../segy/headers/scan.ts";
import type { Question, ReadingAnswer } from "../reading.ts";
import { panelsOf, spectrumOf } from "./panels.ts";
import { SurveyCache } from "./survey_cache.ts";
import { describeSurvey, listGathers } from "./survey_view.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(message: ReadingAnswer, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const cache = new SurveyCache();

scope.onmessage = ({ data: question }) => {
  try {
    const answer = answerTo(question);
    scope.postMessage(
      { number: question.number, answer },
      answer instanceof Uint8Array ? [answer.buffer] : [],
    );
  } catch (error) {
    scope.postMessage({ number: question.number, error: toWireError(error) }, []);
  }
};

function answerTo(question: Question) {
  switch (question.question) {
    case "scan":
      return scanSegy(question.ask.path, { ...question.ask.read, map: question.ask.map });
    case "describe":
      return describeSurvey(question.ask, cache);
    case "gathers":
      return listGathers(question.ask, cache);
    case "panels":
      return panelsOf(question.ask, cache);
    case "spectrum":
      return spectrumOf(question.ask, cache);
    default:
      return assertUnreachable(question);
  }
}
