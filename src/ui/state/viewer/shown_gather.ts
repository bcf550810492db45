/** Which gather View shows, of which survey and in which order. */
import { computed, signal } from "@preact/signals";
import type { Part } from "../surveys.ts";

export interface Arrangement {
  readonly survey: string;
  /** Sorted by these words; empty: the order of the file. */
  readonly order: readonly string[];
  /** In the order of the file: the word whose change ends a gather; null: all traces are one. */
  readonly key: string | null;
}

export interface GatherFacts {
  readonly gathers: number;
  /** Traces of the largest. */
  readonly largest: number;
  readonly keys: readonly string[];
  /** While headers are still read: the share that was, from 0 to 1; null when all gathers are known. */
  readonly found: number | null;
}

/** A gather by number from 0, with what names it once that is known. */
export interface ShownGather {
  readonly number: number;
  readonly values: readonly number[] | null;
  /** Traces, once known. */
  readonly traces: number | null;
}

export const arrangement = signal<Arrangement | null>(null);
/** Known once the sidecar has looked through the headers. */
export const gatherFacts = signal<Part<GatherFacts>>({ state: "loading" });
export const shownGather = signal<ShownGather>({ number: 0, values: null, traces: null });

export const gatherNumber = computed(() => shownGather.value.number);
export const gatherTraces = computed(() => shownGather.value.traces);

/** Begins with the first gather of a survey or another order of it. */
export function arrange(next: Arrangement): void {
  arrangement.value = next;
  gatherFacts.value = { state: "loading" };
  shownGather.value = { number: 0, values: null, traces: null };
}

export function setGatherFacts(facts: Part<GatherFacts>): void {
  gatherFacts.value = facts;
}

export function showGather(gather: ShownGather): void {
  shownGather.value = gather;
}
