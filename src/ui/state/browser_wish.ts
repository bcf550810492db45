/** What the path browser is asked for: who opens it waits for the path. */
import { signal } from "@preact/signals";

export type PathKind = "segy" | "flow" | "folder";

export interface BrowserWish {
  readonly kind: PathKind;
  /** A name to look for, such as of a file that was dropped without its path. */
  readonly name: string | null;
  /** Where to begin; null: where the last one ended, else at home. */
  readonly folder: string | null;
  /** Called once: with the path, or null when nothing was chosen. */
  readonly answer: (path: string | null) => void;
}

export const browserWish = signal<BrowserWish | null>(null);
export const lastFolder = signal<string | null>(null);

/** Resolves with what the user chose, or null. */
export function askForPath(
  kind: PathKind,
  more: { name?: string; folder?: string } = {},
): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  browserWish.peek()?.answer(null);
  browserWish.value = { kind, name: more.name ?? null, folder: more.folder ?? null, answer: resolve };
  return promise;
}

export function answerPath(path: string | null): void {
  const wish = browserWish.peek();
  browserWish.value = null;
  wish?.answer(path);
}

export function rememberFolder(path: string): void {
  lastFolder.value = path;
}
