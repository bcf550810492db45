/** Opening files: all that Data shows of a survey is asked at once, and each part is shown when it comes. */
import type { PanelHeader } from "../../shared/protocol/gathers.ts";
import type { Reading } from "../../shared/seismic/reading.ts";
import { type Panels, theSidecar } from "../connection/sidecar.ts";
import { go } from "../state/route.ts";
import {
  changeSurvey,
  choiceOf,
  type FirstGather,
  type Part,
  putSurvey,
  setOpenProblem,
  surveys,
} from "../state/surveys.ts";
import { arrangement } from "../state/viewer/shown_gather.ts";
import { messageOf } from "./failure.ts";

const LOADING = { state: "loading" } as const;
/** Of a first gather at most so many traces are read, and drawn with so many rows. */
const MOST_TRACES = 500;
const MOST_ROWS = 1200;
/** The words that tell gathers apart, the likelier first. */
const KEYS = ["fldr", "ep", "cdp"];

/** Opens what the user named and shows it. False when it cannot be opened: the reason stands at the path box. */
export async function openPath(asked: string): Promise<boolean> {
  const path = asked.trim().replace(/^"(.*)"$/, "$1");
  setOpenProblem(null);
  if (path === "") return false;
  try {
    const opened = await theSidecar().ask("open_path", { path });
    const before = surveys.peek().find((one) => one.path === opened.path);
    putSurvey({ ...opened, reading: before?.reading ?? {}, survey: LOADING, gather: LOADING, scan: LOADING });
    look(opened.path);
    go("data");
    return true;
  } catch (error) {
    setOpenProblem(messageOf(error));
    return false;
  }
}

/** Asks for everything again, such as after the sidecar was gone. */
export function look(path: string): void {
  const sidecar = theSidecar(), choice = choiceOf(path);
  changeSurvey(path, { survey: LOADING, gather: LOADING, scan: LOADING });
  void part(async () => (await sidecar.ask("describe_survey", { survey: path, ...choice })).survey)
    .then((survey) => changeSurvey(path, { survey }));
  void part(async () => (await sidecar.ask("scan_file", { path, ...choice })).report)
    .then((scan) => changeSurvey(path, { scan }));
  void part(async () =>
    firstGatherOf(
      await sidecar.panels({
        ...{ survey: path, ...choice },
        firstTrace: 0,
        traces: MOST_TRACES,
        columns: MOST_TRACES,
        rows: MOST_ROWS,
        words: KEYS,
      }),
    )
  ).then((gather) => changeSurvey(path, { gather }));
}

/** Reads the survey as the user says from now on: here, in View and in the jobs that are started from here. */
export function readAs(path: string, reading: Reading): void {
  changeSurvey(path, { reading });
  if (arrangement.peek()?.survey === path) arrangement.value = null;
  look(path);
}

/** Opens again what is open in the page, for a sidecar that was started anew; what is known stays. */
export async function reopenSurveys(): Promise<void> {
  const sidecar = theSidecar();
  for (const { path } of surveys.peek()) {
    await sidecar.ask("open_path", { path }).catch(() => {});
    const { survey, gather, scan } = surveys.peek().find((one) => one.path === path) ?? {};
    if ([survey, gather, scan].some((one) => one !== undefined && one.state !== "ready")) look(path);
  }
}

/** Of the traces that begin the file, those up to where the word changes that holds longest. */
export function firstGatherOf({ header, data }: Panels): FirstGather {
  const panel = header.panels[0];
  const runs = KEYS.map((word) => ({ word, length: runLength(panel, word) }));
  const longest = runs.reduce((best, run) => run.length > best.length ? run : best);
  const value = panel.words[longest.word]?.[0];
  const tells = longest.length > 1 && value !== undefined;
  return {
    panel,
    data: data.subarray(panel.offset),
    traces: tells ? longest.length : panel.traces,
    key: tells ? { word: longest.word, value } : null,
  };
}

/** How many traces from the first on have its value; 0 for a word that says nothing. */
function runLength(panel: PanelHeader, word: string): number {
  const values = panel.words[word] ?? [];
  if (values.length === 0 || values.every((value) => value === 0)) return 0;
  const change = values.findIndex((value) => value !== values[0]);
  return change < 0 ? values.length : change;
}

async function part<T>(ask: () => Promise<T>): Promise<Part<T>> {
  try {
    return { state: "ready", value: await ask() };
  } catch (error) {
    return { state: "failed", message: messageOf(error) };
  }
}
