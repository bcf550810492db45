/** The files that Data shows: what is known of each so far. */
import { computed, signal } from "@preact/signals";
import type { SurveyChoice, SurveyView } from "../../shared/protocol/commands.ts";
import type { PanelHeader } from "../../shared/protocol/gathers.ts";
import type { Reading } from "../../shared/seismic/reading.ts";
import type { ScanReport } from "../../shared/seismic/scan_report.ts";

/** A part of what is known: on its way, there, or why it is not. */
export type Part<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly message: string };

export interface FirstGather {
  readonly panel: PanelHeader;
  /** `[trace][row]`, or `[trace][2][row]` of an envelope. */
  readonly data: Float32Array;
  /** Traces of the gather among those that are here. */
  readonly traces: number;
  /** The word that is the same in all of them, with its value; null when no word tells gathers apart. */
  readonly key: { readonly word: string; readonly value: number } | null;
}

export interface OpenedSurvey {
  readonly path: string;
  readonly bytes: number;
  readonly kind: "file" | "dataset";
  /** What the user said in place of its headers; empty: all as the file says. */
  readonly reading: Reading;
  readonly survey: Part<SurveyView>;
  readonly gather: Part<FirstGather>;
  readonly scan: Part<ScanReport>;
}

export const surveys = signal<readonly OpenedSurvey[]>([]);
const chosenPath = signal<string | null>(null);

/** What is wrong with the path that was typed last, or null. */
export const openProblem = signal<string | null>(null);

/** The survey that is looked at. */
export const chosenSurvey = computed(() =>
  surveys.value.find(({ path }) => path === chosenPath.value) ?? surveys.value[0] ?? null
);

export function chooseSurvey(path: string): void {
  chosenPath.value = path;
}

/** Adds a survey in front of the others, or begins anew with one that is there. */
export function putSurvey(survey: OpenedSurvey): void {
  surveys.value = [survey, ...surveys.value.filter(({ path }) => path !== survey.path)];
  chosenPath.value = survey.path;
}

export function changeSurvey(path: string, change: Partial<OpenedSurvey>): void {
  surveys.value = surveys.value.map((one) => one.path === path ? { ...one, ...change } : one);
}

export function closeSurvey(path: string): void {
  surveys.value = surveys.value.filter((one) => one.path !== path);
}

export function setOpenProblem(message: string | null): void {
  openProblem.value = message;
}

/** How the survey of this path is read, as commands take it. */
export function choiceOf(path: string): Pick<SurveyChoice, "read" | "map"> {
  return choiceBy(surveys.peek().find((one) => one.path === path)?.reading ?? {});
}

export function choiceBy({ map, ...read }: Reading): Pick<SurveyChoice, "read" | "map"> {
  return { ...(Object.keys(read).length > 0 && { read }), ...(map !== undefined && { map }) };
}
