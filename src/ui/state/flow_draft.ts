/**
 * The flow that is being put together: View shows the gather through it, the flow editor changes it. Every change can be
 * undone; what is typed into one parameter within half a second is one change.
 */
import { computed, signal } from "@preact/signals";
import type { Flow, FlowStep } from "../../shared/flow/flow.ts";

export interface DraftStep {
  /** Of this step as long as the page lives. */
  readonly id: number;
  readonly process: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly on: boolean;
}

export interface FlowDraft {
  readonly name: string;
  readonly steps: readonly DraftStep[];
}

const EMPTY: FlowDraft = { name: "", steps: [] };
const TYPING_MS = 500;
const MOST_UNDONE = 200;

const history = signal<{ readonly past: readonly FlowDraft[]; readonly future: readonly FlowDraft[] }>({
  past: [],
  future: [],
});
let lastTyped = { what: "", at: -Infinity };
let ids = 0;

export const flowDraft = signal<FlowDraft>(EMPTY);

export const canUndo = computed(() => history.value.past.length > 0);
export const canRedo = computed(() => history.value.future.length > 0);

/** The steps that are switched on, as the sidecar takes them. */
export const activeSteps = computed<readonly FlowStep[]>(() =>
  flowDraft.value.steps.filter(({ on }) => on).map(({ process, parameters }) => ({ process, parameters }))
);

export function takeFlow({ name, processes }: Pick<Flow, "name" | "processes">): void {
  change({ name, steps: processes.map((step) => ({ ...step, id: ++ids, on: true })) });
}

export function addStep(process: string, parameters: Readonly<Record<string, unknown>> = {}): void {
  change({
    ...flowDraft.value,
    steps: [...flowDraft.value.steps, { id: ++ids, process, parameters, on: true }],
  });
}

export function removeStep(id: number): void {
  change({ ...flowDraft.value, steps: flowDraft.value.steps.filter((step) => step.id !== id) });
}

export function switchStep(id: number, on: boolean): void {
  changeStep(id, (step) => ({ ...step, on }));
}

/** By so many places down, or up. */
export function moveStep(id: number, places: number): void {
  const steps = [...flowDraft.value.steps], from = steps.findIndex((step) => step.id === id);
  if (from < 0) return;
  const [step] = steps.splice(from, 1);
  steps.splice(Math.max(0, Math.min(steps.length, from + places)), 0, step);
  change({ ...flowDraft.value, steps });
}

/** `undefined` leaves it to the default. */
export function setParameter(id: number, name: string, value: unknown, now = performance.now()): void {
  const what = `${id} ${name}`, isTyping = what === lastTyped.what && now - lastTyped.at < TYPING_MS;
  changeStep(id, (step) => {
    const { [name]: _, ...others } = step.parameters;
    return { ...step, parameters: value === undefined ? others : { ...others, [name]: value } };
  }, isTyping);
  lastTyped = { what, at: now };
}

export function undo(): void {
  const { past, future } = history.value, before = past.at(-1);
  if (before === undefined) return;
  history.value = { past: past.slice(0, -1), future: [flowDraft.value, ...future] };
  flowDraft.value = before;
}

export function redo(): void {
  const { past, future } = history.value, [after, ...later] = future;
  if (after === undefined) return;
  history.value = { past: [...past, flowDraft.value], future: later };
  flowDraft.value = after;
}

function changeStep(id: number, act: (step: DraftStep) => DraftStep, isTyping = false): void {
  const steps = flowDraft.value.steps.map((step) => step.id === id ? act(step) : step);
  change({ ...flowDraft.value, steps }, isTyping);
}

function change(next: FlowDraft, isTyping = false): void {
  if (!isTyping) {
    history.value = { past: [...history.value.past, flowDraft.value].slice(-MOST_UNDONE), future: [] };
    lastTyped = { what: "", at: -Infinity };
  }
  flowDraft.value = next;
}
