/**
 * What the window needs of the program around it: a native window or a browser. Nobody but `host/` knows which it is.
 * Whatever a host cannot do has a way in the page itself, so every function here may be absent or fail.
 */

/** What was dropped on the window. */
export interface Dropped {
  /** Absolute paths, where the host tells them. */
  readonly paths: readonly string[];
  /** The same as the page sees them, where it does: names and contents, no paths. */
  readonly files: readonly File[];
  /** Names of folders, where the host can tell them from files. */
  readonly folders: readonly string[];
}

export interface DropWatcher {
  /** Something that can be dropped is over the window, or no more. */
  readonly over: (isOver: boolean) => void;
  readonly dropped: (what: Dropped) => void;
}

export interface Notification {
  readonly title: string;
  readonly text: string;
  /** When it is clicked, where the host tells that. */
  readonly onClick?: () => void;
}

/** What works here: true, or in one sentence what lacks. */
export type Ability = true | string;

export interface Host {
  readonly kind: "browser" | "native";
  readonly notifications: () => Ability;
  /** May ask the user; called when the user does something that wants notifications. */
  readonly allowNotifications: () => Promise<Ability>;
  /** False when it could not be shown. */
  readonly notify: (notification: Notification) => Promise<boolean>;
  /** Tells of drops from now on. */
  readonly watchDrops: (watcher: DropWatcher) => void;
  readonly setTitle: (title: string) => void;
  /** True when nobody looks at the window: hidden, or another has the focus. */
  readonly isUnseen: () => boolean;
}
