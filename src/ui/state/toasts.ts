/** Short messages at the edge of the window. */
import { signal } from "@preact/signals";

export type ToastKind = "info" | "success" | "warning" | "error";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly text: string;
  /** A second line: what was expected, found, what to do. */
  readonly detail?: string;
  readonly actions: readonly ToastAction[];
  /** What it is about, such as a job's id: it goes when that is looked at. */
  readonly about?: string;
}

const SHOWN_MS: Readonly<Record<ToastKind, number | null>> = {
  info: 5000,
  success: 5000,
  warning: 6000,
  /** Until closed. */
  error: null,
};
const MOST = 6;

export const toasts = signal<readonly Toast[]>([]);
let count = 0;

export function showToast(
  kind: ToastKind,
  text: string,
  more: Partial<Pick<Toast, "detail" | "actions" | "about">> = {},
): number {
  const toast: Toast = { id: ++count, kind, text, actions: [], ...more };
  toasts.value = [...toasts.value, toast].slice(-MOST);
  const time = SHOWN_MS[kind];
  if (time !== null) setTimeout(() => closeToast(toast.id), time);
  return toast.id;
}

export function closeToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function closeToastsAbout(about: string): void {
  toasts.value = toasts.value.filter((toast) => toast.about !== about);
}
