/** What a runner and its workers say to each other; all that is frequent goes through the control block instead. */
import type { WireError } from "../../src/shared/errors.ts";
import type { HeaderImportPlan } from "../dataset/import_headers.ts";
import type { WorkerPlan } from "../flow/worker_plan.ts";
import type { BlockNotes } from "./job_notes.ts";

/** What the blocks of a job are made of. */
export type BlockTask =
  | { readonly kind: "flow"; readonly plan: WorkerPlan }
  | { readonly kind: "header_scan"; readonly plan: HeaderImportPlan };

export interface WorkerSetup {
  readonly worker: number;
  readonly workers: number;
  readonly blocks: number;
  readonly memory: WebAssembly.Memory;
  readonly modules: ReadonlyMap<string, WebAssembly.Module>;
  /** This worker's part of the memory. */
  readonly start: number;
  readonly end: number;
  readonly task: BlockTask;
}

export type WorkerMessage =
  | { readonly kind: "noted"; readonly block: number; readonly notes: BlockNotes }
  | { readonly kind: "failed"; readonly block: number | null; readonly error: WireError }
  | { readonly kind: "stopped"; readonly block: number }
  | { readonly kind: "ended" };
