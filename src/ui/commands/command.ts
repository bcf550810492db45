/** One thing that the user can do: the palette, the keys, the list of shortcuts and buttons are made from these. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** `Ctrl+Shift+B`, `?`; on a Mac the command key does as Ctrl. */
  readonly keys?: string;
  /** More words under which it is found. */
  readonly words?: string;
  readonly run: () => void;
  /** Absent: always. */
  readonly isPossible?: () => boolean;
}

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** True when a press is these keys. A sign that needs Shift on some keyboards, such as `?`, is taken as it is. */
export function isPress(keys: string, press: KeyPress): boolean {
  // The plus sign itself may be the key.
  const parts = keys.endsWith("++") ? [...keys.slice(0, -2).split("+"), "+"] : keys.split("+");
  const key = parts[parts.length - 1].toLowerCase();
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const isLetter = /^[a-z]$|^.{2,}$/.test(key);
  const pressed = press.key === " " ? "space" : press.key.toLowerCase();
  return pressed === key && (press.ctrlKey || press.metaKey) === wants("Ctrl") &&
    press.altKey === wants("Alt") && (!isLetter || press.shiftKey === wants("Shift"));
}

/** Keys without Ctrl or Alt belong to what is typed into. */
export function isForTyping(keys: string): boolean {
  return !/^(Ctrl|Alt)\+/.test(keys);
}
